"""Finding cases by words. `analyser` makes words comparable, `indexing` keeps them, `finding` asks.

One row for each case (`SearchEntry`) has its words; what the database needs beside it is in
`database`. The same analyser on both sides and on both databases, so that they find the same.
"""
