"""The tests mirror the house: the tests of a module are found by its name, and no test module leans on a different one."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from setuptools.config.setupcfg import read_configuration

from tests.support import ROOT

TESTS = ROOT / "tests"
NO_ROOMS = {"stories", "pages", "cases", "goldens"}
"""Folders of tests/ that are not the tests of a folder of planwriter/."""
EXCEPTIONS = {
    "sharing/test_hostile.py": "hostile packages, indexes and answers, held against all of sharing",
    "targets/test_sheet.py": "",
}
"""Test files that name no module, and what they test."""


def misplaced(names: list[str], modules: set[str]) -> list[str]:
    """The test files, as paths below tests/, that name neither a module nor a package of `modules` (paths below planwriter/)."""
    return [
        name
        for name in names
        if name.split("/")[0] not in NO_ROOMS
        and name not in EXCEPTIONS
        and re.sub(r"test_(\w+)\.py$", r"\1", name) not in modules
    ]
