"""A benchmark, not a test: `make bench`. Only the ratios mean something, for they are measured in one run."""
