"""Converts .docx to PDF with one LibreOffice and a new profile: with_soffice.py SOFFICE FOLDER DOCUMENT.docx …."""

import subprocess
import sys
import tempfile
from pathlib import Path


def main(soffice: str, folder: str, *documents: str) -> None:
    """Gives all documents to one process."""
    with tempfile.TemporaryDirectory(prefix="profile-") as profile:
        options = ("--headless", "--norestore", "--nologo", "--convert-to", "pdf:writer_pdf_Export", "--outdir", folder)
        subprocess.run([soffice, f"-env:UserInstallation={Path(profile).as_uri()}", *options, *documents], check=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
