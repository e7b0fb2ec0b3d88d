"""
Languages: how dates, numbers, anniversaries and labels are written in each of them.
"""
