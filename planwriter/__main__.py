"""`python -m planwriter`, and the `planwriter` script: a short run, so nothing stops it to look for cycles to collect."""

import gc
import sys

gc.disable()  # before the imports, which are most of a run


def main() -> None:
    """Runs the command line; Ctrl-C while it is still being imported ends it without a traceback too."""
    try:
        from planwriter import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    main()
