"""Loads plugins in processes of their own first: what ends a process, or changes it, is noticed before it does harm.

In: entry points of plugins that this machine hasn't seen yet, or that have changed.
Out: findings on those that must not be loaded.
"""
