"""Compares sentence splitters on tricky news sentences of our own writing, and times them.

Run `python benchmarks/sentences.py`; a splitter that is not installed is named and left out. An item is right when
every boundary in it is.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Sequence
from importlib import import_module
from pathlib import Path

from lintnews.sentences import boundaries

ITEMS = tuple(
    tuple(line.split(" | "))
    for line in """\
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
The mayor said: “We have no money. The bridge stays shut.” | He then left.
“We lost the tender. | The plant will close in June,” the union said. | Talks continue.
Sen. Warren and Gov. Newsom met on Sept. 5 in Reno. | Neither spoke.
The firm is Apple Inc. | The rival is not.
Acme Corp. Chief Executive Ann Lee resigned. | Shares fell.
Acme Ltd. | has moved to Leeds.
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
Prof. Dr. Lange forscht in Köln. | Er lebt dort.
Police said the fire began at about 3 a.m. Friday. | No one was hurt.
The iPhone maker cut prices. | iPhone sales rose.
The case is Roe v. Wade. | The court ruled in 1973.
It happened in the 1990s. | 300 people saw it.
Mt. Etna erupted on Aug. 14. | Ash fell on Catania.
The drug cuts the risk of flu, colds, etc. | The trial ended early.
He quoted Gen. 1:1 and left. | The choir sang.""".splitlines()
)
