"""The language of an article: what it declares, what its text shows, and what runs on it."""

from __future__ import annotations

from pathlib import Path

import pytest

from lintnews.engine import Checker
from lintnews.languages import guessed, language_of, primary
from lintnews.readers import read
from lintnews.source import Source

ENGLISH = (
    "The council met on Tuesday and voted for the new budget, which will pay for two schools that have been closed "
    "since the flood. It was the third time that the members had come together to talk about the plan.\n"
)
GERMAN = (
    "Der Stadtrat hat am Dienstag den neuen Haushalt beschlossen, mit dem zwei Schulen bezahlt werden, die seit dem "
    "Hochwasser geschlossen sind. Es war das dritte Mal, dass die Mitglieder über den Plan gesprochen haben.\n"
)
TEXTS = {
    "de": GERMAN,
    "fr": "Le conseil municipal a voté mardi le nouveau budget, qui doit payer deux écoles que la ville avait fermées "
    "après les inondations. C'était la troisième fois que les élus se réunissaient pour en parler avec le maire.",
    "es": "El ayuntamiento aprobó el martes el nuevo presupuesto, con el que se van a pagar dos escuelas que estaban "
    "cerradas desde las inundaciones. Es la tercera vez que los concejales se reúnen para hablar del plan.",
    "it": "Il consiglio comunale ha approvato martedì il nuovo bilancio, con il quale saranno pagate due scuole che "
    "sono chiuse dopo l'alluvione. È la terza volta che i consiglieri si riuniscono per parlare del piano.",
    "pt": "A câmara municipal aprovou na terça-feira o novo orçamento, com o qual vão ser pagas duas escolas que estão "
    "fechadas desde as cheias. Foi a terceira vez que os vereadores se reuniram para falar do plano.",
    "nl": "De gemeenteraad heeft dinsdag de nieuwe begroting aangenomen, waarmee twee scholen worden betaald die sinds "
    "de overstroming gesloten zijn. Het was de derde keer dat de leden bij elkaar kwamen om over het plan te praten.",
    "sv": "Kommunfullmäktige antog på tisdagen den nya budgeten, som ska betala två skolor som har varit stängda sedan "
    "översvämningen. Det var tredje gången som ledamöterna träffades för att tala om planen.",
    "pl": "Rada miasta przyjęła we wtorek nowy budżet, z którego zostaną opłacone dwie szkoły, które są zamknięte od "
    "powodzi. To już trzeci raz, kiedy radni spotkali się, żeby o nim mówić, ale tylko jeden z nich był przeciw.",
    "ru": "Городской совет во вторник принял новый бюджет, из которого будут оплачены две школы, которые были закрыты "
    "после наводнения. Это уже третий раз, когда депутаты собрались, чтобы говорить о нём.",
    "el": "Το δημοτικό συμβούλιο ενέκρινε την Τρίτη τον νέο προϋπολογισμό, με τον οποίο θα πληρωθούν δύο σχολεία.",
    "ja": "市議会は火曜日に新しい予算を可決した。洪水のあと閉まっていた二つの学校の費用がこれで払われる。",
    "zh": "市议会星期二通过了新的预算，将用于支付洪水之后一直关闭的两所学校的费用。议员们已经是第三次为此开会了。",
    "ko": "시의회는 화요일에 새 예산안을 통과시켰다. 홍수 이후 문을 닫은 학교의 비용이 이 예산에서 나간다.",
}


def of(text: str, language: str = "en", name: str = "article.txt"):
    return guessed(read(Source(Path(name), text), language))


@pytest.mark.parametrize("language", TEXTS)
def test_a_text_shows_its_language(language):
    assert of(TEXTS[language]).language == language


@pytest.mark.parametrize("expected", ["en", *TEXTS])
def test_english_is_english_whatever_is_expected(expected):
    assert of(ENGLISH, expected).language == "en"


@pytest.mark.parametrize("expected", ["es", "fr", "it"])
def test_a_language_is_told_from_its_kin(expected):
    assert [of(TEXTS[language], expected).language for language in ("es", "fr", "it", "pt")] == ["es", "fr", "it", "pt"]


def test_an_expected_language_of_which_nothing_is_known_stays():
    assert of(ENGLISH, "cy").language == "cy"


def test_a_guess_holds_for_every_block():
    found = of(f"{GERMAN}\n{GERMAN}")
    assert [block.language for block in found.blocks] == ["de", "de"]
    assert not found.language_declared


def test_few_words_say_too_little():
    assert of("Der Rat hat das nicht mit uns beschlossen, und wir sind nicht zufrieden.").language == "en"
    assert of("新しい予算").language == "en"


@pytest.mark.parametrize(
    "text",
    [
        # Names, figures and labels are common words in no language.
        """Fix #123 via Anna Kowalski. Bump v8 7.4.288. Update npm. Add API docs. Refactor CLI. Deps: zlib, openssl.
        Contributors: José García, Đặng Thị, Jan de Vries, Søren Å, Marta van den Berg, Luc Besson, Ian de la Cruz.""",
        """Berlin 12, Paris 14, Rome 15, Madrid 20, Lisbon 19, Oslo 4, Riga 3, Vienna 11, Prague 9, Warsaw 8, Sofia 13,
        Athens 18, Zagreb 12, Dublin 9, London 10, Brussels 11, Bern 8, Tallinn 2, Vilnius 4, Helsinki 1, Pécs 1.""",
    ],
)
def test_what_shows_no_language_stays_in_the_expected_one(text):
    assert [language_of(text, language) for language in ("en", "de", "ja")] == ["en", "de", "ja"]


def test_quoted_speech_and_what_declares_a_language_say_nothing_of_the_article():
    quoted = "".join(f"> {line}\n>\n" for line in [GERMAN.strip()] * 9)
    assert of(f"{ENGLISH}\n{quoted}\n", name="a.md").language == "en"
    found = of(f"<p>{GERMAN}</p><div lang=en><p>{ENGLISH}</p><p>{ENGLISH}</p></div>", name="a.html")
    assert [block.language for block in found.blocks] == ["de", "en", "en"]


@pytest.mark.parametrize(
    ("name", "text", "language"),
    [
        ("a.md", f"---\nlang: en-GB\n---\n{GERMAN}", "en"),
        ("a.md", f"---\nlanguage: fr\n---\n{GERMAN}", "fr"),
        ("a.md", f"---\nlocale: de_DE\n---\n{ENGLISH}", "de"),
        ("a.md", f"---\nlang: English\n---\n{GERMAN}", "de"),
        ("a.html", f"<html lang=sv><body><p>{GERMAN}</p></body></html>", "sv"),
        ("a.html", f"<html lang=''><body><p>{GERMAN}</p></body></html>", "de"),
    ],
)
def test_what_an_article_declares_outweighs_its_text(name, text, language):
    assert of(text, name=name).language == language


@pytest.mark.parametrize(
    ("tag", "language"),
    [
        ("de-AT", "de"),
        ("pt_BR", "pt"),
        (" EN ", "en"),
        ("yue", "yue"),
        ("English", ""),
        ("x-none", ""),
        ("zxx", ""),
        ("", ""),
    ],
)
def test_a_tag_has_a_primary_language(tag, language):
    assert primary(tag) == language


def test_a_rule_runs_only_in_its_languages(pages):
    rule = pages.rule("languages: en\nphrases: [war]")
    german = Source(Path("a.txt"), GERMAN)
    assert not Checker((rule,)).check(german).findings
    assert Checker((rule,), guess_language=False).check(german).findings


@pytest.fixture
def folder(pages, tmp_path, monkeypatch):
    pages.write("languages: en\nphrases: [war]", name="style/old_word")
    monkeypatch.chdir(tmp_path)
    return tmp_path


OWN_RULE = 'rules = ["rules"]\nselect = ["old-word"]\n'


def test_the_guess_can_be_switched_off_for_some_files(lintnews, folder):
    (folder / "lintnews.toml").write_text(f'{OWN_RULE}[[overrides]]\nfiles = ["b.txt"]\nguess-language = false\n')
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(GERMAN, encoding="utf-8")
    out = lintnews("check", "--output-format", "concise", ".").out
    assert "b.txt:1:" in out
    assert "a.txt:" not in out


def test_the_guess_can_be_switched_off_everywhere(lintnews, folder):
    (folder / "lintnews.toml").write_text(f"{OWN_RULE}guess-language = false\n")
    (folder / "a.txt").write_text(GERMAN, encoding="utf-8")
    assert "a.txt:1:" in lintnews("check", "--output-format", "concise", ".").out


def test_a_region_in_the_configured_language_makes_no_other_language(lintnews, folder):
    (folder / "lintnews.toml").write_text(f'{OWN_RULE}language = "en-GB"\n')
    (folder / "a.txt").write_text("The war is over.")
    assert "a.txt:1:5" in lintnews("check", "--output-format", "concise", ".").out
