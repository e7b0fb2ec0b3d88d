"""
The domain model: dates, texts, and the entities of a record.
"""
