"""The base types that come with pilot-eval keep the contract that every base type keeps, and their cases."""

from typing import ClassVar

import pilot_eval_association
import pilot_eval_community
import pilot_eval_online
import pilot_eval_park
import pytest

from pilot_eval.testing import BaseTypeContract

METHOD = "../../indicators/zhengzhou-2018"
CASES = "../../plugins/{}/cases.yaml"
LATER = dict.fromkeys(
    (
        "test_the_form_comes_back_as_it_was_filled_in",
        "test_hostile_cells",
        "test_a_huge_table",
        "test_the_order_of_rows_does_not_matter",
        "test_rows_may_be_split_over_files",
        "test_every_engine_agrees",
        "test_monotone_as_declared",
        "test_reports_render",
    ),
    "slow: below",
)


class TestOnline(BaseTypeContract):
    base_type = pilot_eval_online.online
    plugin = pilot_eval_online
    method = METHOD
    cases = CASES.format("online")
    monotone: ClassVar = {
        "beneficiary_contacts": {"beneficiaries": "up"},
        "channel_months_live": {"live": "up"},
        "member_retention": {"stayed": "up", "start": "down"},
    }
    skips = LATER


class TestPark(BaseTypeContract):
    base_type = pilot_eval_park.park
    plugin = pilot_eval_park
    method = METHOD
    cases = CASES.format("park")
    monotone: ClassVar = {
        "occupancy": {"let": "up", "space.total": "down"},
        "lead_sector_share": {"lead_sector": "up", "tenants.total": "down"},
        "jobs_supported": {"jobs": "up"},
    }
    skips = LATER


class TestAssociation(BaseTypeContract):
    base_type = pilot_eval_association.association
    plugin = pilot_eval_association
    method = METHOD
    cases = CASES.format("association")
    monotone: ClassVar = {
        "sector_coverage": {"members": "up", "sector_total": "down"},
        "official_grade": {"level": "up"},
    }
    skips = LATER


class TestCommunity(BaseTypeContract):
    base_type = pilot_eval_community.community
    plugin = pilot_eval_community
    method = METHOD
    cases = CASES.format("community")
    monotone: ClassVar = {
        "area_per_100_households": {"facilities.area": "up", "households.total": "down"},
        "workers_per_10k": {"workers": "up", "residents": "down"},
    }
    skips = LATER


@pytest.mark.slow
class TestAllOfOnline(TestOnline):
    skips: ClassVar = {}


@pytest.mark.slow
class TestAllOfPark(TestPark):
    skips: ClassVar = {}


@pytest.mark.slow
class TestAllOfAssociation(TestAssociation):
    skips: ClassVar = {}


@pytest.mark.slow
class TestAllOfCommunity(TestCommunity):
    skips: ClassVar = {}
