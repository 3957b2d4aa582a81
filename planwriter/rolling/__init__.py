"""Last year's outline made into next year's: a text edit of the author's file, every change listed."""
