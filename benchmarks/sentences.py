"""Compares sentence splitters on tricky news sentences of our own writing, and times them.

Run `python benchmarks/sentences.py`; a splitter that is not installed is named and left out. An item is right when
every boundary in it is. The last run, on one core of a shared virtual machine with CPython 3.11:

    splitter      known held out   MB/s
    lintnews      69/69    26/28   14.2
    sentencex     50/69    22/28   87.8
    blingfire     56/69    26/28   27.2
    nupunkt       58/69    24/28   13.5

The known items were at hand when `lintnews.sentences` was written, so its figure there says that the repairs work and
no more. The held-out ones were written afterwards and no code was changed for them; one expectation was corrected after
the first run, as it had forgotten that a quotation is split into its sentences (our convention). Nine known items are
German, French or Spanish, which blingfire and nupunkt do not set out to know.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from importlib import import_module

from lintnews.sentences import boundaries

Splitter = Callable[[str, str], list[str]]

ENGLISH = """\
The chief executive of Yahoo! | She left in March.
Yahoo! News reported the sale first. | Nobody confirmed it.
The band Wham! | The tour starts in May.
The council met on Wed. that week. | It met again on Fri. morning.
The repairs cost approx. 5 million euros. | The city pays half.
The shop shut at 5 p.m. | Nobody came.
The polls close at 5 p.m. Tuesday in most counties. | Results follow.
The flight left at 11 a.m. Eastern time. | It landed late.
The vote is at 9 p.m. EST tonight. | The chamber is full.
The train left at 6 a.m. | The next one was cancelled.
The U.S. President spoke first. | The chancellor followed.
She moved to the U.S. | She never came back.
The U.S. Senate voted on the bill. | It passed.
He studied in Washington, D.C. | His brother stayed at home.
Dr. Smith and Mrs. Jones agreed. | Mr. Brown did not.
Sammy Davis Jr. sang at the opening. | The hall was full.
The award went to Robert Downey Jr. | He was not there.
The novel is by J. R. R. Tolkien. | The film is not.
J.K. Rowling declined to comment. | George W. Bush did as well.
The figures … were wrong. | The minister knew.
“I do not know... maybe later,” she said. | He waited.
We waited... | Then the lights came on.
1. Open the valve. | 2. Close the door.
“Yes! No?” she asked. | Nobody answered.
“Stop!” he shouted. | “Why?” | She kept walking.
"It is over!" the coach said. | "We go home."
The mayor said: “We have no money. | The bridge stays shut.” | He then left.
“We lost the tender. | The plant will close in June,” the union said. | Talks continue.
Sen. Warren and Gov. Newsom met on Sept. 5 in Reno. | Neither spoke.
The firm is Apple Inc. | The rival is not.
Acme Corp. Chief Executive Ann Lee resigned. | Shares fell.
Acme Ltd. has moved to Leeds. | It kept its staff.
Article No. 5 was repealed. | Nobody noticed.
He was asked twice and said no. | Five others agreed.
It weighs 3.5 tons and costs $4.2 million. | It works.
See Fig. 3 and pp. 12-14 of the report. | It is public.
The site example.com was down. | The file report.final.pdf was lost.
Write to press@example.org. | We reply within a day.
Lt. Col. James Hill led the team. | It found nothing.
Is it safe? | Yes. | The inspectors said so.
The bill, H.R. 1234, failed. | A second one passed.
St. Louis lost to St. Paul. | The crowd went home.
The play “Who Is There?” opened on Friday. | It sold out.
The panel (see p. 4. of the report) disagreed. | It met twice.
He was 6 ft. 2 in. tall. | He played in goal.
Sales rose vs. last year. | Profits did not.
Police said the fire began at about 3 a.m. Friday. | No one was hurt.
The iPhone maker cut prices. | iPhone sales rose.
The case is Roe v. Wade. | The court ruled in 1973.
It happened in the 1990s. | 300 people saw it.
Mt. Etna erupted on Aug. 14. | Ash fell on Catania.
The drug cuts the risk of flu, colds, etc. | The trial ended early.
He quoted Gen. 1:1 and left. | The choir sang.
She fell ill. | Doctors were called.
The boy pointed at me. | Nobody spoke.
The critics dislike modern art. | Museums buy it.
(The mayor was absent. She is on leave.) | The council voted.
The eBay seller left. | eBay did not comment.
At the meeting, Rep. Ann Lee, D-Ohio, said: "We are done. | We are going home." | She left at 9 a.m. sharp.
The report (Smith et al. 2019) is wrong. | It was withdrawn.
Sgt. Pepper's is an album. | It sold well.
"""

GERMAN = """\
Der 3. Oktober ist ein Feiertag. | Am 4. Oktober wird gearbeitet.
Das gilt z. B. für Prof. Dr. Lange. | Er lebt dort.
„Wir haben kein Geld. | Die Brücke bleibt zu“, sagte die Bürgermeisterin. | Dann ging sie.
Er kam ca. 20 Minuten zu spät. | Niemand wartete.
"""

FRENCH = """\
M. Dupont est venu. | Mme Martin est partie.
« Nous n’avons plus rien. | Le pont reste fermé », dit-elle. | Elle part.
"""

SPANISH = """\
El Sr. López llegó tarde. | Nadie esperaba.
¿Qué pasó? | Nadie lo sabe.
"""

HELD_OUT = """\
Adm. Ruth Lane took command at 7 a.m. | She had served in Va. and N.C. before.
The suspect, 19, lived on Elm St. in Boise. | Neighbors heard nothing.
Why now? | “Because we can,” said Gov. Hill.
The company, Smith & Co., owes $1.2 bn. | Its bank does not worry.
He paid 3.50 euros for it. | 20 others did the same.
The trial of Ortiz v. City of Reno begins on Monday. | A verdict is far off.
The bus leaves at 10:30 p.m. Saturdays only. | Tickets are sold on board.
“I have said no! | I will say it again!” he told reporters. | The room was silent.
She asked: “Who pays?” | Nobody knew.
The U.K. | It voted to leave.
The U.N. Security Council met. | Russia abstained.
Mr. and Mrs. A. B. Carter moved to Ottawa, Ont. last year. | They like it.
Dept. of Energy staff were told on Jan. 3. | Most had left by then.
The singer P!nk cancelled. | Fans were upset.
The magazine Which? tested ten phones. | None passed.
Prices rose 0.3 per cent. | In Nov. they had fallen.
They won 3-0. | Their rivals lost.
Visit www.example.com. | It is free.
He lost to Ali Jr. in the final. | It was close.
The Ph.D. student won. | Her thesis is on bees.
“It was late … and dark,” he said. | “I ran.”
The car (a 1998 Ford.) was found. | It was empty.
The bank cut jobs, e.g. in Rome, i.e. abroad. | Unions protested.
Version 2.0. is out. | It fixes bugs.
The firm hired Deloitte, KPMG et al. | They found nothing.
No. | That is wrong.
The storm hit at 4 p.m. ET. | By 5 p.m. Power was out in Tampa.
This is what he said: “The road is closed. | Nobody may pass.” | That was that.
"""

LANGUAGES = {"en": ENGLISH, "de": GERMAN, "fr": FRENCH, "es": SPANISH}
PARAGRAPH = (
    "The company said on Monday that it would cut 300 jobs in Ohio. Dr. Smith, who lives in the U.S., called the plan "
    "a mistake. “That is wrong,” she said. It will cost 5.3 million dollars, according to the report. "
)
PARAGRAPHS = 4_000


def items(languages: dict[str, str]) -> list[tuple[str, list[str]]]:
    return [(language, line.split(" | ")) for language, lines in languages.items() for line in lines.splitlines()]


def missed(split: Splitter, expected: list[tuple[str, list[str]]]) -> list[str]:
    """Return what the splitter makes of the items that it gets wrong."""
    wrong = []
    for language, parts in expected:
        found = [part.strip() for part in split(" ".join(parts), language) if part.strip()]
        if found != parts:
            wrong.append(" | ".join(found))
    return wrong


def ours(text: str, language: str) -> list[str]:
    return [text[start:end] for start, end in boundaries(text, language)]


def splitters() -> Iterator[tuple[str, Splitter]]:
    """Yield the splitters that are installed; blingfire and nupunkt know English only."""
    yield "lintnews", ours
    for name in ("sentencex", "blingfire", "nupunkt"):
        try:
            module = import_module(name)
        except ImportError as error:
            print(f"{name}: left out, {error}")
            continue
        if name == "sentencex":
            yield name, lambda text, language, module=module: list(module.segment(language, text))  # type: ignore[misc]
        elif name == "blingfire":
            yield name, lambda text, _, module=module: module.text_to_sentences(text).split("\n")  # type: ignore[misc]
        else:
            yield name, lambda text, _, module=module: list(module.sent_tokenize(text))  # type: ignore[misc]


def main() -> None:
    known, held_out = items(LANGUAGES), items({"en": HELD_OUT})
    wrong: dict[str, list[str]] = {}
    print(f"{'splitter':10} {'known':>8} {'held out':>8} {'MB/s':>6}")
    for name, split in splitters():
        missed_known, missed_held_out = missed(split, known), missed(split, held_out)
        started = time.process_time()
        for _ in range(PARAGRAPHS):
            split(PARAGRAPH, "en")
        speed = PARAGRAPHS * len(PARAGRAPH) / (time.process_time() - started) / 1e6
        right = f"{len(known) - len(missed_known)}/{len(known)}"
        right_held_out = f"{len(held_out) - len(missed_held_out)}/{len(held_out)}"
        print(f"{name:10} {right:>8} {right_held_out:>8} {speed:>6.1f}")
        wrong[name] = missed_known + missed_held_out
    for name, lines in wrong.items():
        for line in lines:
            print(f"{name}: {line}")


if __name__ == "__main__":
    main()
