"""Several things at the same moment."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier


def at_once(*calls):
    """Run the calls together, none before the last thread is there.

    :return: their answers, in order
    :raise Exception: what the first of them raised
    """
    gate = Barrier(len(calls))

    def run(call):
        gate.wait()
        return call()

    with ThreadPoolExecutor(len(calls)) as pool:
        return list(pool.map(run, calls))
