"""
The web page: one self-contained file.
"""
