"""Reading the environment: typed values, or an error that says what to do."""

import pytest

from config.env import Environment, Misconfigured


def write(folder, text):
    path = folder / "settings.env"
    path.write_text(text)
    return path


def test_the_environment_wins_over_the_file(tmp_path):
    file = write(tmp_path, "NAME=file\nOTHER=file\n")
    env = Environment({"NAME": "process"}, file)
    assert (env.text("NAME"), env.text("OTHER")) == ("process", "file")


def test_comments_empty_lines_and_quotes(tmp_path):
    env = Environment({}, write(tmp_path, "# NAME=no\n\n NAME = \"a = 'b'\" \n"))
    assert env.text("NAME") == "a = 'b'"


@pytest.mark.parametrize("line", ["NAME", "=value", "two words=value", "export NAME=value"])
def test_a_line_that_says_nothing_is_refused_with_its_number(tmp_path, line):
    with pytest.raises(Misconfigured, match=r"settings\.env, line 2, is not NAME=VALUE"):
        Environment({}, write(tmp_path, f"# first\n{line}\n"))


def test_the_same_name_twice_is_refused(tmp_path):
    with pytest.raises(Misconfigured, match="line 2, sets NAME again"):
        Environment({}, write(tmp_path, "NAME=1\nNAME=2\n"))


def test_a_misspelled_line_is_refused(tmp_path):
    env = Environment({}, write(tmp_path, "SECURE=true\nALOWED_HOSTS=x\n"))
    env.boolean("SECURE", default=True)
    with pytest.raises(Misconfigured, match=r"ALOWED_HOSTS in .* is read by no setting"):
        env.refuse_unknown()


def test_an_empty_value_counts_as_none():
    env = Environment({"NAME": " "})
    assert env.text("NAME", default="fallback") == "fallback"
    with pytest.raises(Misconfigured, match=r"^NAME is not set\. Ask a colleague\. Set it in the environment\.$"):
        env.text("NAME", remedy="Ask a colleague.")


@pytest.mark.parametrize(("value", "meaning"), [("true", True), ("ON", True), ("0", False), ("No", False)])
def test_a_boolean_in_the_usual_spellings(value, meaning):
    assert Environment({"NAME": value}).boolean("NAME", default=not meaning) is meaning


@pytest.mark.parametrize("value", ["ture", "2", "none", "-"])
def test_a_boolean_that_is_neither_is_refused(value):
    with pytest.raises(Misconfigured, match=f"NAME is '{value}', which is neither true nor false"):
        Environment({"NAME": value}).boolean("NAME", default=False)


@pytest.mark.parametrize("value", ["8k", "-1", "1.5", "٣"])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(Misconfigured, match="not a whole number"):
        Environment({"NAME": value}).integer("NAME", default=1)


def test_a_number_beyond_its_limits_is_refused():
    with pytest.raises(Misconfigured, match=r"NAME is 70000\. It must be between 1 and 65535"):
        Environment({"NAME": "70000"}).integer("NAME", default=1, least=1, most=65535)


def test_a_list_has_commas_between_its_values():
    assert Environment({"NAME": "a, b,,c "}).listing("NAME") == ["a", "b", "c"]
    assert Environment({}).listing("NAME", default=[]) == []
    with pytest.raises(Misconfigured, match="NAME is not set"):
        Environment({}).listing("NAME")


def test_a_secret_may_be_in_a_file(tmp_path):
    path = tmp_path / "secret"
    path.write_text("hush\n")
    assert Environment({"NAME_FILE": str(path)}).secret("NAME") == "hush"


def test_a_secret_in_two_places_is_refused(tmp_path):
    with pytest.raises(Misconfigured, match="NAME is set, and so is NAME_FILE"):
        Environment({"NAME": "hush", "NAME_FILE": str(tmp_path)}).secret("NAME")


def test_a_secret_in_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Misconfigured, match="NAME_FILE cannot be read"):
        Environment({"NAME_FILE": str(tmp_path / "none")}).secret("NAME")


def test_a_secret_in_an_empty_file_is_refused(tmp_path):
    with pytest.raises(Misconfigured, match="NAME_FILE is an empty file"):
        Environment({"NAME_FILE": str(write(tmp_path, "\n"))}).secret("NAME")


@pytest.mark.parametrize(
    ("value", "problem"),
    [
        ("mysql://h/db", "starts with 'mysql'"),
        ("h/db", "starts with ''"),
        ("postgres:///db", "names no host"),
        ("postgres://h:port/db", "is not an address"),
    ],
)
def test_an_address_is_checked(value, problem):
    with pytest.raises(Misconfigured, match=problem):
        Environment({"NAME": value}).url("NAME", schemes=["postgres"])


def test_an_error_does_not_repeat_the_password():
    with pytest.raises(Misconfigured) as refusal:
        Environment({"NAME": "mysql://user:hush@host/db"}).url("NAME", schemes=["postgres"])
    assert "hush" not in str(refusal.value)


@pytest.mark.parametrize("value", ["Mars/Olympus", "../etc/passwd", "/etc/passwd"])
def test_a_time_zone_exists(value):
    assert Environment({}).zone("NAME", default="America/Toronto") == "America/Toronto"
    with pytest.raises(Misconfigured, match="is no time zone"):
        Environment({"NAME": value}).zone("NAME", default="UTC")
