"""Starts the program, as `lintnews` and as `python -m lintnews`."""

import gc
from typing import NoReturn

_ALLOCATIONS = 100_000
"""Objects made before the garbage collector looks for cycles; Python's own figure is 700."""


def main() -> NoReturn:
    """Run the command line and exit."""
    # Modules and articles are many small objects without cycles, among which the collector searches at length in vain.
    gc.set_threshold(_ALLOCATIONS)
    from lintnews.cli import main as run  # noqa: PLC0415  the collector is told first

    run()


if __name__ == "__main__":
    main()
