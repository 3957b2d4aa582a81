"""`python -m planwriter`, and the `planwriter` script: a short run, so nothing stops it to look for cycles to collect."""

import gc

gc.disable()  # before the imports, which are most of a run

from planwriter.cli import main  # noqa: E402

if __name__ == "__main__":
    main()
