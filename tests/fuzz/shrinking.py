"""The same failure with fewer bytes."""

from collections.abc import Callable


def shrunk(run: Callable[[bytes], None], data: bytes) -> bytes:
    """Leave out ever smaller pieces as long as the same exception is raised at the same line."""
    wanted = _failure(run, data)
    if wanted is None:
        raise SystemExit("this input does not fail")
    size = len(data) // 2
    while size:
        start = 0
        while start < len(data):
            shorter = data[:start] + data[start + size :]
            if _failure(run, shorter) == wanted:
                data = shorter
            else:
                start += size
        size //= 2
    return data


def _failure(run: Callable[[bytes], None], data: bytes) -> tuple[str, str, int] | None:
    """What is raised and the innermost line it is raised at; None where nothing is."""
    try:
        run(data)
    except Exception as error:
        trace = error.__traceback__
        while trace is not None and trace.tb_next is not None:
            trace = trace.tb_next
        code = trace.tb_frame.f_code.co_filename if trace else ""
        return type(error).__name__, code, trace.tb_lineno if trace else 0
    return None
