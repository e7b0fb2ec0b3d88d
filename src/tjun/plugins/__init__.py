"""
Plugins: finding them, loading them and isolating their failures.
"""
