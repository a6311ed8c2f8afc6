"""Reads front matter, YAML or TOML, into values that know where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import count
from typing import TYPE_CHECKING

from lintnews.document import Run, Text
from lintnews.errors import LintnewsError
from lintnews.nesting import nested_too_deep
from lintnews.source import ByteOffsets, Source, Span

if TYPE_CHECKING:
    import tree_sitter
    import yaml

# No article has more; aliases (`&a [*b, *b]`) and nesting make a few lines of YAML as many values as one likes.
_LONGEST = 256 * 1024
_MOST_VALUES = 1000
_DEEPEST = 32

_NULL = "tag:yaml.org,2002:null"
_BLOCK_HEADER = re.compile(r"[|>][^\r\n]*\s*")
_SPACE = re.compile(r"(\s+)")
_TOML_PLACE = re.compile(r"\(at line (\d+), column (\d+)\)|\(at end of document\)")
_LINE_END = re.compile(r"\r?\n")
_TOML_QUOTES = {'"""': 3, "'''": 3}
_TOML_ENTRIES = frozenset({"pair", "table", "table_array_element"})
_TOML_KEYS = frozenset({"bare_key", "quoted_key", "dotted_key"})


class FrontMatterError(LintnewsError):
    """Front matter that is not what its fence says; `offset` is the character of the source where that shows."""

    def __init__(self, message: str, offset: int) -> None:
        super().__init__(message)
        self.message = message
        self.offset = offset


def read_yaml(source: Source, span: Span) -> dict[str, Text]:
    """Return the values of the YAML at `span`, keys flattened with dots (`author.name`, `tags.0`).

    Values are the text as it is written, so that `no` and `2020-08-02` stay what they look like; `~` and nothing are
    empty texts that stand at their key.

    Raises:
        FrontMatterError: it is no YAML mapping, or holds more than an article's front matter does.
    """
    import yaml  # noqa: PLC0415  50 ms that an article without front matter need not pay

    _check_length(span)
    text = source[span]
    if nested_too_deep(text, _DEEPEST):
        raise FrontMatterError(f"nests more than {_DEEPEST} deep", span.start)
    try:
        root = yaml.compose(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
    except yaml.reader.ReaderError as error:
        # libyaml counts bytes here, and characters everywhere else.
        before = text.encode()[: error.position].decode(errors="ignore") if yaml.__with_libyaml__ else ""
        raise FrontMatterError(str(error.reason), span.start + (len(before) or error.position)) from error
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise FrontMatterError(error.problem or "is no YAML", span.start + (mark.index if mark else 0)) from error
    except RecursionError as error:
        raise FrontMatterError(f"nests more than {_DEEPEST} deep", span.start) from error
    if root is None:
        return {}
    if not isinstance(root, yaml.MappingNode):
        raise FrontMatterError("holds no keys with values", span.start + root.start_mark.index)
    values: dict[str, Text] = {}
    for key, place, node in _yaml_scalars(root, text, span.start):
        if node.tag == _NULL and not node.style:
            values[key] = Text((Run("", place),))
            continue
        values[key] = _yaml_text(source, node, span.start)
    return values


def _yaml_scalars(root: yaml.MappingNode, text: str, offset: int) -> Iterator[tuple[str, Span, yaml.ScalarNode]]:
    """Yield each scalar with its flat key and where the nearest key stands, in source order."""
    from yaml import MappingNode, ScalarNode  # noqa: PLC0415  as above

    visits = count(1)
    waiting: list[tuple[str, Span, int, yaml.Node]] = [("", Span(offset, offset), 0, root)]
    while waiting:
        path, place, depth, node = waiting.pop()
        if next(visits) > _MOST_VALUES:
            raise FrontMatterError(f"holds more than {_MOST_VALUES:,} values", place.start)
        if depth > _DEEPEST:
            raise FrontMatterError(f"nests more than {_DEEPEST} deep", place.start)
        if isinstance(node, ScalarNode):
            yield path, place, node
            continue
        prefix = f"{path}." if path else ""
        if isinstance(node, MappingNode):
            children = []
            for key, value in node.value:
                at = Span(offset + key.start_mark.index, offset + key.end_mark.index)
                name = key.value if isinstance(key, ScalarNode) else text[key.start_mark.index : key.end_mark.index]
                children.append((f"{prefix}{name}", at, depth + 1, value))
        else:
            children = [(f"{prefix}{index}", place, depth + 1, value) for index, value in enumerate(node.value)]
        waiting += reversed(children)


def _yaml_text(source: Source, node: yaml.ScalarNode, offset: int) -> Text:
    start, end = offset + node.start_mark.index, offset + node.end_mark.index
    value = node.value
    if node.style in {"|", ">"}:
        header = _BLOCK_HEADER.match(source.text, start, end)
        start = header.end() if header else start
        end = start + len(source.text[start:end].rstrip())
        value = value.strip()
    elif node.style:
        start, end = start + 1, end - 1
    return _text(source, value, Span(start, max(start, end)))


def read_toml(source: Source, span: Span) -> dict[str, Text]:
    """Return the values of the TOML at `span`, tables and dotted keys flattened as `read_yaml` does.

    Values but strings are the text as it is written.

    Raises:
        FrontMatterError: it is no TOML, or holds more than an article's front matter does.
    """
    import tomllib  # noqa: PLC0415  only for the rarer front matter

    import tree_sitter  # noqa: PLC0415
    import tree_sitter_toml  # noqa: PLC0415

    _check_length(span)
    text = source[span]
    try:
        tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _toml_error(source, span, str(error)) from error
    except RecursionError as error:
        raise FrontMatterError(f"nests more than {_DEEPEST} deep", span.start) from error
    parser = tree_sitter.Parser(tree_sitter.Language(tree_sitter_toml.language()))
    offsets = ByteOffsets(text)
    values: dict[str, Text] = {}
    for key, node in _toml_scalars(parser.parse(text.encode()).root_node):
        if len(values) == _MOST_VALUES:
            raise FrontMatterError(f"holds more than {_MOST_VALUES:,} values", span.start)
        place = Span(span.start + offsets[node.start_byte], span.start + offsets[node.end_byte])
        values[key] = _toml_text(source, node.type, place)
    return values


def _toml_error(source: Source, span: Span, message: str) -> FrontMatterError:
    place = _TOML_PLACE.search(message)
    reason = message[: place.start()].rstrip() if place else message
    reason = f"{reason[:1].lower()}{reason[1:]}"
    if not place or not place[1]:
        return FrontMatterError(reason, span.end)
    first = source.position(span.start).line
    return FrontMatterError(reason, source.line(first + int(place[1]) - 1).start + int(place[2]) - 1)


def _toml_scalars(root: tree_sitter.Node) -> Iterator[tuple[str, tree_sitter.Node]]:
    """Yield each scalar with its flat key, in source order."""
    elements: dict[str, int] = {}
    waiting = [("", child) for child in reversed(root.children) if child.type in _TOML_ENTRIES]
    while waiting:
        path, node = waiting.pop()
        children = [child for child in node.children if child.is_named and child.type != "comment"]
        if node.type in {"pair", "table", "table_array_element"}:
            name = _toml_key(children[0])
            path = f"{path}.{name}" if path else name
        if node.type == "pair":
            waiting.append((path, children[1]))
        elif node.type == "table":
            waiting += [(path, child) for child in reversed(children[1:])]
        elif node.type == "table_array_element":
            elements[path] = elements.get(path, -1) + 1
            waiting += [(f"{path}.{elements[path]}", child) for child in reversed(children[1:])]
        elif node.type == "inline_table":
            waiting += [(path, child) for child in reversed(children)]
        elif node.type == "array":
            waiting += [(f"{path}.{index}", child) for index, child in reversed(list(enumerate(children)))]
        else:
            yield path, node


def _toml_key(node: tree_sitter.Node) -> str:
    if node.type == "dotted_key":
        return ".".join(_toml_key(child) for child in node.children if child.type in _TOML_KEYS)
    name = (node.text or b"").decode()
    return _toml_string(name) if node.type == "quoted_key" else name


def _toml_text(source: Source, kind: str, place: Span) -> Text:
    written = source[place]
    if kind != "string":
        return Text((Run(written, place),))
    quotes = _TOML_QUOTES.get(written[:3], 1)
    start = place.start + quotes
    # TOML drops the line break right after opening quotes.
    if quotes > 1 and (line_end := _LINE_END.match(source.text, start)):
        start = line_end.end()
    inside = Span(start, place.end - quotes)
    return _text(source, _toml_string(written), inside)


def _toml_string(written: str) -> str:
    import tomllib  # noqa: PLC0415  as above

    value: str = tomllib.loads(f"value = {written}")["value"]
    return value


def _check_length(span: Span) -> None:
    if span.end - span.start > _LONGEST:
        raise FrontMatterError(f"is longer than {_LONGEST // 1024} KB", span.start)


def _text(source: Source, value: str, span: Span) -> Text:
    """Return the value at `span`, exact where the two differ in white space only, as one piece where they do not."""
    if source[span] == value or not value:
        return Text((Run(value, span),))
    runs: list[Run] = []
    at = span.start
    for index, part in enumerate(_SPACE.split(value)):
        if index % 2 == 0:
            if not source.text.startswith(part, at, span.end):
                return Text((Run(value, span),))
            end = at + len(part)
        else:
            space = _SPACE.match(source.text, at, span.end)
            if not space:
                return Text((Run(value, span),))
            end = space.end()
        if part:
            runs.append(Run(part, Span(at, end)))
        at = end
    return Text(tuple(runs)) if at == span.end else Text((Run(value, span),))
