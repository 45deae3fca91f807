"""The base types that come with pilot-eval keep the contract that every base type keeps."""

from typing import ClassVar

import pilot_eval_association
import pilot_eval_community
import pilot_eval_online
import pilot_eval_park
import pytest

from pilot_eval.testing import BaseTypeContract

pytestmark = pytest.mark.slow  # quick: the contract of a small plugin, in test_frozen_api1.py

METHOD = "../../indicators/zhengzhou-2018"


class TestOnline(BaseTypeContract):
    base_type = pilot_eval_online.online
    plugin = pilot_eval_online
    method = METHOD
    monotone: ClassVar = {"beneficiary_contacts": {"beneficiaries": "up"}, "channel_months_live": {"live": "up"}}


class TestPark(BaseTypeContract):
    base_type = pilot_eval_park.park
    plugin = pilot_eval_park
    method = METHOD


class TestAssociation(BaseTypeContract):
    base_type = pilot_eval_association.association
    plugin = pilot_eval_association
    method = METHOD


class TestCommunity(BaseTypeContract):
    base_type = pilot_eval_community.community
    plugin = pilot_eval_community
    method = METHOD
