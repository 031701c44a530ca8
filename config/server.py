"""How gunicorn serves the site: `gunicorn -c config/server.py config.wsgi`.

Twenty slow visitors can occupy all of its threads. On one's own machine that does not matter, so it listens
there alone; for the public, a buffering proxy stands in front.
"""

from pathlib import Path

from django.conf import settings

from config.wsgi import application  # noqa: F401 - reads the settings, so that a wrong one ends the start here

bind = f"{settings.HOST}:{settings.PORT}"
forwarded_allow_ips = ""  # TRUST_PROXY alone decides whose word on HTTPS is taken
worker_class = "gthread"
workers = 2  # one can restart, or hang, while the other serves
threads = 8
timeout = 60  # a worker that is silent for so long is replaced
graceful_timeout = 30  # what a request under way gets when the server is told to stop
max_requests = 2000  # a leak, should there be one, never grows old
max_requests_jitter = 200  # and not all at once
control_socket_disable = True  # signals are enough, and nothing is left in the home directory
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108 - a heartbeat in memory waits for no disk
