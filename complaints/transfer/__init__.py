"""The organisation's own words as tables: written out, and read back with a preview.

Read `resources.py` first: one short class for each kind of row. `resource.py` is what they share,
built on django-import-export; `files.py` knows CSV and XLSX; `importing.py` says what would change
and does it; `waiting.py` keeps a file between the preview and the confirmation.
"""
