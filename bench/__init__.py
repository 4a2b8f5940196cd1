"""What `make bench` measures: the site against references that are measured in the same run."""
