"""Processes that evaluate queries and may be killed; the web process never does.

pyoxigraph can neither cancel a query nor limit its time or memory, and some
queries end its process. So each runs where that does not matter:

- A *supervisor*, small and without threads, forks the workers and replaces
  those that ended (about 1 ms, and some 10 ms to open the store).
- A *worker* has the store of one edition open read-only, no inherited
  descriptor, no network where the system allows that, no file it may write,
  and a bound on its memory. It takes one question at a time.
- The *askers*, threads of the web process, hold a line to each worker and keep
  it from question to question. A new line goes to one Unix socket on which all
  workers accept. When all are busy a few askers wait; one more is refused at
  once.

A worker that has been at a question for long stands back behind the others,
and all of them together have a bound on their memory (`burden`).

The asker kills the worker at the deadline or when the client has left, and
does not wait for its end, which takes the longer the more memory it holds. An
answer is complete if and only if its end frame came; everything else raises.
"""

from __future__ import annotations

from eugraph.workers.limits import Limits
from eugraph.workers.line import Reply
from eugraph.workers.pool import Pool
from eugraph.workers.starting import started
from eugraph.workers.wire import Question

__all__ = ["Limits", "Pool", "Question", "Reply", "started"]
