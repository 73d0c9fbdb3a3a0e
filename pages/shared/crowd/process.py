"""The process: what is set once for all the visitors who share it."""

import gc

from threadpoolctl import threadpool_limits


def settle() -> None:
    """Linear algebra keeps to one thread, and what is there from the start is no garbage.

    Each visitor's run has a thread already. The libraries that are loaded are told so: NumPy may have been
    imported before anything of ours, when a variable of the environment comes too late. To look through all
    modules for garbage stops every visitor for 70 ms, again and again, and finds nothing.
    """
    threadpool_limits(limits=1, user_api="blas")
    gc.collect()
    gc.freeze()
