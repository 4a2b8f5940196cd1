"""What stands out in a promise or a page: one module for each subject.

Some findings stop publishing, the others warn. Editors see both above the form and, for pages, in
Wagtail's checks panel (`checks_panel`).
"""
