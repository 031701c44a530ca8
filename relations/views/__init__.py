"""The public pages: one module per noun; each view asks the reader once and fills one template."""
