"""Why a system call failed, in the words of the writer."""

from __future__ import annotations

import errno

_REASONS = {
    errno.ENOENT: "没有这个文件",
    errno.EACCES: "没有权限",
    errno.EPERM: "没有权限",
    errno.EISDIR: "这是文件夹，不是文件",
    errno.EEXIST: "已经有同名的文件",
    errno.ENOTDIR: "路径里有一段不是文件夹",
    errno.ENOSPC: "磁盘满了",
    errno.EDQUOT: "超出了磁盘配额",
    errno.EROFS: "磁盘是只读的",
    errno.ENAMETOOLONG: "文件名太长",
    errno.EBUSY: "文件正被别的程序占用",
    errno.EFBIG: "文件太大，超过了限额",
    errno.EIO: "磁盘读写出错",
    errno.ELOOP: "链接绕成了圈，或者在这里不能用链接",
    errno.ENXIO: "管道的另一头没有程序在读",
    errno.EPIPE: "管道的另一头没有读完就关了",
}


def reason_of(error: OSError) -> str:
    """Why a system call failed, in the writer's words."""
    if getattr(error, "winerror", None) in (32, 33):
        return "文件正被别的程序占用"
    return _REASONS.get(error.errno or 0, error.strerror or str(error))
