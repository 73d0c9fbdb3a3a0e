"""The process: what is set once for all the visitors who share it."""

import gc
import sys

from threadpoolctl import threadpool_limits

# How long one thread has the interpreter's lock while others want it.
SWITCH_S = 0.0005


def settle() -> None:
    """Linear algebra keeps to one thread, the lock changes hands soon, what is there at first is no garbage.

    Each visitor's run has a thread already. The libraries that are loaded are told so: NumPy may have been
    imported before anything of ours, when a variable of the environment comes too late. To look through all
    modules for garbage stops every visitor for 70 ms, again and again, and finds nothing. NumPy gives the
    lock away some hundred times in a sweep, and a message needs it several times on its way: each of these
    would wait for 5 ms whenever another thread computes.
    """
    sys.setswitchinterval(SWITCH_S)
    threadpool_limits(limits=1, user_api="blas")
    gc.collect()
    gc.freeze()
