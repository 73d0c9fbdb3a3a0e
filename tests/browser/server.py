"""A Streamlit server of our own: started on a free port, stopped, and started there again."""

from __future__ import annotations

import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).parents[2]
STARTS_WITHIN_S = 40


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


class Server:
    """`streamlit run script`, from the root of the repository, until it is stopped."""

    def __init__(self, script: str) -> None:
        self.script = script
        self.port = free_port()
        self.url = f"http://localhost:{self.port}"
        self._output = tempfile.TemporaryFile("w+")  # noqa: SIM115
        self.start()

    def start(self) -> None:
        """Start, and return when the server answers. Raises RuntimeError where it does not."""
        command = [sys.executable, "-m", "streamlit", "run", str(ROOT / self.script)]
        options = ["--server.headless", "true", "--server.port", str(self.port)]
        options += ["--server.fileWatcherType", "none", "--client.showErrorDetails", "full"]
        self._process = subprocess.Popen(
            [*command, *options], cwd=ROOT, stdout=self._output, stderr=subprocess.STDOUT
        )
        deadline = time.monotonic() + STARTS_WITHIN_S
        while not self._healthy():
            if self._process.poll() is not None or time.monotonic() > deadline:
                self.stop()
                raise RuntimeError(f"{self.script} did not start:\n{self.log()}")
            time.sleep(0.05)

    def stop(self) -> None:
        """Stop, and return when the process is gone."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def process_id(self) -> int:
        """The number of the process."""
        return self._process.pid

    def memory(self) -> float:
        """The resident memory of the process in MB, at its peak so far (Linux)."""
        status = Path(f"/proc/{self.process_id}/status").read_text("ascii")
        peak = next(line for line in status.splitlines() if line.startswith("VmHWM"))
        return int(peak.split()[1]) / 1024

    def log(self) -> str:
        """What the server has said so far."""
        self._output.seek(0)
        return self._output.read()

    def _healthy(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/_stcore/health", timeout=2) as answer:
                return answer.status == 200
        except (urllib.error.URLError, OSError):
            return False
