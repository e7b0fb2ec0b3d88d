"""
Plugins: finding, loading and isolating them.
"""
