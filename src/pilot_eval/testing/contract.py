"""The contract that every base type must keep, as a pytest class: subclass it, name the base type, run pytest."""

import inspect
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from types import ModuleType
from typing import Any, ClassVar, Literal

import pytest

from pilot_eval.errors import PilotEvalError
from pilot_eval.measures.engines import installed
from pilot_eval.plugin.base_type import BaseType
from pilot_eval.testing import behaviour, declarations, rounds
from pilot_eval.testing.cases import CaseFound, judge, read_cases
from pilot_eval.testing.kit import Kit
from pilot_eval.testing.summary import MARK, Summary
from pilot_eval.text import LANGS, Lang, Words


class BaseTypeContract:
    """The contract that every base type must keep. Subclass it in a test file, with a name that begins with `Test`:

        from pilot_eval.testing import BaseTypeContract
        from pilot_eval_village import village

        class TestVillage(BaseTypeContract):
            base_type = village

    base_type: the base type. plugin: the plugin's module, to test its other hooks too. cases: a YAML file of cases,
    relative to the test file. method: the YAML of the base type, or the folder of a method, also relative to the test
    file. codes: the items of code lists that columns need, if no method defines them (`{"crops": {"rice": "水稻"}}`).
    monotone: how measures move when cells grow (`{"adoption_rate": {"adopted": "up"}}`). skips: checks to leave out,
    each with the reason. huge_rows: the number of rows in the huge table.
    """

    base_type: ClassVar[BaseType]
    plugin: ClassVar[ModuleType | None] = None
    cases: ClassVar[str] = ""
    method: ClassVar[str] = ""
    codes: ClassVar[Mapping[str, Mapping[str, str]]] = {}
    monotone: ClassVar[Mapping[str, Mapping[str, Literal["up", "down"]]]] = {}
    skips: ClassVar[Mapping[str, str]] = {}
    huge_rows: ClassVar[int] = 100_000

    # --- what is declared

    def test_it_loads(self, contract: "_Contract") -> None:
        """Its measures compile; its module, if named, provides it without a finding."""
        _assert_none(contract.loading())

    def test_names_can_be_used_in_a_method(self) -> None:
        """Ids can be used in a method's YAML, and as names of files and sheets."""
        _assert_none(declarations.names(self.base_type))

    def test_tables_and_measures_are_documented(self) -> None:
        """Each table and each measure has a docstring."""
        _assert_none(declarations.docstrings(self.base_type))

    def test_labels_are_in_both_languages(self) -> None:
        """Labels are in Chinese and English; a table, a column or a choice without `en` shows its id in English."""
        _assert_none(declarations.labels_in_both(self.base_type))

    def test_number_columns_have_units(self) -> None:
        """Each column of numbers has a unit."""
        _assert_none(declarations.units(self.base_type))

    def test_headers_can_be_told_apart(self) -> None:
        """No header or name of a sheet is ambiguous."""
        _assert_none(declarations.headers(self.base_type))

    def test_no_table_is_about_persons(self) -> None:
        """No table, column or choice is about a person."""
        _assert_none(declarations.persons(self.base_type))

    def test_the_method_fits(self, kit: Kit) -> None:
        """The YAML named by `method` loads: measures, units, tables and points fit, and rules keep their contract."""
        if kit.method_path is None:
            pytest.skip("no method is named: set `method` to the YAML of the base type")
        try:
            assert kit.method is not None  # noqa: S101
        except PilotEvalError as error:
            _assert_none(each.line("en") for each in error.findings)
        else:
            _assert_none(each.line("en") for each in kit.method.unusable)

    def test_it_is_the_same_in_another_process(self, kit: Kit) -> None:
        """Loaded in two other processes it declares the same, changes nothing that plugins share, leaves nothing."""
        found = list(behaviour.elsewhere(kit))
        if found == [behaviour.NOT_THERE]:
            pytest.skip("another process can't load it: set `plugin` to the installed module that has its hooks")
        _assert_none(found)

    # --- what it does with rows

    @pytest.mark.parametrize("lang", LANGS)
    def test_the_form_comes_back_as_it_was_filled_in(self, kit: Kit, lang: Lang) -> None:
        """The form can be written, filled in and read back: no errors, the same values."""
        _assert_none(behaviour.form_round_trip(kit, lang))

    def test_valid_rows_give_every_measure(self, kit: Kit) -> None:
        """If every cell is filled in, every measure has a value."""
        _assert_none(behaviour.valid(kit))

    def test_checks_let_some_rows_pass(self, kit: Kit) -> None:
        """No check of rows rejects all of them."""
        _assert_none(behaviour.checks(kit))

    def test_nothing_to_report(self, kit: Kit) -> None:
        """Empty tables are not an error; figures are missing or sound."""
        _assert_none(behaviour.nothing(kit))

    def test_one_row(self, kit: Kit) -> None:
        """Tables of a single row; figures are missing or sound."""
        _assert_none(behaviour.one_row(kit))

    def test_empty_cells(self, kit: Kit) -> None:
        """Empty rows and half-empty rows; figures are missing or sound."""
        _assert_none(behaviour.empty_cells(kit))

    def test_hostile_cells(self, kit: Kit) -> None:
        """Extreme numbers, odd words, junk: figures stay finite, errors have a place."""
        _assert_none(behaviour.hostile(kit))

    def test_a_huge_table(self, kit: Kit) -> None:
        """Very many rows."""
        _assert_none(behaviour.huge(kit, self.huge_rows))

    def test_the_order_of_rows_does_not_matter(self, kit: Kit) -> None:
        """Shuffled rows give the same figures."""
        _assert_none(behaviour.order(kit))

    def test_rows_may_be_split_over_files(self, kit: Kit) -> None:
        """Rows split over three files give the same figures."""
        _assert_none(behaviour.split(kit))

    def test_every_engine_agrees(self, kit: Kit) -> None:
        """All installed engines give the same figures, to 1e-9."""
        engines = installed()
        if len(engines) == 1:
            pytest.skip(f"{engines[0].name} is the only engine here: pip install 'pilot-eval[duckdb]' to compare")
        _assert_none(behaviour.engines(kit, engines))

    def test_bounds_hold(self, kit: Kit) -> None:
        """Whatever approximate numbers really are, a figure is within its bounds."""
        _assert_none(behaviour.bounds(kit))

    def test_monotone_as_declared(self, kit: Kit) -> None:
        """Measures move as `monotone` declares."""
        if not self.monotone:
            pytest.skip('nothing is declared: set `monotone`, such as {"adoption_rate": {"adopted": "up"}}')
        _assert_none(behaviour.monotone(kit, self.monotone))

    def test_reports_render(self, kit: Kit) -> None:
        """A round with such a pilot is assessed; reports and exports in both languages are the same when repeated."""
        _assert_none(rounds.reports(kit))

    def test_case(self, kit: Kit, case: CaseFound | None) -> None:
        """A case of the file named by `cases`."""
        if case is None:
            pytest.skip('no cases are named: set `cases = "cases.yaml"`')
        if kit.method_path is not None and kit.usable_method is None:
            case = case.without_points()  # another check reports a method that doesn't fit
        _assert_none(filter(None, [judge(case, kit.bench, kit.usable_method)]))

    # --- completeness

    def test_every_check_ran(self, request: pytest.FixtureRequest) -> None:
        """All checks above ran: to leave one out, name it in `skips` with the reason."""
        _assert_none(_left_out(type(self), request.session.items))

    # --- implementation

    @pytest.fixture
    def contract(self, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> "_Contract":
        """Create what is under test, once per class."""
        cls = type(self)
        if "_contract" not in vars(cls):
            cls._contract = _Contract(cls, request.path.parent, tmp_path_factory)  # type: ignore[attr-defined]
        return cls._contract  # type: ignore[attr-defined, no-any-return]

    @pytest.fixture
    def kit(self, contract: "_Contract") -> Kit:
        """Prepare the base type; checks that need it are skipped if it doesn't load."""
        if list(contract.loading()):
            pytest.skip("it does not load: see test_it_loads")
        return contract.kit

    @pytest.fixture(autouse=True)
    def _counted(self, request: pytest.FixtureRequest) -> None:
        """Count the check in the summary; skip it if `skips` names it."""
        Summary(len(CHECKS)).register(request.config)
        name = request.node.originalname
        if name in CHECKS:
            request.node.user_properties.append((MARK, f"{type(self).__name__} {name}"))
        if self.skips.get(name):
            pytest.skip(self.skips[name])

    def pytest_generate_tests(self, metafunc: pytest.Metafunc) -> None:
        """Create a test for each case."""
        if "case" not in metafunc.fixturenames:
            return
        if not self.cases:
            metafunc.parametrize("case", [None], ids=["none"])
            return
        found = read_cases(Path(inspect.getfile(type(self))).parent / self.cases)
        metafunc.parametrize("case", found, ids=[each.name for each in found])


CHECKS = tuple(name for name in vars(BaseTypeContract) if name.startswith("test_") and name != "test_every_check_ran")
"""The checks, by name."""


class _Contract:
    """The kit of a class, and whether its base type loads."""

    def __init__(self, cls: type[BaseTypeContract], here: Path, folders: pytest.TempPathFactory) -> None:
        if not isinstance(getattr(cls, "base_type", None), BaseType):
            pytest.fail(f"set {cls.__name__}.base_type to the base type under test", pytrace=False)
        codes = {name: {id_: Words(zh=w, en=id_) for id_, w in words.items()} for name, words in cls.codes.items()}
        method = here / cls.method if cls.method else None
        self.kit = Kit(cls.base_type, cls.plugin, method, codes, lambda: folders.mktemp("kit"))

    def loading(self) -> Iterator[str]:
        """Report what keeps it from loading."""
        try:
            registry = self.kit.registry
        except PilotEvalError as error:
            yield from (each.line("en") for each in error.findings)
            return
        yield from (each.line("en") for status in registry.plugins for each in status.findings)
        if self.kit.base_type.id not in registry.base_types and all(status.ok for status in registry.plugins):
            yield f"the plugin's pilot_eval_base_types() does not return {self.kit.base_type.id}"


def _left_out(cls: type[BaseTypeContract], items: Iterable[Any]) -> Iterator[str]:
    """Report checks that don't run although `skips` doesn't name them, and invalid entries of `skips`."""
    own = [item for item in items if getattr(item, "cls", None) is cls]
    collected = {item.originalname for item in own}
    for name in CHECKS:
        if getattr(cls, name) is not getattr(BaseTypeContract, name):
            yield f"{name} was replaced: give your test another name"
        elif name not in collected:
            yield f"{name} was not collected or was deselected: run the whole class"
    for item in own:
        marks = [mark.name for mark in item.iter_markers() if mark.name in ("skip", "skipif", "xfail")]
        if item.originalname in CHECKS and marks:
            yield f'{item.originalname} is marked {marks[0]}: write skips = {{"{item.originalname}": "why"}} instead'
    for name, reason in cls.skips.items():
        if name not in CHECKS:
            yield f"skips names {name}, which is not a check"
        elif not reason.strip():
            yield f"skips gives no reason for {name}"


def _assert_none(problems: Iterable[str]) -> None:
    """Fail with everything that has to be fixed."""
    said = list(problems)
    if said:
        pytest.fail("\n".join(said), pytrace=False)
