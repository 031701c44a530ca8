"""Filters: what a query string asks of a list, which live editions that leaves, and how to say it in words.

``base`` is the machinery of every list, ``kinds`` the kinds of filter it knows; each noun declares its own in the
module of its name.
"""
