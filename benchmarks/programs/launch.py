"""Runs one command and prints its wall and processor time in seconds, its peak memory in KiB and its exit code.

Times and memory are those of the command and of all processes that it waited for. This is a separate and nearly empty
process, because the peak that the kernel reports for a child includes the memory of its parent at the time of the fork.
"""

import os
import sys
import time


def main(cores: int, command: list[str]) -> None:
    """Runs `command` on the first `cores` processors that are available, or on all of them if it is 0; discards its output."""
    if cores:
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[:cores])
    null = os.open(os.devnull, os.O_RDWR)
    actions = [(os.POSIX_SPAWN_DUP2, null, number) for number in range(3)]
    start = time.perf_counter()
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, usage = os.wait4(pid, 0)
    seconds = time.perf_counter() - start
    print(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss, os.waitstatus_to_exitcode(status))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:])
