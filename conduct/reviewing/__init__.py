"""The life of a code beside its text: framework, workflow, launch tasks, reviews (10001:2018)."""
