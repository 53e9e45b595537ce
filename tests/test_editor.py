"""Editor help: what the README says gives completion, hover and mistakes in the YAML language server."""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.test_cli import checker

SERVER = Path(__file__).parent / "editor/node_modules/yaml-language-server/bin/yaml-language-server"
RULE = """\
title: {zh: 甲, en: a}
degree: half
asert: report.year > 2020
eac
"""
RULESET = """\
# yaml-language-server: $schema=.vscode/ruleset.schema.json
title: {zh: 甲, en: a}
version: "1"
unknown: open
indicators:
  - id: a
    title: {zh: 甲, en: a}
    points: 1
    rules:
      - rule: x/y
"""
MANIFEST = "unit: {name: 甲, kind: town}\nyear: 2024\n"


class Server:
    """A language server spoken to over its standard streams, one request at a time."""

    def __init__(self, folder: Path, settings: dict[str, Any]) -> None:
        self.folder = folder
        self.settings = settings
        self.notices: dict[str, Any] = {}
        self.asked = 0
        self.process = subprocess.Popen(
            ["node", str(SERVER), "--stdio"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )

    def send(self, **message: Any) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout is not None
        length = 0
        while (line := self.process.stdout.readline().strip()) or not length:
            assert line, "the language server ended"
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        return message

    def until(self, method: str = "", number: int = 0) -> Any:
        """What the server says to a request, or by a notice; its own questions are answered on the way."""
        while True:
            message = self.receive()
            if "method" in message and "id" in message:
                self.send(id=message["id"], result=self.answer(message))
            elif message.get("method") == method:
                return message["params"]
            elif number and message.get("id") == number:
                return message.get("result")

    def answer(self, message: dict[str, Any]) -> Any:
        if message["method"] != "workspace/configuration":
            return None
        return [self.settings if item.get("section") == "yaml" else {} for item in message["params"]["items"]]

    def ask(self, method: str, **params: Any) -> Any:
        self.asked += 1
        self.send(id=self.asked, method=method, params=params)
        return self.until(number=self.asked)

    def start(self) -> None:
        where = self.folder.as_uri()
        able = {
            "workspace": {"configuration": True},
            "textDocument": {"hover": {"contentFormat": ["markdown"]}},
        }
        folders = [{"uri": where, "name": "rules"}]
        self.ask("initialize", processId=None, rootUri=where, capabilities=able, workspaceFolders=folders)
        self.send(method="initialized", params={})
        self.send(method="workspace/didChangeConfiguration", params={"settings": {"yaml": self.settings}})

    def open(self, name: str, text: str) -> list[str]:
        """Open a file; the mistakes the server finds in it."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        self.send(method="textDocument/didOpen", params={"textDocument": document})
        while (told := self.until("textDocument/publishDiagnostics"))["uri"] != path.as_uri():
            pass
        return [each["message"] for each in told["diagnostics"]]

    def at(self, method: str, name: str, line: int, character: int) -> Any:
        where = {"textDocument": {"uri": (self.folder / name).as_uri()}}
        return self.ask(method, **where, position={"line": line, "character": character})

    def completions(self, name: str, line: int, character: int) -> list[str]:
        found = self.at("textDocument/completion", name, line, character)
        return [item["label"] for item in (found["items"] if isinstance(found, dict) else found)]


@pytest.fixture(scope="module")
def server(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    if shutil.which("node") is None or not SERVER.is_file():
        pytest.skip("the YAML language server is not installed (it needs Node.js)")
    folder = tmp_path_factory.mktemp("editor")
    command, setting = said_in(root / "README.md")
    assert checker(folder, *command.split()[1:]).returncode == 0
    started = Server(folder, {"schemas": json.loads("{" + setting + "}")["yaml.schemas"], "validate": True})
    started.start()
    yield started
    started.process.kill()
    started.process.communicate()


def said_in(readme: Path) -> tuple[str, str]:
    """The two lines: the command that writes the schemas, and the setting that names them."""
    text = readme.read_text(encoding="utf-8")
    command, setting = (
        re.search(r"checker schema --folder .*", text),
        re.search(r'"yaml\.schemas": \{.*\}', text),
    )
    assert command and setting and RULESET.split("\n")[0] in text
    return command[0], setting[0]


def test_both_readmes_say_the_same(root: Path) -> None:
    assert said_in(root / "README.md") == said_in(root / "README.zh-CN.md")


def test_a_rule(server: Server) -> None:
    mistakes = server.open("library/own/x.yaml", RULE)
    assert any("asert" in mistake for mistake in mistakes), mistakes
    assert any("share" in mistake for mistake in mistakes), mistakes
    assert {"assert", "basis", "each", "message"} <= set(server.completions("library/own/x.yaml", 3, 3))
    hover = server.at("textDocument/hover", "library/own/x.yaml", 1, 2)
    assert "程度 · Degree" in json.dumps(hover, ensure_ascii=False)


def test_a_ruleset(server: Server) -> None:
    mistakes = server.open("own.yaml", f"{RULESET}        \n")
    assert any("pass_mark" in mistake for mistake in mistakes), mistakes
    assert {"deduct", "points", "veto", "settings"} <= set(server.completions("own.yaml", 10, 8))
    hover = server.at("textDocument/hover", "own.yaml", 3, 2)
    assert "无法判定 · Unknown" in json.dumps(hover, ensure_ascii=False)


def test_a_manifest(server: Server) -> None:
    mistakes = server.open("reports/a/manifest.yaml", MANIFEST)
    assert any("township" in mistake for mistake in mistakes), mistakes
    assert {"report", "evidence", "previous"} <= set(server.completions("reports/a/manifest.yaml", 2, 0))


def test_cases(server: Server) -> None:
    mistakes = server.open("cases/own/x.yaml", "- name: 甲\n  outcom: pass\n")
    assert any("outcom" in mistake for mistake in mistakes), mistakes
