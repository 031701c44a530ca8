"""The settings that the first start writes for a machine."""

import stat

from config.env import read_settings_file
from config.machine import write_settings


def test_the_file_is_for_its_owner_alone(tmp_path):
    path = tmp_path / "var" / "settings.env"
    assert write_settings(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_it_holds_a_secret_and_hosts_and_says_that_there_is_no_https(tmp_path):
    path = tmp_path / "settings.env"
    write_settings(path)
    values = read_settings_file(path)
    assert len(values.pop("SECRET_KEY")) >= 50
    assert values == {"ALLOWED_HOSTS": "127.0.0.1,localhost,[::1]", "SECURE": "false"}


def test_every_machine_has_a_secret_of_its_own(tmp_path):
    write_settings(tmp_path / "one")
    write_settings(tmp_path / "two")
    assert (tmp_path / "one").read_text() != (tmp_path / "two").read_text()


def test_a_second_start_changes_nothing(tmp_path):
    path = tmp_path / "settings.env"
    path.write_text("SECRET_KEY=mine\n")
    assert not write_settings(path)
    assert path.read_text() == "SECRET_KEY=mine\n"
