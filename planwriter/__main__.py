"""`python -m planwriter`, and the `planwriter` script: a short run, so nothing stops it to look for cycles to collect."""

import gc
import sys

from planwriter.start import finder
from planwriter.system import interrupts

gc.disable()  # before the imports, which are most of a run


def main() -> None:
    """Runs the command line; a signal to end while it is still being imported ends it without a traceback too."""
    try:
        interrupts.listen()
        finder.install()
        from planwriter import cli

        cli.main()
    except KeyboardInterrupt:
        sys.exit(interrupts.EXIT_CODE)
    except Exception:
        if interrupts.heard():  # a library took the interrupt of its import for an error
            sys.exit(interrupts.EXIT_CODE)
        raise
    finally:
        interrupts.ignore()  # the work is done or given up, and its exit code stands
        gc.freeze()  # the end of the interpreter collects too; what the system frees with the process need not be looked through


if __name__ == "__main__":
    main()
