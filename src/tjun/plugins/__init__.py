"""
Plugins: finding them, loading them and keeping their failures apart.
"""
