"""The buttons of the desk: each module is one page or action that calls one verb of ``relations.publishing``."""
