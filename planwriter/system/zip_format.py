"""The records and numbers of a zip archive, as the reader and the writer need them (APPNOTE.TXT 4.3)."""

from __future__ import annotations

import struct

LOCAL = struct.Struct("<4sHHHHHIIIHH")
"""What stands before each entry: mark, version, flags, method, time, date, crc, packed, size, name's and extra's length."""
CENTRAL = struct.Struct("<4sHHHHHHIIIHHHHHII")
"""What the directory says of it: mark, maker, version … extra's length as above, comment's length, disk, attributes, place."""
END = struct.Struct("<4sHHHHIIH")
"""The end: mark, disk, first disk, entries here, entries, directory's size, its place, comment's length."""
LOCAL_MARK, CENTRAL_MARK, END_MARK = b"PK\3\4", b"PK\1\2", b"PK\5\6"
STORED, DEFLATED = 0, 8
UTF8 = 0x0800
"""The flag of a name in UTF-8."""
FIRST_DAY = 33
"""1 January 1980 as an entry is dated."""
ZIP64_EXTRA = 1
"""The extra field that holds what is too large for 32 bits."""
