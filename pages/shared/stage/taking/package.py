"""The same file as a school's system takes it: a SCORM 1.2 package, which tells that system the score."""

from __future__ import annotations

import hashlib
import io
import re
import zipfile
from html import escape

FILE, MANIFEST = "picture.html", "imsmanifest.xml"
# The same file packs to the same bytes, whenever that is done.
WHEN = (1980, 1, 1, 0, 0, 0)


def package(name: str, title: str, file: str) -> bytes:
    """The package: the HTML file, which is one lesson of its own, and the manifest that says so.

    name, title: what the lesson is called, for a program and for people.
    Source: ADL, SCORM 1.2 Content Aggregation Model (2001), and IMS Content Packaging 1.1.2.
    """
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as parts:
        for called, text in ((MANIFEST, manifest(name, title, file)), (FILE, file)):
            entry = zipfile.ZipInfo(called, WHEN)
            entry.compress_type = zipfile.ZIP_DEFLATED
            parts.writestr(entry, text.encode())
    return packed.getvalue()


def manifest(name: str, title: str, file: str) -> str:
    """What the school's system reads first; the title stands in it as text."""
    known = f"superpose-{re.sub(r'[^A-Za-z0-9]+', '-', name)}-{hashlib.sha256(file.encode()).hexdigest()[:8]}"
    called = escape(title)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<manifest identifier="{known}" version="1.1"
  xmlns="http://www.imsproject.org/xsd/imscp_rootv1p1p2"
  xmlns:adlcp="http://www.adlnet.org/xsd/adlcp_rootv1p2">
  <metadata>
    <schema>ADL SCORM</schema>
    <schemaversion>1.2</schemaversion>
  </metadata>
  <organizations default="superpose">
    <organization identifier="superpose">
      <title>{called}</title>
      <item identifier="lesson" identifierref="file">
        <title>{called}</title>
      </item>
    </organization>
  </organizations>
  <resources>
    <resource identifier="file" type="webcontent" adlcp:scormtype="sco" href="{FILE}">
      <file href="{FILE}"/>
    </resource>
  </resources>
</manifest>
"""
