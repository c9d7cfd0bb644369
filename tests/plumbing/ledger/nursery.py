"""A process that forks a real worker for every line it reads and answers with the worker's process number.

Its wires are those of the sample, or with another word behind the name those of the house. Django is loaded once; each worker opens its own database connections and may be killed at any moment.
"""

import os
import signal
import sys


def main() -> None:
    import django

    django.setup()
    from nahtstelle.plumbing.ledger.wires import Wire, connect
    from nahtstelle.site.worker import run_forever
    from tests.plumbing.ledger.sample import Counted, note, note_after

    if sys.argv[1:] == ["sample"]:
        connect([Wire(Counted, note), Wire(Counted, note_after)])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # the kernel buries the dead
    for _line in sys.stdin:
        child = os.fork()
        if child == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            run_forever()
            os._exit(0)
        print(child, flush=True)


if __name__ == "__main__":
    main()
