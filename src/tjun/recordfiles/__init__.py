"""
Record files: reading TOML and JSON as one `Chronology`, checking and writing it.

A record has a format version, a header and lists of areas, publishers, sources,
events, missions and memberships; entries refer to each other by id. Files are parsed
(`files`), their tables become values (`convert`), to which translations are added
(`translate`), and the values become objects (`resolve`). Everything that is wrong is
reported at once, each error with its location.
"""
