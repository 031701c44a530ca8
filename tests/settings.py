"""The settings under test: those of the site, cheaper where nobody would see a difference.

Every variable is set here, so that neither the machine's own settings nor its environment reach a test.
"""

import os
import shutil
import tempfile
from atexit import register
from pathlib import Path

SCRATCH = Path(tempfile.mkdtemp(prefix="bilateral-record-"))
register(shutil.rmtree, SCRATCH, ignore_errors=True)

os.environ.update(
    VAR_DIR=str(SCRATCH),
    SETTINGS_FILE=str(SCRATCH / "none.env"),
    SECRET_KEY="of-the-tests-and-of-nothing-else-" * 2,
    ALLOWED_HOSTS="testserver,localhost,127.0.0.1",
    SECURE="false",
    DEBUG="false",
    TRUST_PROXY="false",
    REQUIRE_SECOND_FACTOR="false",  # most tests are about other things; tests/accounts asks for one
    HOST="127.0.0.1",
    PORT="8000",
    PUBLIC_URL="http://testserver",
    SITE_TIME_ZONE="UTC",
    CACHE_URL="",
    DATABASE_URL=os.environ.get("TEST_DATABASE_URL", ""),
)

from config.settings import *  # noqa: E402, F403
from config.settings import DATABASES, STATIC_ROOT, STORAGES  # noqa: E402

# A file, not memory: threads and live servers then meet the same engine, locks included, as on the site. Its
# name is this process's own, so that two runs on one machine do not drop each other's database.
if "sqlite3" in DATABASES["default"]["ENGINE"]:
    DATABASES["default"]["TEST"] = {"NAME": str(SCRATCH / "test.sqlite3")}
else:
    DATABASES["default"]["TEST"] = {
        "NAME": f"test_{DATABASES['default']['NAME']}_{os.getpid()}",
        "TEMPLATE": os.environ.get("TEST_DATABASE_TEMPLATE"),  # a migrated one, to copy: CI makes it once a run
    }
    # Most tests are one long transaction: the site's limits on idle ones would end those of a busy machine.
    DATABASES["default"]["OPTIONS"]["options"] = "-c statement_timeout=60s -c lock_timeout=3s"

STATIC_ROOT.mkdir()  # empty: whitenoise warns where there is none
STORAGES["staticfiles"] = {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # slow ones are for real passwords
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
