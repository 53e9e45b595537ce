"""One target under the fuzzer: python -m tests.fuzz.one TARGET [options of libFuzzer] [folders of inputs]"""

import contextlib
import random
import signal
import sys

import atheris

SECONDS_TO_BEGIN = 120


def main() -> None:
    name, options = sys.argv[1], [sys.argv[0], *sys.argv[2:]]
    from checker import outline, quantity  # noqa: F401 - what is imported here does not guide the search

    if name != "facts":
        from checker.extractors import vocabulary

        vocabulary()
    signal.alarm(SECONDS_TO_BEGIN)
    with atheris.instrument_imports(include=["checker", "doc2docx"]):
        from tests.fuzz import targets

        target = targets.TARGETS[name]
        for data in target.seeds():  # what is imported late is imported, and so instrumented, now
            with contextlib.suppress(Exception):
                target.run(data)

    signal.alarm(0)

    def change(data: bytes, most: int, seed: int) -> bytes:
        chance = random.Random(seed)
        if target.changed and chance.random() < 0.7:
            found = target.changed(data, chance)
            if found and len(found) <= most:
                return found
        return bytes(atheris.Mutate(data, most))

    mutator = {"custom_mutator": change} if target.changed else {}
    atheris.Setup(options, target.run, **mutator)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
