"""
Exporting a chronology: the contract, the options, and writing the result.
"""
