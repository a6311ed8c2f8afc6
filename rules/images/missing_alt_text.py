"""x"""
from dataclasses import dataclass
from lintnews.rule import Rule
@dataclass(frozen=True)
class MissingAltText(Rule):
    """x."""
    def check(self, document):
        for image in document.images:
            if image.alt is None:
                yield self.finding(image.span)
