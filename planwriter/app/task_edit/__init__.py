"""Takes an edited 任务分解表 in again: what changes in the outline is shown first, then written as a whole or not at all."""
