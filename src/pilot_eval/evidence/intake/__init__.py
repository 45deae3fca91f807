"""A submission to stored tables: files, archives, the child process, the cache.

In: a folder.
Out: an intake: tables, findings, hashes.
"""
