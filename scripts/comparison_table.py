"""Writes checker/comparison.tsv: what the comparison view makes of each character; words after an empty line.

Sources: OpenCC's t2s (Apache-2.0) one character at a time; Unicode's Equivalent_Unified_Ideograph as shipped
with Perl for radicals and strokes; Unicode's compatibility decompositions for the compatibility ideographs.

    python scripts/comparison_table.py           writes the table
    python scripts/comparison_table.py --check   exit code 1 if the table in place differs
"""

import argparse
import subprocess
import sys
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from opencc import OpenCC

TABLE = Path(__file__).resolve().parent.parent / "checker" / "comparison.tsv"

# The basic plane only: the rest would lengthen the table by a fifth for characters no report uses.
IDEOGRAPHS = range(0x3400, 0xA000)
COMPATIBILITY = range(0xF900, 0xFADA)

# Traditional words whose character has two Simplified forms and that official reports use.
WORDS = ("答覆", "批覆", "回覆", "反覆", "函覆", "瞭解", "明瞭", "計畫")

PERL = """
use Unicode::UCD "prop_invmap";
my ($from, $to, $format, $none) = prop_invmap("EqUIdeo");
for my $i (0 .. $#$from) {
    next if $to->[$i] eq $none;
    print join(" ", $_, $to->[$i]), "\n" for $from->[$i] .. $from->[$i + 1] - 1;
}
"""


def radicals() -> dict[int, int]:
    """Radicals and strokes to ideographs, from Unicode's table."""
    command = ["perl", "-e", PERL]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout  # noqa: S603
    return {int(radical): int(ideograph) for radical, ideograph in map(str.split, printed.splitlines())}


def compatibility() -> Iterator[tuple[int, int]]:
    for code in COMPATIBILITY:
        plain = unicodedata.normalize("NFKC", chr(code))
        if len(plain) == 1 and plain != chr(code):
            yield code, ord(plain)


def table() -> str:
    convert = OpenCC("t2s").convert
    folded = radicals()
    folded.update(compatibility())
    folded.update((code, code) for code in IDEOGRAPHS if code not in folded)
    singles = {chr(code): convert(chr(plain)) for code, plain in sorted(folded.items())}
    words = {"".join(map(convert, word)): convert(word) for word in WORDS}
    return lines(singles) + "\n" + lines(words)


def lines(pairs: dict[str, str]) -> str:
    for written, plain in pairs.items():
        if len(written) != len(plain):
            raise ValueError(f"{written} becomes {plain}: not of the same length")
    return "".join(f"{written}\t{plain}\n" for written, plain in pairs.items() if written != plain)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--check", action="store_true", help="compare with the table in place")
    text = table()
    if parser.parse_args().check:
        return int(TABLE.read_text(encoding="utf-8") != text)
    TABLE.write_text(text, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
