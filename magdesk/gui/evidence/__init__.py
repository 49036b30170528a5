"""The evidence page's list: its lines, columns, filters and groups, shown as a table or as pictures."""
