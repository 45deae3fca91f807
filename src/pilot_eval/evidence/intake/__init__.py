"""A submission to stored tables: files, archives, the child process, the cache."""
