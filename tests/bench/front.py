"""nginx before Odoo's workers: pages to the HTTP port, /websocket to the gevent port."""

import subprocess
import tempfile
from pathlib import Path

from launcher import paths
from launcher.odoo import end, free_port, wait_for_answer

from ..server import Client, Database, Server

PROGRAM = Path(__file__).parents[1] / "program" / "serve.py"
CONFIGURATION = """
daemon off;
worker_processes 1;
pid {folder}/pid;
error_log {log};
events {{ worker_connections 1024; }}
http {{
    access_log off;
    client_max_body_size 64m;
    client_body_buffer_size 1m;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    upstream pages {{ server 127.0.0.1:{http}; keepalive 64; }}
    upstream bus {{ server 127.0.0.1:{gevent}; }}
    server {{
        listen 127.0.0.1:{port};
        keepalive_requests 1000000;
        proxy_set_header Host $http_host;
        proxy_set_header X-Forwarded-Host $http_host;
        proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;
        proxy_set_header X-Forwarded-Proto $scheme;
        proxy_http_version 1.1;
        proxy_read_timeout 300s;
        location /websocket {{
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_pass http://bus;
        }}
        location / {{
            proxy_set_header Connection "";
            proxy_pass http://pages;
        }}
    }}
}}
"""


class Front:
    """A prefork Odoo behind nginx; `url` is nginx's."""

    def __init__(self, database: Database, workers: int):
        self.database = database
        self.port, gevent = free_port(), free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.server = Server(database, f"--workers={workers}", f"--gevent-port={gevent}", "--proxy-mode")
        # Started as a module, a prefork Odoo tries for ever to start its bus process, at a tenth of the machine's time.
        self.server.program = (str(PROGRAM),)
        self.log = paths.log(f"nginx-{database.name}")
        # In /tmp: nginx's worker is another user than root, and could not enter root's folders.
        self.folder = tempfile.TemporaryDirectory(prefix="tibillet-nginx-")
        Path(self.folder.name).chmod(0o755)
        self.nginx = None
        self.configuration = Path(self.folder.name) / "nginx.conf"
        self.configuration.write_text(
            CONFIGURATION.format(
                folder=self.folder.name, log=self.log, http=self.server.port, gevent=gevent, port=self.port
            )
        )

    def start(self) -> "Front":
        """Start both and return once Odoo answers through nginx."""
        self.server.start()
        with self.log.open("ab") as output:
            self.nginx = subprocess.Popen(
                ["nginx", "-c", self.configuration, "-p", self.folder.name],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
            )
        wait_for_answer(self.url, self.nginx, self.log)
        return self

    def stop(self) -> None:
        """End nginx, then Odoo."""
        if self.nginx:
            end(self.nginx)
        self.server.stop()
        self.folder.cleanup()

    def client(self, login: str = "admin", password: str = "admin") -> Client:
        """Log a person in, through nginx."""
        return Client(self.url, self.database.name, login, password)
