"""The command line."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TextIO

import click

from lintnews import __version__
from lintnews.errors import ConfigError, LintnewsError
from lintnews.reporters import FORMATS, reporter

if TYPE_CHECKING:
    from collections.abc import Iterable

    from lintnews.config import ConfigFinder
    from lintnews.engine import Report
    from lintnews.loader import RuleType
    from lintnews.run import Run

CLEAN, FINDINGS, FAILED = 0, 1, 2
_STDIN = "-"
_COMPLETE = "_LINTNEWS_COMPLETE"


class _Program(click.Group):
    """The commands, of which `check` needs no name."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and args[0] not in self.commands:
            self._refuse_misspelt(args[0])
            args = ["check", *args]
        return super().resolve_command(ctx, args)

    def _refuse_misspelt(self, name: str) -> None:
        """Refuse a word that names no file and is nearly a command."""
        from lintnews.errors import did_you_mean  # noqa: PLC0415

        if name.isalpha() and not os.path.lexists(name) and (hint := did_you_mean(name, self.commands)):
            raise click.UsageError(f"“{name}” is no command, and no file{hint}")

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        # `lintnews --select x a.md` is `lintnews check --select x a.md`: the program has no options but these.
        if args and args[0].startswith("-") and args[0] not in {"--help", "-h", "--version"}:
            args = ["check", *args]
        return super().parse_args(ctx, args)


@click.group(cls=_Program, invoke_without_command=True, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="lintnews", message="%(prog)s %(version)s")
@click.pass_context
def program(context: click.Context) -> None:
    """Check articles before they are published.

    `lintnews article.md` is short for `lintnews check article.md`.

    Exit status: 0 when nothing reaches --fail-on, 1 when something does, 2 when something could not be done.
    """
    if context.invoked_subcommand is None:
        click.echo(context.get_help())


@program.command(short_help="Report what must not go out in articles.")
@click.argument("paths", nargs=-1, metavar="[PATH|-]...")
@click.option("--select", multiple=True, metavar="RULE", help="Run only these rules or groups; `all` for every rule.")
@click.option("--extend-select", multiple=True, metavar="RULE", help="Run these rules or groups besides.")
@click.option("--ignore", multiple=True, metavar="RULE", help="Do not run these rules or groups.")
@click.option("--level", multiple=True, metavar="RULE=LEVEL", help="Give a rule another level.")
@click.option("--fail-on", metavar="LEVEL", help="The least grave level that makes the run fail.  [default: warning]")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this configuration alone.")
@click.option(
    "--output-format",
    type=click.Choice(list(FORMATS)),
    envvar="LINTNEWS_OUTPUT_FORMAT",
    help="How to report.  [default: text]",
)
@click.option("--output-file", type=click.Path(path_type=Path), metavar="FILE", help="Where to report.")
@click.option("--stdin-filename", metavar="NAME", help="What the text from `-` would be called: its suffix, its rules.")
@click.option("--force-exclude", is_flag=True, help="Leave excluded files out even when they are named.")
@click.option("--no-cache", is_flag=True, help="Keep nothing between runs, and use nothing that was kept.")
@click.option("--exit-zero", is_flag=True, help="Exit 0 in spite of findings; never in spite of failures.")
@click.option(
    "--color",
    type=click.Choice(["auto", "always", "never"]),
    default="auto",
    show_default=True,
    help="When to use colour.",
)
def check(  # noqa: PLR0913, PLR0917  the command's options, which click gives by name
    paths: tuple[str, ...],
    select: tuple[str, ...],
    extend_select: tuple[str, ...],
    ignore: tuple[str, ...],
    level: tuple[str, ...],
    fail_on: str | None,
    config: Path | None,
    output_format: str | None,
    output_file: Path | None,
    stdin_filename: str | None,
    force_exclude: bool,
    no_cache: bool,
    exit_zero: bool,
    color: str,
) -> None:
    """Report what must not go out in the articles at PATH, `-` for standard input; without a PATH, those below here."""
    from lintnews.cache import NO_CACHE, user_cache  # noqa: PLC0415
    from lintnews.config import ConfigFinder, command_line  # noqa: PLC0415  not needed to print a help text
    from lintnews.run import Run  # noqa: PLC0415

    layer = command_line(
        select=select or None, extend_select=extend_select, ignore=ignore, level=level, fail_on=fail_on
    )
    finder = ConfigFinder(config, layer)
    run = Run(finder, NO_CACHE if no_cache else user_cache())
    if _STDIN in paths:
        if len(paths) > 1:
            raise click.UsageError("“-” stands alone: standard input is one article.")
        reports: Iterable[Report] = iter([run.report_on(sys.stdin.buffer.read(), Path(stdin_filename or _STDIN))])
    elif stdin_filename:
        raise click.UsageError("“--stdin-filename” goes with “-”.")
    else:
        reports = run.reports(paths or (".",), force_exclude=force_exclude)
    first = Path(stdin_filename or (paths[0] if paths else "."))
    write = reporter(output_format or _configured_format(finder, first) or "text")
    outcome = _Outcome(run)
    with _output(output_file) as stream:
        write(outcome.watch(reports), stream, color=output_file is None and _colored(color, stream))
        stream.flush()
    sys.exit(outcome.status(exit_zero=exit_zero))


def _configured_format(finder: ConfigFinder, first: Path) -> str | None:
    """Return the output format that the configuration of the first path asks for."""
    try:
        return finder.config_for(first / "article.md" if first.is_dir() else first).output_format
    except ConfigError:
        # It is named with the files that it is for; those of other configurations are checked all the same.
        return None


class _Outcome:
    """Watches the reports of a run go by: says each failure once on standard error, and knows the exit status."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._told: set[str] = set()
        self._fails = False

    def watch(self, reports: Iterable[Report]) -> Iterator[Report]:
        for report in reports:
            for failure in report.failures:
                if failure.message not in self._told:
                    self._told.add(failure.message)
                    _complain(failure.message)
            self._fails = self._fails or self._run.fails(report)
            yield report

    def status(self, *, exit_zero: bool) -> int:
        if self._told:
            return FAILED
        return FINDINGS if self._fails and not exit_zero else CLEAN


@contextmanager
def _output(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    try:
        stream = path.open("w", encoding="utf-8", errors="replace", newline="\n")
    except OSError as error:
        raise LintnewsError(f"{path}: cannot be written: {(error.strerror or str(error)).lower()}") from error
    with stream:
        yield stream


def _colored(choice: str, stream: TextIO) -> bool:
    """Return whether to write in colour (https://no-color.org, https://force-color.org; NO_COLOR wins)."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


@program.group(invoke_without_command=True, short_help="List, write, test and try out rules.")
@click.pass_context
def rules(context: click.Context) -> None:
    """List, write, test and try out rules; without a command, list them."""
    if context.invoked_subcommand is None:
        context.invoke(list_rules)


@rules.command("list", short_help="List every rule, its level and what it finds.")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this configuration alone.")
def list_rules(config: Path | None) -> None:
    """List every rule: its level, whether it runs here, and what it finds."""
    loaded, enabled, levels = _rules_here(config)
    width = max(len(name) for name in loaded)
    group = ""
    for name, rule in sorted(loaded.items(), key=lambda item: (item[1].page.group, item[0])):
        if rule.page.group != group:
            group = rule.page.group
            click.echo(f"{group}/")
        level = levels.get(name, rule.page.level).value if name in enabled else "off"
        click.echo(f"  {name:<{width}}  {level:<7}  {rule.page.summary}")


@rules.command("new", short_help="Write a page to fill in.")
@click.argument("name", metavar="GROUP/NAME")
@click.option("--directory", type=click.Path(path_type=Path), default=Path("rules"), show_default=True)
def new_rule(name: str, directory: Path) -> None:
    """Write a page for a rule NAME of GROUP, to be filled in."""
    from lintnews.config import ConfigFinder  # noqa: PLC0415
    from lintnews.drafts import write_draft  # noqa: PLC0415

    page = write_draft(directory, name)
    click.echo(f"Wrote {page}")
    click.echo(f"Fill it in, then: lintnews rules test {directory}")
    if directory.absolute() not in ConfigFinder().config_for(Path("article.md")).rules:
        click.echo(f'It runs once lintnews.toml names its folder: rules = ["{directory.as_posix()}"]')


@rules.command("test", short_help="Run the examples of pages.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[DIRECTORY|PAGE]...")
def test_rules(paths: tuple[Path, ...]) -> None:
    """Run the examples of the pages at each path; without one, those of the configured directories."""
    from lintnews.laws import breaches  # noqa: PLC0415
    from lintnews.loader import load_rules  # noqa: PLC0415

    under_test = _rules_at(paths or _configured_directories())
    others = {**load_rules(), **{rule.page.id: rule for rule in under_test}}
    instances = [rule() for rule in others.values()]
    found = [breach for rule in under_test for breach in breaches(rule(), instances)]
    for breach in found:
        click.echo(str(breach))
    examples = sum(len(rule.page.examples) for rule in under_test)
    faults = f"{len(found) or 'No'} fault{'' if len(found) == 1 else 's'}"
    click.echo(f"{faults} in {examples} examples on {len(under_test)} page{'' if len(under_test) == 1 else 's'}.")
    sys.exit(FINDINGS if found else CLEAN)


@rules.command("try", short_help="Show what a draft would hit in published articles.")
@click.argument("page", type=click.Path(path_type=Path))
@click.argument("paths", nargs=-1, required=True, metavar="ARTICLE...")
@click.option("--show", default=20, show_default=True, metavar="N", help="How many hits to show, spread over all.")
def try_rule(page: Path, paths: tuple[str, ...], show: int) -> None:
    """Show what the rule on PAGE would hit in published articles, before it goes live."""
    from lintnews.trial import trial  # noqa: PLC0415

    (rule,) = _rules_at((page,))
    tried = trial(rule(), paths)
    for sample in tried.samples(show):
        click.echo(f"{sample.place}: {sample.words}")
    click.echo(tried.summary)
    for failure in tried.failures:
        _complain(failure)
    sys.exit(FAILED if tried.failures else CLEAN)


@program.command(short_help="Say why a rule is there and how often it is right.")
@click.argument("rule", metavar="RULE")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this configuration alone.")
def explain(rule: str, config: Path | None) -> None:
    """Say what RULE finds, why, how often it is right, and how to set it."""
    from lintnews.errors import did_you_mean  # noqa: PLC0415
    from lintnews.explanation import explanation  # noqa: PLC0415

    loaded, enabled, levels = _rules_here(config)
    if members := [name for name, each in loaded.items() if each.page.group == rule and rule not in loaded]:
        raise LintnewsError(f"“{rule}” is a group; its rules are {', '.join(members)}")
    if rule not in loaded:
        hint = did_you_mean(rule, loaded) or "; `lintnews rules list` has them all"
        raise LintnewsError(f"there is no rule “{rule}”{hint}")
    page = loaded[rule].page
    click.echo(explanation(page, level=levels.get(rule, page.level), on=rule in enabled))


@program.command(short_help="Tell how long articles are, and how hard to read.")
@click.argument("paths", nargs=-1, metavar="[PATH|-]...")
@click.option("--config", type=click.Path(path_type=Path), metavar="FILE", help="Use this configuration alone.")
@click.option(
    "--output-format",
    type=click.Choice(["text", "json", "csv"]),
    default="text",
    show_default=True,
    help="How to tell.",
)
@click.option("--stdin-filename", metavar="NAME", default=_STDIN, help="What the text from `-` would be called.")
def stats(paths: tuple[str, ...], config: Path | None, output_format: str, stdin_filename: str) -> None:
    """Tell how long the articles at PATH are and how hard to read; without a PATH, those below here.

    With several articles, the table ends with the figures that half, three quarters… of them are no harder than.
    """
    from lintnews.config import ConfigFinder  # noqa: PLC0415
    from lintnews.stats import FORMATS as WRITERS  # noqa: PLC0415
    from lintnews.stats import statistics, statistics_of_bytes  # noqa: PLC0415

    finder = ConfigFinder(config)
    failures: list[LintnewsError] = []
    if paths == (_STDIN,):
        articles = iter([statistics_of_bytes(sys.stdin.buffer.read(), Path(stdin_filename), finder)])
    elif _STDIN in paths:
        raise click.UsageError("“-” stands alone: standard input is one article.")
    elif stdin_filename != _STDIN:
        raise click.UsageError("“--stdin-filename” goes with “-”.")
    else:
        articles = statistics(paths or (".",), finder, failures.append)
    WRITERS[output_format](articles, sys.stdout)
    for failure in failures:
        _complain(str(failure))
    sys.exit(FAILED if failures else CLEAN)


def _rules_here(file: Path | None) -> tuple[dict[str, RuleType], frozenset[str], Any]:
    from lintnews.config import ConfigFinder, validate_rules  # noqa: PLC0415
    from lintnews.loader import load_rules  # noqa: PLC0415

    config = ConfigFinder(file).config_for(Path("article.md"))
    loaded = load_rules(config.rules)
    groups = {name: rule.page.group for name, rule in loaded.items()}
    validate_rules(config, groups)
    default = [name for name, rule in loaded.items() if rule.page.on_by_default]
    return loaded, config.enabled(groups, default), config.level


def _configured_directories() -> tuple[Path, ...]:
    from lintnews.config import ConfigFinder  # noqa: PLC0415

    directories = ConfigFinder().config_for(Path("article.md")).rules
    if not directories:
        raise LintnewsError("no configuration names a directory of rules; name one: `lintnews rules test DIRECTORY`")
    here = Path.cwd()
    return tuple(path.relative_to(here) if path.is_relative_to(here) else path for path in directories)


def _rules_at(paths: Iterable[Path]) -> list[RuleType]:
    from lintnews.loader import load_directory, load_rule  # noqa: PLC0415

    found: list[RuleType] = []
    for path in paths:
        if not path.exists():
            raise LintnewsError(f"{path}: no such file or directory")
        found.extend(load_directory(path) if path.is_dir() else [load_rule(path)])
    if not found:
        raise LintnewsError(f"{', '.join(map(str, paths))}: holds no page; a rule's page is <group>/<rule>.md")
    return found


def _complain(message: str) -> None:
    """Say on standard error what could not be done, without what would steer a terminal: a name may be anybody's."""
    for line in message.splitlines():
        click.echo(f"lintnews: {''.join(each if each.isprintable() else '�' for each in line)}", err=True)


def main() -> NoReturn:
    """Run the program and exit: 0, 1 or 2, and never a traceback for what the user can mend."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal of another charset shows a stand-in for what it lacks; a run does not end for it.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    if not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    if instruction := os.environ.get(_COMPLETE):
        from click.shell_completion import shell_complete  # noqa: PLC0415

        sys.exit(shell_complete(program, {}, "lintnews", _COMPLETE, instruction))
    try:
        # click's own `main` would end a broken pipe and an interrupt with 1, which says “findings” here.
        with program.make_context("lintnews", sys.argv[1:]) as context:
            program.invoke(context)
        status = CLEAN
    except click.exceptions.Exit as error:
        status = error.exit_code
    except click.ClickException as error:
        error.show()
        status = FAILED
    except LintnewsError as error:
        _complain(str(error))
        status = FAILED
    except (KeyboardInterrupt, click.Abort):
        _complain("interrupted")
        status = FAILED
    except BrokenPipeError:
        # Whoever read the report has gone; there is nobody to tell, and Python must not try when it exits.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        status = FAILED
    except OSError as error:
        _complain(f"the report cannot be written: {(error.strerror or str(error)).lower()}")
        status = FAILED
    sys.exit(status)
