"""The façade: it names everything that it offers, and offers everything that the actions do."""

import ast
import importlib
import pkgutil

from pilot_eval import actions, api
from tests.conftest import ROOT


def test_all_names_are_listed_in_order() -> None:
    tree = ast.parse((ROOT / "src/pilot_eval/api.py").read_text("utf-8"))
    imported = {
        alias.asname or alias.name for node in tree.body if isinstance(node, ast.ImportFrom) for alias in node.names
    }
    assert set(api.__all__) == imported
    assert len(api.__all__) == len(set(api.__all__))


def test_it_only_re_exports() -> None:
    tree = ast.parse((ROOT / "src/pilot_eval/api.py").read_text("utf-8"))
    docstring, *rest, listed = tree.body
    assert isinstance(docstring, ast.Expr) and isinstance(listed, ast.Assign)
    assert all(isinstance(node, ast.ImportFrom) for node in rest)


HELPERS = {
    "describe": {
        "without_paths", "base_type_info", "round_info", "method_info", "software", "input_paths", "inputs",
    },
    "differences": {"told"},
    "from_table": {"outlined", "write_illustration", "copy_table", "measures_from", "pilot_ids"},
    "workspace": {"Previous", "no_progress", "has_submitted"},
}  # fmt: skip
"""What actions share among themselves."""


def test_every_action_is_offered() -> None:
    for module in pkgutil.iter_modules(actions.__path__):
        made = importlib.import_module(f"{actions.__name__}.{module.name}")
        own = {
            name
            for name, each in vars(made).items()
            if getattr(each, "__module__", "") == made.__name__ and name[0] != "_"
        }
        assert own - HELPERS.get(module.name, set()) <= set(api.__all__), module.name
