"""The method: YAML to indicators, rules, gates and grades.

In: a folder of YAML files.
Out: a validated method, or every error in it.
"""
