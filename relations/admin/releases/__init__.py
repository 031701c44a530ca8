"""The pages of a release: what is in it, what stands in its way, and the buttons that do something with it as one."""
