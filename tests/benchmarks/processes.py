"""Work for several processes. Imports nothing of the product, whose settings each has to set up."""

from __future__ import annotations

import gc
import multiprocessing
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from typing import TypeVar

import django
from django.conf import settings

Task = TypeVar("Task")
Result = TypeVar("Result")

AHEAD = 2  # results a process may be ahead of what is taken: memory stays the same


def mapped(
    work: Callable[[Task], Result], tasks: Iterable[Task], processes: int
) -> Iterator[Result]:
    """As ``map``, in as many processes beside this one; none: in this one."""
    if not processes:
        yield from map(work, tasks)
        return
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(processes, context, initializer=_start) as pool:
        ahead: deque[Future[Result]] = deque()
        for task in tasks:
            ahead.append(pool.submit(work, task))
            if len(ahead) > AHEAD * processes:
                yield ahead.popleft().result()
        while ahead:
            yield ahead.popleft().result()


def _start() -> None:
    settings.USE_I18N = False  # English all the same, and a tenth faster
    django.setup()
    gc.set_threshold(100_000)  # a claim's rows refer to each other: garbage, but not much at once
