"""Rendering: a document and its resolved references into a page; used by views, previews and freezes alike.

Each noun has ``detail(site, item)`` here, which returns the template's name and its context.
"""
