"""What counts as a sign of spam, what does not, and what becomes of a message that is held."""

import re
import time
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.utils import translation

from complaints.intake import spam
from complaints.invented import words
from complaints.models import Case, Clock, ClockName, HandlingSettings, Notice
from tests.complaints.intake.sending import send, text_of, token_of_age
from tests.factories import Staff, act, submit

HOLD = HandlingSettings._meta.get_field("hold_above").default
THREE_LINKS = " ".join(f"https://shop.example/order/{n}" for n in range(3))
ANGRY = f"""THIS IS A DISGRACE!!!!!!!!!!!!!!!!!!!! I CALLED NINE TIMES. NINE! NOBODY EVER CAME BACK.
AND WHEN SOMEBODY DID AT LAST SHE LAUGHED AT ME. DAMN THE LOT OF YOU. GIVE ME MY $ 1,299.99 BACK
NOW!!! 100 % OF IT!!! HERE IS WHAT YOU SOLD ME: {THREE_LINKS} – FREE DELIVERY, MY FOOT!!!"""

OF_PEOPLE = {
    "one word": "Broken",
    "capitals, three links": ANGRY,
    "Chinese without spaces": "请看https://shop.example/item?id=12我的包裹被放在雨里，里面的东西全湿了！！！",
    "Vietnamese": "Tôi đã gọi chín lần mà không ai trả lời. Thật là tệ!!! Trả tiền lại cho tôi.",
    "Arabic with marks of direction": "اتصلت تسع مرات \u200fولم يرد أحد\u200e. أريد ١٢٩٩ ريال!",
    "Persian with joiners": "بسته\u200cها خیس شد. می\u200cخواهم جواب بدهید. نمی\u200cشود " * 3,
    "Khmer with zero-width spaces": "ខ្ញុំ\u200bបាន\u200bហៅ\u200bទូរសព្ទ\u200bប្រាំបួន\u200bដង\u200bហើយ",
    "Hindi with joiners": "मैंने नौ बार फ़ोन किया, क्\u200dया कोई जवाब देगा?",
    "Thai": "ฉันโทรไปเก้าครั้งแต่ไม่มีใครรับสายเลย",
    "Hebrew": "התקשרתי תשע פעמים ואף אחד לא ענה לי",
    "Greek": "Κάλεσα εννέα φορές και κανείς δεν απάντησε.",
    "Korean": "아홉 번이나 전화했는데 아무도 받지 않았습니다 ㅠㅠㅠㅠㅠㅠㅠㅠ",
    "soft hyphens": "mer\u00adchan\u00addise dam\u00adaged be\u00adfore it ar\u00adrived",
    "emoji only": "😡😡😡😡😡😡🤬👎👎",
    "family emoji": "👨\u200d👩\u200d👧\u200d👦 were waiting in the rain",
    "an order number": "4711-0815",
    "a question mark": "?",
    "a cry": "N" + "O" * 200 + "!" * 500,
    "a single link, as to a video in sign language": "https://video.example/watch?v=abc",
    "a short link with words": "My photos of the damage are here: bit.ly/2abcDEF, please look.",
    "words of advertising": "Your casino kept my bitcoin, the loan had 0 % interest, the viagra "
    "and replica watch never came. Cheap winner prize, click here, they said!",
    "the router at home": "http://192.168.1.1 shows an error since your update: http://10.0.0.138/",
    "ten offers as evidence": "You let other people sell what was stolen from my flat. I found all "
    "of it with you, reported each of these offers, and every single one is still there today: "
    + "\n".join(f"https://market.example/offer/{n}" for n in range(10)),
    "a mail with its dividers": "You wrote:\n"
    + ("-" * 120 + "\nsee below\n") * 6
    + "That is false.",
    "sent twice by a slip": "The parcel was left in the rain.\n" * 2,
    "a line of HTML": 'Your newsletter shows only <a href="https://shop.example">here</a> to me.',
    "shop names": "booking.example took it and amazon.example did not. See www.shop.example.",
    "an address that is broken": "It says http://[oops and then https://// and http://",
    "nothing": "",
}


@pytest.mark.requirement("SEC-SPAM")
@pytest.mark.parametrize("text", OF_PEOPLE.values(), ids=OF_PEOPLE)
def test_what_people_write_is_not_held(text):
    score = judge(text).score
    assert (score, score < HOLD) == (score, True), judge(text).signs


@pytest.mark.parametrize("language", words.SENTENCES)
def test_complaints_in_every_language_show_no_sign_at_all(language):
    texts = [*words.SENTENCES[language], " ".join(words.SENTENCES[language])]
    assert [judge(text).signs for text in texts] == [()] * len(texts)


SPAM = {
    "forum link": "Great site! [url=https://pills.example]cheap pills[/url]",
    "forum link of another kind": "Hello [LINK]https://pills.example[/LINK]",
    "HTML, twice the same": '<a href="https://a.example/x">win</a> https://a.example/x '
    "HTTPS://A.EXAMPLE/X",
    "links and nothing else": "\n".join(f"https://a{n}.example/" for n in range(12)),
    "two links and nothing else": "https://a.example https://b.example",
    "one link again and again": "Visit https://a.example https://a.example https://a.example now",
    "a short link alone": "bit.ly/3xyzABC",
    "an address without a name": "http://93.184.216.34/win.exe",
    "many anchors": " ".join(
        f'<a href="https://s{n}.example">buy number {n} here</a>' for n in range(9)
    ),
    "words torn by invisible characters": "B\u200bu\u200by\u200bn\u200bo\u200bw at bit.ly/3xyzABC",
    "the same line with short links": "Earn at home today t.co/abc\n" * 40,
}


@pytest.mark.requirement("SEC-SPAM")
@pytest.mark.parametrize("text", SPAM.values(), ids=SPAM)
def test_what_programs_write_is_held(text):
    score = judge(text).score
    assert (score, score >= HOLD) == (score, True), judge(text).signs


def judge(text, **ways):
    ways = {"honeypot": False, "too_fast": False, "proof_missing": False} | ways
    return spam.judge(text, **ways)


@pytest.mark.parametrize(
    ("ways", "signs", "held"),
    [
        ({}, (), False),
        # A password manager may fill everything in; who pastes is fast; who has no JavaScript
        # can't compute; an office shares its address. None of them is held for it.
        ({"honeypot": True}, ("honeypot",), False),
        ({"too_fast": True}, ("too_fast",), False),
        ({"proof_missing": True}, ("no_proof",), False),
        ({"network_busy": True}, ("busy_network",), False),
        ({"too_fast": True, "network_busy": True}, ("too_fast", "busy_network"), False),
        ({"honeypot": True, "too_fast": True}, ("honeypot", "too_fast"), True),
        ({"proof_missing": True, "network_busy": True}, ("no_proof", "busy_network"), True),
        ({"proof_missing": True, "too_fast": True}, ("too_fast", "no_proof"), True),
        ({"names": ["Kim, you have won: www.win.example"]}, ("name_link",), True),
        ({"names": ["Kim Min-ji", "Booking.example customer", ""]}, (), False),
    ],
)
def test_the_way_it_came_counts_too(ways, signs, held):
    verdict = judge("The parcel was wet.", **ways)
    assert (verdict.signs, verdict.score >= HOLD) == (signs, held)


def test_every_sign_has_words_and_points_and_all_of_them_fit_into_the_case():
    assert list(spam.SIGNS) == list(spam.POINTS)
    assert len(",".join(spam.SIGNS)) <= Case._meta.get_field("spam_signs").max_length
    with translation.override("en"):
        assert [code for code, sign in spam.SIGNS.items() if not re.match("[a-z]", str(sign))] == []


@pytest.mark.parametrize(
    "text",
    [
        "https://" * 5000,
        "www." * 10_000,
        "<a " * 13_000,
        "[url" * 10_000,
        "[a" * 20_000,
        "a\u200b" * 20_000,
        "http://[" * 5000,
        "t.co/" * 8000,
        "\n" * 40_000,
        "\x00\ud800" * 20_000,
        "1" * 40_000,
    ],
)
def test_no_text_takes_long(text):
    start = time.perf_counter()
    judge(text)
    assert time.perf_counter() - start < 1


NOW = datetime(2026, 3, 4, 9, 30, tzinfo=UTC)
HELD = spam.Verdict(signs=("forum_link",), score=5)


@pytest.mark.django_db
@pytest.mark.requirement("SEC-SPAM")
def test_suspected_spam_is_held_and_confirmed_like_anything_else(client):
    usual = send(client)
    page = send(client, description="Great! [url=https://pills.example]pills[/url]")
    case = Case.objects.get(held=True)
    assert case.spam_signs == "forum_link"
    assert parts_of(page) == parts_of(usual)
    assert case.reference in page.content.decode()
    assert Notice.objects.filter(case=case).count() == 0
    assert case.acknowledged_at is None
    events = case.events.values_list("action", "data__held")
    assert list(events) == [("receive", True)]


def parts_of(page):
    """Headings and terms of the confirmation: what a person is told, without the values."""
    return re.findall(r"<(h1|h2|dt)\b[^>]*>(.*?)</\1>", text_of(page))


@pytest.mark.django_db
@pytest.mark.requirement("SEC-SPAM")
@pytest.mark.parametrize("action", ["release", "moderate"])
def test_released_it_keeps_its_receipt_time_and_its_clocks(
    action, django_capture_on_commit_callbacks
):
    twin = submit(now=NOW, email="twin@example.com").case
    held = submit(now=NOW, verdict=HELD).case
    assert (twin.held, held.held) == (False, True)
    later = NOW + timedelta(days=2)
    data = {"result": "accept", "category": held.issues.get().category}
    with django_capture_on_commit_callbacks(execute=True):
        act(held, action, Staff().handler, now=later, **(data if action == "moderate" else {}))
    held.refresh_from_db()
    twin.refresh_from_db()
    assert (held.held, held.received_at) == (False, NOW)
    assert clocks(held) == clocks(twin)
    notices = Notice.objects.filter(case=held, template="released")
    assert [notice.state for notice in notices] == [Notice.State.SENT]
    assert [message.to for message in mail.outbox if "kim@example.com" in message.to] == [
        ["kim@example.com"]
    ]


def clocks(case):
    """All but the time until the next message, which counts from the one that was sent last."""
    counted = Clock.objects.filter(case=case).exclude(name=ClockName.UPDATE)
    return list(counted.order_by("name").values_list("name", "due_at"))


@pytest.mark.django_db
def test_nothing_is_held_where_the_organisation_does_not_want_it(client):
    settings = HandlingSettings.for_site(submit().case.site)
    settings.hold_above = 0
    settings.save()
    send(client, description="[url=https://pills.example]pills[/url]", token=token_of_age())
    assert Case.objects.filter(held=True).count() == 0
    assert Case.objects.filter(spam_signs="forum_link").count() == 1
