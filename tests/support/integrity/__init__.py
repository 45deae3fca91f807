"""Manipulations of an assessed round and its cache, made from a seed; each is to be named, or harmless."""
