"""
Loading, importing and exporting records: the contracts, and writing the result.
"""
