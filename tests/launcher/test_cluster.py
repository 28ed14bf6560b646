"""A cluster's socket fits the kernel's limit and its folder admits nobody else."""

import os
from pathlib import Path

import psycopg2
import pytest

from launcher.cluster import SOCKET_LIMIT, SOCKET_NAME, Cluster, check_socket
from launcher.postgres import VOLATILE
from launcher.steps import Stop


def test_longest_socket_that_fits(tmp_path):
    room = SOCKET_LIMIT - len("//") - len(SOCKET_NAME)
    folder = Path("/" + "a" * room)
    check_socket(folder)
    with pytest.raises(Stop, match="107 are allowed"):
        check_socket(Path(f"{folder}a"))


def test_folder_of_the_socket_of_every_checkout_is_short():
    cluster = Cluster("unit", VOLATILE)
    assert len(os.fsencode(cluster.socket / SOCKET_NAME)) <= SOCKET_LIMIT


def test_server_runs_is_shared_and_ends_with_its_owner():
    cluster = Cluster("unit", VOLATILE)
    cluster.remove()
    try:
        with cluster.running() as address, Cluster("unit", VOLATILE).running() as again:
            assert address == again
            with again.connect() as connection, connection.cursor() as cursor:
                cursor.execute("SHOW fsync")
                assert cursor.fetchone() == ("off",)
            connection.close()
        with pytest.raises(psycopg2.OperationalError):
            address.connect()
    finally:
        cluster.remove()


def test_server_of_a_killed_launcher_is_taken_over():
    cluster = Cluster("unit", VOLATILE)
    cluster.remove()
    try:
        with cluster.running():
            first = cluster.process
            # What is left when its launcher was killed: a server, and an owner that lives no more.
            cluster._owner_file().write_text("")
            with Cluster("unit", VOLATILE).running() as address:
                assert first.wait(10) is not None
                address.connect().close()
    finally:
        cluster.remove()


def test_folder_open_to_others_is_refused(tmp_path):
    cluster = Cluster("unit", VOLATILE)
    folder = tmp_path / "socket"
    folder.mkdir(mode=0o755)
    folder.chmod(0o755)
    with pytest.raises(Stop, match="open to others"):
        cluster._private_folder(folder)


def test_data_of_another_version_is_refused():
    cluster = Cluster("unit", VOLATILE)
    cluster.remove()
    try:
        with cluster.running():
            pass
        (cluster.data / "PG_VERSION").write_text("9\n")
        with pytest.raises(Stop, match="is of PostgreSQL 9"):
            with cluster.running():
                pass
    finally:
        cluster.remove()
