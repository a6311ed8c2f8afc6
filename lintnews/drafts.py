"""Writes a page to fill in for a new rule."""

from __future__ import annotations

import re
from pathlib import Path

from lintnews.errors import LintnewsError

_NAME = re.compile(r"([a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)/([a-z][a-z0-9]*(?:[-_][a-z0-9]+)*)")
_DRAFT = """\
---
summary: What is wrong, in at most sixty characters.
level: review
message: "“{{match}}” is not how we say it."
phrases:
  - the words to look for
---
# {id}

Why it matters to a reader, and what to write instead. A rule starts at `review` until you know how often it is right:
`lintnews rules try` shows what it hits in articles that are published already.

```text bad
Here stand the words to look for in a sentence.
           ^^^^^^^^^^^^^^^^^^^^^
```

```markdown bad
Markup does not hide **the words** to look for.
                       ^^^^^^^^^^^^^^^^^^^^^^^
```

```text good
Here stand other words.
```

```markdown good
Code is no prose: `the words to look for`.
```
"""


def write_draft(directory: Path, name: str) -> Path:
    """Write a page for the rule `name` (`group/rule-name`) into a directory of rules, and return its path.

    Raises:
        LintnewsError: the name is not of that form, the page is there already, or it cannot be written.
    """
    match = _NAME.fullmatch(name)
    if not match:
        raise LintnewsError(f"“{name}” is no name for a rule; write GROUP/NAME in lower case, such as “style/shouting”")
    group, rule = (part.replace("-", "_") for part in match.groups())
    page = directory / group / f"{rule}.md"
    try:
        page.parent.mkdir(parents=True, exist_ok=True)
        with page.open("x", encoding="utf-8") as stream:
            stream.write(_DRAFT.format(id=rule.replace("_", "-")))
    except FileExistsError:
        raise LintnewsError(f"{page}: is there already") from None
    except OSError as error:
        raise LintnewsError(f"{page}: cannot be written: {(error.strerror or str(error)).lower()}") from error
    return page
