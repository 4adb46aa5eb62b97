"""What the commands share: how they fail, what their help ends with, and the progress bar."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from kg.build import Progress

#: Exit code of a command that did its work and found something wrong
FAULTS_FOUND = 1

IN_FILE = click.Path(dir_okay=False, path_type=Path)
OUT_FILE = click.Path(dir_okay=False, path_type=Path)


class InputError(click.ClickException):
    """Wrong use or input: one sentence on the error stream, exit code 2."""

    exit_code = 2


class _Graph(click.Path):
    """A graph by the path of its folder or, where a command can do without the kept source texts, by a server's URL."""

    def __init__(self, *, urls: bool) -> None:
        super().__init__(path_type=Path)
        self.urls = urls

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        """The path or URL."""
        if not str(value).startswith(("http://", "https://")):
            return super().convert(value, param, ctx)
        if not self.urls:
            command = ctx.info_name if ctx else "this"
            raise InputError(
                f"kg {command} needs the files and source texts of a graph folder, which a server does not have; give "
                f"the folder, or ask {value} with: kg query"
            )
        return value


#: A graph folder; or that, or the URL of a SPARQL endpoint
GRAPH = click.argument("graph", type=_Graph(urls=False))
GRAPH_OR_URL = click.argument("graph", type=_Graph(urls=True))


class FrontDoor(click.Group):
    """The group of all commands: it turns the errors of the rooms behind it into sentences."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The commands in the order in which a user needs them."""
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the chosen command."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise
        except Exception as error:
            from kg.graph.folder import GraphError
            from kg.score import AnswerKeyError

            if isinstance(error, OSError):
                raise InputError(f"{error.filename or 'a file'}: {error.strerror or error}") from error
            if isinstance(error, (GraphError, AnswerKeyError)):
                raise InputError(str(error)) from error
            raise


def examples(*lines: str) -> str:
    """The end of a command's help: examples, one a line."""
    return "\b\nExamples:\n" + "\n".join(f"  kg {line}" for line in lines)


@contextmanager
def progress_bar() -> Iterator[Callable[[Progress], None]]:
    """A bar on the error stream that counts files, where that is a terminal."""
    from tqdm import tqdm

    # its watching thread would keep the build from forking
    tqdm.monitor_interval = 0
    with tqdm(unit="file", leave=False, disable=None, file=sys.stderr) as bar:

        def show(progress: Progress) -> None:
            bar.total = progress.total
            bar.set_postfix_str(progress.file, refresh=False)
            bar.update(progress.done - bar.n)

        yield show


def read_text(file: Path) -> str:
    """The text of a file that a user names.

    Raises:
        InputError: it is not text in UTF-8.
    """
    try:
        return file.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{file} is not a text file in UTF-8") from error
