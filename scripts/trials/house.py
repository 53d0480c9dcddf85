"""A Tandem of its own for a trial: started on a free port over an empty folder, set up, and gone afterwards."""

import http.client
import json
import os
import pathlib
import shutil
import signal
import socket
import subprocess
import tempfile
import time
import urllib.parse

ROOT = pathlib.Path(__file__).resolve().parents[2]
PASSWORD = "a long enough password"


def binary():
    """The program: the fast one if it was built."""
    target = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target"))
    for kind in ("release", "debug"):
        if (target / kind / "tandem").exists():
            return target / kind / "tandem"
    raise SystemExit("build it first: cargo build --release -p tandem")


def free_port():
    with socket.socket() as s:
        s.bind(("127.0.0.1", 0))
        return s.getsockname()[1]


class House:
    def __init__(self, *options):
        self.folder = tempfile.mkdtemp(prefix="tandem-trial-")
        self.start(*options)

    def start(self, *options):
        self.port = free_port()
        command = [binary(), "serve", "--listen", f"127.0.0.1:{self.port}", "--data", f"{self.folder}/data", *options]
        self.process = subprocess.Popen(command, env={**os.environ, "TANDEM_LOG": "warn"}, stdout=subprocess.DEVNULL)
        for _ in range(200):
            try:
                self.ask("GET", "/healthz")
                return
            except OSError:
                time.sleep(0.05)
        raise SystemExit("it did not start")

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
        shutil.rmtree(self.folder, ignore_errors=True)

    def ask(self, method, path, fields=None, cookie=None, token=None, body=None, headers=None, timeout=60):
        """One request on a connection of its own: status, headers, text."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        sent = {"sec-fetch-site": "same-origin", **(headers or {})}
        if fields is not None:
            body = urllib.parse.urlencode(fields)
            sent["content-type"] = "application/x-www-form-urlencoded"
        if cookie:
            sent["cookie"] = cookie
        if token:
            sent["authorization"] = f"Bearer {token}"
        connection.request(method, path, body, sent)
        answer = connection.getresponse()
        text = answer.read().decode(errors="replace")
        connection.close()
        return answer.status, answer.headers, text

    def set_up(self, hat="both"):
        """The first account and product; the cookie of its session."""
        fields = {"name": "Ada", "email": "ada@example.org", "password": PASSWORD, "product": "Orbit", "key": "ORB", "way": "both_hats", "hat": hat}
        status, headers, text = self.ask("POST", "/setup", fields)
        assert status == 303, (status, text)
        return session(headers)

    def join(self, cookie, email, hats):
        """Invites someone and comes in as them; the cookie of their session."""
        status, _, text = self.ask("POST", "/ORB/do/membership.invite", [("email", email)] + [("hats", h) for h in hats], cookie, headers={"x-tandem": "1"})
        assert status == 200, (status, text)
        link = urllib.parse.urlsplit(json.loads(text)["link"]).path
        status, headers, text = self.ask("POST", link, {"name": email.split("@")[0], "password": PASSWORD})
        assert status == 303, (status, text)
        return session(headers)

    def memory(self):
        """Resident memory in MiB."""
        lines = pathlib.Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def session(headers):
    return next(c.split(";")[0] for c in headers.get_all("set-cookie") if c.startswith("tandem="))


def timed(work):
    """Milliseconds, and what came of it."""
    start = time.perf_counter()
    result = work()
    return (time.perf_counter() - start) * 1000, result
