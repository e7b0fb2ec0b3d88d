"""
The whole record and the queries over it.
"""
