"""Opening a submission: a file, a folder, and everything that can be wrong with either."""

import hashlib
import os
from pathlib import Path

import pytest

from checker import submission
from checker.errors import InputError
from checker.submission import open_submission

TEXT = "一、总体情况\n".encode()


def refused(path: Path) -> tuple[str, str]:
    """The code and the Chinese sentence of the one problem."""
    with pytest.raises(InputError) as caught:
        open_submission(path)
    (problem,) = caught.value.problems
    assert str(path.parent) not in problem.in_language("zh") + problem.in_language("en")
    return problem.code, problem.message.zh


def test_a_bare_file_is_a_submission(tmp_path: Path) -> None:
    path = tmp_path / "某区2024年度报告.txt"
    path.write_bytes(TEXT)
    found = open_submission(path)
    assert (found.name, found.file, found.data) == ("某区2024年度报告", "某区2024年度报告.txt", TEXT)
    assert found.sha256 == hashlib.sha256(TEXT).hexdigest()


@pytest.mark.parametrize("name", ["report.md", "report.txt", "Report.HTML", "report.htm", "report.docx"])
def test_a_folder_with_one_report(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "some-district-2024"
    (folder / "evidence").mkdir(parents=True)
    (folder / name).write_bytes(TEXT)
    for other in ("README.md", "assessment.json", "manifest.yaml", "evidence/report.md"):
        (folder / other).write_text("-", encoding="utf-8")
    found = open_submission(folder)
    assert (found.name, found.file, found.data) == ("some-district-2024", name, TEXT)


def test_the_folder_one_stands_in_has_a_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "here"
    folder.mkdir()
    (folder / "report.md").write_bytes(TEXT)
    monkeypatch.chdir(folder)
    assert open_submission(Path()).name == "here"


def test_a_folder_without_a_report(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("-", encoding="utf-8")
    code, sentence = refused(tmp_path)
    assert code == "no-report"
    assert "report.md, report.txt, report.html" in sentence
    assert "README" not in sentence
    (tmp_path / "年报.docx").write_bytes(b"-")
    assert "年报.docx" in refused(tmp_path)[1]


def test_a_folder_with_several_reports(tmp_path: Path) -> None:
    for name in ("report.txt", "report.md"):
        (tmp_path / name).write_bytes(TEXT)
    code, sentence = refused(tmp_path)
    assert code == "several-reports"
    assert "report.md, report.txt" in sentence


def test_nothing_there(tmp_path: Path) -> None:
    assert refused(tmp_path / "absent")[0] == "no-such-file"
    assert refused(tmp_path / "absent" / "report.md")[0] == "no-such-file"


def test_no_regular_file(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe.txt"
    os.mkfifo(pipe)
    assert refused(pipe)[0] == "no-such-file"


def test_a_link_out_of_the_folder(tmp_path: Path) -> None:
    outside, folder = tmp_path / "outside.txt", tmp_path / "folder"
    outside.write_bytes(TEXT)
    folder.mkdir()
    (folder / "report.txt").symlink_to(outside)
    assert refused(folder)[0] == "link-leaves-folder"


def test_a_link_inside_the_folder(tmp_path: Path) -> None:
    (tmp_path / "final.txt").write_bytes(TEXT)
    (tmp_path / "report.txt").symlink_to(tmp_path / "final.txt")
    assert open_submission(tmp_path).data == TEXT


def test_a_broken_link(tmp_path: Path) -> None:
    (tmp_path / "report.txt").symlink_to(tmp_path / "gone.txt")
    assert refused(tmp_path)[0] == "no-such-file"


@pytest.mark.parametrize("call", ["iterdir", "read_bytes"])
def test_what_may_not_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    (tmp_path / "report.txt").write_bytes(TEXT)

    def denied(path: Path) -> None:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, call, denied)
    assert refused(tmp_path) == ("unreadable", "无法读取：Permission denied")


def test_a_file_too_large_is_not_opened(tmp_path: Path) -> None:
    path = tmp_path / "report.txt"
    with path.open("wb") as stream:
        stream.truncate(submission.LIMIT + 1)
    assert refused(path)[0] == "too-large"


def test_a_name_that_is_no_utf8(tmp_path: Path) -> None:
    path = tmp_path / os.fsdecode("年报".encode("gb18030") + b".txt")
    path.write_bytes(TEXT)
    open_submission(path).file.encode("utf-8")
