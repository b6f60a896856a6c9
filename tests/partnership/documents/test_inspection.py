"""Looking at files: what is kept, what is kept with a warning, what is refused, and that nothing brings the looker down."""

import io
import random
import re
import subprocess
import sys
import zipfile
from base64 import b64decode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sightline.partnership.documents.inspection import apart, file_names
from sightline.partnership.documents.inspection.findings import MEDIA_TYPES, ONE_MEGABYTE, CannotKeep, Inspected
from sightline.partnership.documents.inspection.sniff import inspect
from tests.partnership.documents.files import KEPT, REFUSED, word_with_macros

HOW_TO_FIX = re.compile(r"\b(Save|save|Open|Take|Print|print|Ask|ask|Change|Check|Remove|Make|choose|Add|add|Copy)\b")


@pytest.mark.parametrize("case", REFUSED)
def test_hostile_file_is_refused_in_a_clear_sentence(case: str) -> None:
    name, make, words = REFUSED[case]

    with pytest.raises(CannotKeep) as refused:
        inspect(make(), name)

    sentence = refused.value.sentence
    assert words in sentence
    assert HOW_TO_FIX.search(sentence), "it says how to put it right"
    assert sentence.endswith(".") and len(sentence) < 260
    assert not re.search(r"Error|Exception|Traceback|None|0x|\\x", sentence)


@pytest.mark.parametrize("case", KEPT)
def test_file_is_kept_and_its_reader_warned(case: str) -> None:
    name, make, words = KEPT[case]

    found = inspect(make(), name)

    assert found.media_type == MEDIA_TYPES[found.extension]
    if words:
        assert words in " ".join(found.warnings)
    else:
        assert found.warnings == []


def test_every_kind_that_is_kept_has_a_good_example() -> None:
    kinds = {inspect(make(), name).extension for name, make, _ in KEPT.values()}

    assert kinds == set(MEDIA_TYPES)


def test_macros_are_out_of_what_is_kept_and_all_else_is_there() -> None:
    found = inspect(word_with_macros(), "notes.docm")

    assert found.extension == "docx"
    with zipfile.ZipFile(io.BytesIO(b64decode(found.replaced_by))) as kept:
        assert kept.read("word/document.xml") == b"<document>Invented text</document>"
        everything = b"".join(name.encode() + kept.read(name) for name in kept.namelist())
    assert b"vba" not in everything.lower()
    assert b"macro" not in everything.lower()
    assert inspect(b64decode(found.replaced_by), "notes.docx").warnings == []


def test_damaged_copies_of_every_file_bring_nothing_down(capsys: pytest.CaptureFixture[str]) -> None:
    """Cut, flipped and swapped bytes: each copy is kept or refused, never anything else."""
    chance, seen = random.Random(20261123), {"kept": 0, "refused": 0}
    small = [(name, made) for name, make, _ in [*KEPT.values(), *REFUSED.values()] if len(made := make()) < 200_000]
    for name, made in small:
        for _ in range(12):
            copy = bytearray(made)
            for _ in range(chance.randint(1, 6)):
                if copy:
                    copy[chance.randrange(len(copy))] = chance.randrange(256)
            if chance.random() < 0.3:
                del copy[chance.randrange(len(copy) + 1) :]
            try:
                assert isinstance(inspect(bytes(copy), name), Inspected)
                seen["kept"] += 1
            except CannotKeep:
                seen["refused"] += 1

    with capsys.disabled():
        sys.stdout.write(f"\ndamaged copies of files: {sum(seen.values())}, kept {seen['kept']}, refused {seen['refused']}\n")
    assert min(seen.values()) > 50


@given(st.binary(max_size=2000), st.sampled_from([*MEDIA_TYPES, "exe", ""]))
def test_any_bytes_under_any_name_are_kept_or_refused(content: bytes, extension: str) -> None:
    try:
        inspect(content, f"a.{extension}")
    except CannotKeep as refusal:
        assert refusal.sentence


@pytest.mark.parametrize("case", ["bomb of zeros", "bomb of many parts", "bomb of entries on top of each other", "PDF bomb", "too large"])
def test_bomb_costs_little_memory_and_time(case: str) -> None:
    name, make, words = REFUSED[case]
    # Asked from a small process, as a child begins with the size of its parent.
    ask = (
        f"import sys, resource; sys.path.insert(0, {apart.HOME!r}); from {apart.__name__} import inspect_apart, CannotKeep\n"
        f"try: inspect_apart(sys.stdin.buffer.read(), {name!r})\n"
        "except CannotKeep as refusal: said = refusal.sentence\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_maxrss, used.ru_utime + used.ru_stime, said)"
    )

    answer = subprocess.run([sys.executable, "-I", "-c", ask], input=make(), capture_output=True, check=True).stdout.decode()

    kilobytes, seconds, sentence = answer.split(" ", 2)
    assert words in sentence
    assert int(kilobytes) < 200 * 1024
    assert float(seconds) < 8


def test_looking_apart_says_the_same_as_looking_here() -> None:
    for case in ("PDF with a program", "Word", "table with a formula"):
        name, make, _ = KEPT[case]
        assert apart.inspect_apart(make(), name) == inspect(make(), name)


def test_looking_apart_that_takes_too_much_is_refused_and_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(apart, "LONGEST_WAIT", 0.001)

    with pytest.raises(CannotKeep, match="could not be checked safely"):
        apart.inspect_apart(b"hello", "a.txt")


def test_process_that_looks_may_not_take_more_than_its_share() -> None:
    hungry = (
        f"import sys, resource; sys.path.insert(0, {apart.HOME!r}); from {apart.__name__} import MOST_MEMORY\n"
        "resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))\nbytearray(2 * MOST_MEMORY)"
    )
    answer = subprocess.run([sys.executable, "-I", "-c", hungry], capture_output=True, check=False)

    assert answer.returncode != 0
    assert b"MemoryError" in answer.stderr
    assert apart.MOST_MEMORY <= 512 * ONE_MEGABYTE


@pytest.mark.parametrize(
    ("typed", "clean"),
    [
        ("report.pdf", "report.pdf"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("C:\\Users\\x\\report.PDF", "report.pdf"),
        ("..", "document"),
        (".docx", "document.docx"),
        ("con.txt", "document.txt"),
        ("aux.tar.txt", "document.txt"),
        ("a\x00b\n.txt", "ab.txt"),
        ("gpj.\u202etxt", "gpj.txt"),
        ("quote\"'; rm -rf.txt", "quote___ rm -rf.txt"),
        ("  spaced   out .txt", "spaced out.txt"),
        ("", "document"),
        ("a" * 500 + ".pdf", "a" * 116 + ".pdf"),
    ],
)
def test_file_name_as_sent_becomes_safe(typed: str, clean: str) -> None:
    assert file_names.clean(typed) == clean


@given(st.text(max_size=300))
def test_file_name_is_safe_whatever_was_sent(typed: str) -> None:
    clean = file_names.clean(typed)

    assert 0 < len(clean) <= file_names.LONGEST_NAME + 1
    assert not set(clean) & set('/\\\0\r\n"<>|:*?') and clean not in {".", ".."}
    assert file_names.clean(clean) == clean
