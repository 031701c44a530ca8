"""Write this machine's settings, once: `python -m config.machine`.

It runs before Django does, for Django does not start without a secret.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

VAR_DIR = Path(os.environ.get("VAR_DIR") or Path(__file__).resolve().parent.parent / "var")

TEXT = """\
# The settings of this machine, written once when the site was first started. Yours to edit.
# A variable of the same name in the environment wins over a line here. README.md lists all names.

# Signs sessions and preview links. Whoever knows it can pose as anybody: keep it here.
SECRET_KEY={secret}

# The names under which the site may be asked for.
ALLOWED_HOSTS=127.0.0.1,localhost,[::1]

# Plain HTTP, which is right on one's own machine only. Remove this line to serve the public, over HTTPS.
SECURE=false

# The address that canonical links and feeds begin with, where it is not this machine's own.
# PUBLIC_URL=https://record.example.org

# Whoever may publish signs in with a second factor. Where this is false, a password alone opens the desk.
# REQUIRE_SECOND_FACTOR=false

# The time zone that dates without one are meant in.
# SITE_TIME_ZONE=America/Toronto

# A server for the data, and one for the cache, in place of a file here and the memory of the process.
# DATABASE_URL=postgres://user:password@host/name
# CACHE_URL=redis://host:6379/0
"""


def write_settings(path: Path) -> bool:
    """Create the file, readable by its owner alone; False, and nothing touched, where there is one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(TEXT.format(secret=secrets.token_urlsafe(48)))
    return True


if __name__ == "__main__" and write_settings(VAR_DIR / "settings.env"):
    print(f"Wrote a secret and settings for this machine to {VAR_DIR / 'settings.env'}")
