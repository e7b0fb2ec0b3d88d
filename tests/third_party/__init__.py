"""
Plugins written as a third party would write them, only with the public names of tjun.
"""
