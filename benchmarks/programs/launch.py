"""Runs one command and prints its wall time in seconds, its peak memory in KiB and its exit code.

This is a separate and nearly empty process, because the peak that the kernel reports for a child includes the memory of its
parent at the time of the fork.
"""

import os
import sys
import time


def main(command: list[str]) -> None:
    """Runs `command` and discards its output."""
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, 0), (os.POSIX_SPAWN_DUP2, null, 1)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    print(seconds, usage.ru_maxrss, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(sys.argv[1:])
