"""Settings: defaults < file < environment < command line, and a token that only its owner reads."""

import os
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tibillet_iot import config

SOURCE = Path(__file__).parents[1] / "src"
TOKEN = "a-token-of-a-good-length"


@pytest.fixture
def folder(tmp_path):
    """A folder with a pairing token."""
    config.write_token(tmp_path / "token")
    return tmp_path


def command(*arguments, folder, **environ):
    """Run `tibillet-iot`; returns the finished process."""
    environ = {key: value for key, value in os.environ.items() if not key.startswith(config.ENV)} | environ
    return subprocess.run(
        [sys.executable, "-m", "tibillet_iot", "--dir", folder, *arguments],
        env=environ | {"PYTHONPATH": str(SOURCE)},
        capture_output=True,
        text=True,
        timeout=20,
    )


def test_each_source_wins_over_the_one_before(folder):
    assert config.load(folder, {}, {}).port == 8070
    (folder / "config.toml").write_text('port = 1\nbind = "10.0.0.1"\nqueue_size = 5\n')
    environ = {"TIBILLET_IOT_PORT": "2", "TIBILLET_IOT_BIND": "10.0.0.2"}
    loaded = config.load(folder, environ, {"port": "3", "bind": None})
    assert (loaded.port, loaded.bind, loaded.queue_size) == (3, "10.0.0.2", 5)


def test_the_box_listens_to_itself_by_default(folder):
    assert config.load(folder, {}, {}).bind == "127.0.0.1"


def test_lists_are_toml_lists_or_separated_by_commas(folder):
    (folder / "config.toml").write_text('origins = ["https://a.example/", "https://b.example"]\n')
    assert config.load(folder, {}, {}).origins == ("https://a.example", "https://b.example")
    loaded = config.load(folder, {"TIBILLET_IOT_ORIGINS": " https://c.example/ , "}, {})
    assert loaded.origins == ("https://c.example",)


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("colour = 1", "unknown setting colour"),
        ("port = 'x'", "port must be a number"),
        ("port = true", "port must be a number"),
        ("port = -1", "port must be a number"),
        ("bind = 3", "bind must be a text"),
        ("origins = 3", "origins must be a list"),
        ("origins = [3]", "origins must be a list"),
        (f"token = '{TOKEN}'", "the token belongs in the file"),
        ("port = ", "config.toml"),
        ("tls_cert = 'a.pem'", "go together"),
    ],
)
def test_a_wrong_setting_is_named(folder, text, complaint):
    (folder / "config.toml").write_text(text)
    with pytest.raises(config.ConfigError, match=complaint):
        config.load(folder, {}, {})


@pytest.mark.parametrize("environ", [{}, {"TIBILLET_IOT_TOKEN": ""}, {"TIBILLET_IOT_TOKEN": "short"}])
def test_without_a_token_the_box_does_not_start(tmp_path, environ):
    done = command("serve", folder=tmp_path, **environ)
    assert done.returncode == 2
    assert "tibillet-iot pair" in done.stderr


def test_a_token_that_others_can_read_is_refused(folder):
    (folder / "token").chmod(0o640)
    with pytest.raises(config.ConfigError, match="chmod 600"):
        config.load(folder, {}, {})


def test_pair_makes_one_token_and_keeps_it(tmp_path):
    folder = tmp_path / "new"
    first = command("pair", folder=folder)
    assert first.returncode == 0
    assert len(first.stdout.strip()) >= 32
    assert stat.S_IMODE((folder / "token").stat().st_mode) == 0o600
    assert command("pair", folder=folder).stdout == first.stdout
    assert command("pair", "--new", folder=folder).stdout != first.stdout


def test_the_token_is_not_in_the_settings_text(folder):
    settings = config.load(folder, {"TIBILLET_IOT_TOKEN": TOKEN}, {})
    assert settings.token == TOKEN
    assert TOKEN not in repr(settings)


def test_a_taken_port_is_said_in_one_sentence(box):
    done = command("serve", "--port", str(box.port), folder=box.folder, TIBILLET_IOT_TOKEN=TOKEN)
    assert done.returncode == 4
    assert f"cannot listen on 127.0.0.1:{box.port}" in done.stderr
    assert "Traceback" not in done.stderr


def test_check_names_the_readers(box, pcscd, tmp_path):
    done = command("check", folder=tmp_path, **pcscd.env)
    assert (done.returncode, done.stdout.splitlines()) == (0, [reader.name for reader in pcscd.readers])
    done = command("check", folder=tmp_path, PCSCLITE_CSOCK_NAME=str(tmp_path / "none"))
    assert done.returncode == 1
    assert "apt install pcscd" in done.stderr


def test_without_pyscard_the_command_says_what_to_install(tmp_path):
    (tmp_path / "smartcard.py").write_text("raise ImportError('no PC/SC here')\n")
    config.write_token(tmp_path / "token")
    for arguments in (["serve"], ["check"]):
        done = subprocess.run(
            [sys.executable, "-m", "tibillet_iot", "--dir", tmp_path, *arguments],
            env=os.environ | {"PYTHONPATH": f"{tmp_path}:{SOURCE}"},
            capture_output=True,
            text=True,
            timeout=20,
        )
        assert done.returncode == 3
        assert "python3-pyscard" in done.stderr
