"""The form step by step, on a draft that its writer can leave and come back to.

`steps` says which there are, `drafts` keeps what was answered, `step_views` and `check_view` are
the pages, `later_views` the ways back.
"""
