"""One module per use case; `api` re-exports them."""
