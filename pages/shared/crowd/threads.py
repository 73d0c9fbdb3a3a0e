"""Linear algebra keeps to the thread that asks for it: each visitor's run has a thread already."""

from threadpoolctl import threadpool_limits


def keep_to_one() -> None:
    """From now on a product of matrices is computed by the thread that asks for it alone, in all the process.

    The libraries that are loaded are told so: NumPy may have been imported before anything of ours, when a
    variable of the environment comes too late.
    """
    threadpool_limits(limits=1, user_api="blas")
