"""pytest fixtures: `pytest_plugins = ["tests.rig.fixtures"]` in a top conftest, then

    def test_tap(reader, box):
        reader.insert("04A1B2C3D4E5F6")     # box.ws_url hears it; box.token pairs
        reader.remove()

`pcscd` is one real pcscd for the whole run (virtual readers, 2 ms poll), `reader` and `other_reader` its two slots, `box`
the real daemon with its own port and token. A machine that cannot run them fails the tests and says what to install.
"""

import pytest

from .box import Box, running_box
from .pcscd import Pcscd, RigError


@pytest.fixture(scope="session")
def pcscd():
    """A running Pcscd with two readers, all empty."""
    try:
        service = Pcscd()
    except RigError as error:
        pytest.fail(str(error), pytrace=False)
    try:
        yield service.start()
    finally:
        service.close()


@pytest.fixture
def reader(pcscd):
    """The first reader, empty before and after the test."""
    yield pcscd.readers[0]
    pcscd.readers[0].remove()


@pytest.fixture
def other_reader(pcscd):
    """The second reader, empty before and after the test."""
    yield pcscd.readers[1]
    pcscd.readers[1].remove()


@pytest.fixture
def box(pcscd):
    """A running Box on the readers of `pcscd`: `.ws_url`, `.url`, `.token`, `.log()`."""
    with running_box(pcscd.env) as daemon:
        yield daemon


@pytest.fixture
def make_box(pcscd):
    """Start a Box with settings of the test's own: `make_box(origins="https://till.example")`."""
    boxes: list[Box] = []

    def make(env=None, **settings):
        boxes.append(Box(pcscd.env if env is None else env, **settings))
        daemon = boxes[-1].start()
        return daemon.wait_for_readers() if env is None else daemon

    yield make
    for daemon in boxes:
        daemon.close()
