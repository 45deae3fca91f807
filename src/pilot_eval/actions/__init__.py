"""One module per use case; `api` re-exports them.

In: a round's folder, plugins, and every choice as an argument: language, engine, progress.
Out: a record, findings, files.
"""
