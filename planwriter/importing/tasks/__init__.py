"""Task lists in workbooks, as the blocks of an outline, and the edited 任务分解表 of an outline taken in again."""
