"""Work for browsers: when it is wanted, what counts as done, and that nobody is kept out by it."""

import hashlib
import itertools
import time
from contextlib import closing

import pytest
from django.contrib.staticfiles import finders
from wagtail.models import Site

from complaints.intake import proof_of_work, tokens
from complaints.models import Case, HandlingSettings
from complaints.models.policy import ProofOfWork
from tests.complaints.intake.sending import ADDRESS, WORDS, send, token_of_age

TOKEN = "/en/case/token/"
NO_CACHE = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": "redis://127.0.0.1:1",
    }
}


@pytest.fixture(autouse=True)
def _little_work(settings):
    settings.CONDUCT_PROOF_BITS = 9


@pytest.fixture
def site(db):
    return Site.objects.get(is_default_site=True)


def choose(site, when):
    settings = HandlingSettings.for_site(site)
    settings.proof_of_work = when
    settings.save()


def solve(task):
    """What `proof.js` does."""
    numbers = []
    for part in range(task["parts"]):
        for number in itertools.count():
            text = f"{task['prefix']}:{part}:{number}"
            first = int.from_bytes(hashlib.sha256(text.encode()).digest()[:4], "big")
            if first < 2 ** (32 - task["bits"]):
                numbers.append(str(number))
                break
    return ",".join(numbers)


def test_a_solution_holds_for_its_own_token_only():
    answer = solve(proof_of_work.challenge("one"))
    assert proof_of_work.verify("one", answer)
    assert not proof_of_work.verify("two", answer)


def test_the_key_of_the_site_is_in_the_task(settings):
    task = proof_of_work.challenge("one")
    settings.SECRET_KEY = "another"
    assert proof_of_work.challenge("one")["prefix"] != task["prefix"]


def test_no_part_may_be_left_out_or_used_for_another():
    numbers = solve(proof_of_work.challenge("one")).split(",")
    assert not proof_of_work.verify("one", ",".join(numbers[:-1]))
    assert not proof_of_work.verify("one", ",".join([*numbers, numbers[0]]))
    assert not proof_of_work.verify("one", ",".join(numbers[1:] + numbers[:1]))


@pytest.mark.parametrize(
    "answer",
    [
        "",
        "x",
        ",,,,,,,",
        "0,0,0,0,0,0,0,0",
        "-1,0,0,0,0,0,0,0",
        "٣,٣,٣,٣,٣,٣,٣,٣",
        "1" * 1000,
        "\x00",
        "1,2,3,4,5,6,7,8\n",
    ],
)
def test_what_is_no_solution_is_not_taken_for_one(answer):
    assert not proof_of_work.verify("one", answer)


@pytest.mark.parametrize(
    ("bits", "of_a_part"), [(-5, 1), (0, 1), (4, 1), (18, 15), (24, 21), (99, 32)]
)
def test_the_work_can_be_set(settings, bits, of_a_part):
    settings.CONDUCT_PROOF_BITS = bits
    assert proof_of_work.challenge("one")["bits"] == of_a_part


def asked(client):
    return "proof" in client.get(TOKEN).json()


@pytest.mark.parametrize(("when", "wanted"), [("never", False), ("always", True)])
def test_an_organisation_may_switch_it(client, site, settings, when, wanted):
    settings.CONDUCT_BUSY_PER_HOUR = 1
    choose(site, ProofOfWork(when))
    assert [asked(client) for _ in range(3)] == [wanted] * 3


@pytest.mark.requirement("SEC-SPAM")
def test_it_begins_by_itself_above_a_rate_and_ends_half_an_hour_after(
    client, site, settings, monkeypatch
):
    settings.CONDUCT_BUSY_PER_HOUR = 4
    # Near the end of an hour, so that the next hour remembers this one.
    start = (time.time() // 3600 + 1) * 3600 - 60
    at(monkeypatch, start)
    assert [asked(client) for _ in range(6)] == [False, False, False, False, True, True]
    at(monkeypatch, start + 29 * 60)
    assert proof_of_work.is_wanted(site)
    at(monkeypatch, start + 31 * 60)
    assert not proof_of_work.is_wanted(site)
    # Half of the six still count: one more is fine, the next is not.
    assert [asked(client) for _ in range(3)] == [False, True, True]
    at(monkeypatch, start + 3 * 3600)
    assert [asked(client) for _ in range(3)] == [False] * 3


def at(monkeypatch, moment):
    """Let the clock of the counter and of the cache stand at a moment."""
    monkeypatch.setattr(time, "time", lambda: moment)


def test_each_site_counts_for_itself(site, settings):
    settings.CONDUCT_BUSY_PER_HOUR = 1
    other = Site.objects.create(hostname="other.example", root_page=site.root_page)
    for _ in range(3):
        proof_of_work.count_one(other)
    assert [proof_of_work.is_wanted(each) for each in (other, site)] == [True, False]


@pytest.mark.requirement("SEC-SPAM")
@pytest.mark.parametrize("when", ProofOfWork.values)
def test_without_a_cache_everybody_is_let_in(client, site, settings, caplog, when):
    choose(site, ProofOfWork(when))
    settings.CONDUCT_BUSY_PER_HOUR = 0
    settings.CACHES = NO_CACHE
    answer = client.get(TOKEN)
    token = tokens.read_token(answer.json()["token"])
    assert ("proof" in answer.json()) == (when == ProofOfWork.ALWAYS)
    assert token.id not in caplog.text
    send(client, token=token_of_age())
    assert Case.objects.values_list("held", flat=True).get() is False


@pytest.mark.requirement("SEC-SPAM")
def test_without_javascript_nobody_is_kept_out_or_held(client, site):
    choose(site, ProofOfWork.ALWAYS)
    send(client)
    case = Case.objects.get()
    assert (case.held, case.spam_signs) == (False, "no_proof")
    assert case.notices.count() == 1


@pytest.mark.requirement("SEC-SPAM")
def test_who_has_computed_shows_no_sign(client, site):
    choose(site, ProofOfWork.ALWAYS)
    token = token_of_age()
    answer = solve(proof_of_work.challenge(tokens.read_token(token).id))
    send(client, token=token, proof=answer)
    case = Case.objects.get()
    assert (case.held, case.spam_signs) == (False, "")


def test_the_answer_for_scripts_names_the_script_and_the_task(client, site):
    choose(site, ProofOfWork.ALWAYS)
    answer = client.get(TOKEN).json()
    assert sorted(answer) == ["proof", "token"]
    token_id = tokens.read_token(answer["token"]).id
    script = answer["proof"].pop("script")
    assert answer["proof"] == proof_of_work.challenge(token_id)
    assert (script.startswith("/static/"), finders.find(proof_of_work.SCRIPT) is None) == (
        True,
        False,
    )


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.usefixtures("real_transactions")
def test_browser_and_server_agree_and_the_page_stays_awake(live_server, browser, settings):
    settings.CONDUCT_PROOF_BITS = 15
    task = proof_of_work.challenge("one")
    with closing(browser.new_context()) as context:
        page = context.new_page()
        refused = []
        page.on("console", lambda line: refused.append(line.text) if "Policy" in line.text else 0)
        page.goto(f"{live_server.url}{ADDRESS}")
        assert "default-src 'none'" in page.request.get(page.url).headers["content-security-policy"]
        # As form.js loads it, under the policy of the page.
        page.add_script_tag(url=f"{live_server.url}/static/{proof_of_work.SCRIPT}")
        answer, longest = page.evaluate(SOLVE_WITH_AN_EYE_ON_THE_PAGE, task)
        assert proof_of_work.verify("one", answer)
        assert answer == solve(task)
        # Nothing that a person does waits for long, on a busy machine too.
        assert longest < 400
        assert refused == []
        # Two forms in one page at once.
        tasks = [proof_of_work.challenge(each) for each in ("two", "three")]
        answers = page.evaluate("tasks => Promise.all(tasks.map(window.conductProof))", tasks)
        assert answers == [solve(each) for each in tasks]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.requirement("SEC-SPAM")
@pytest.mark.usefixtures("real_transactions")
def test_the_form_does_the_work_while_its_owner_writes(live_server, browser):
    choose(Site.objects.get(is_default_site=True), ProofOfWork.ALWAYS)
    with closing(browser.new_context()) as context:
        page = context.new_page()
        page.goto(f"{live_server.url}{ADDRESS}")
        # As in a cached page: no token yet.
        page.locator("input[name=token]").evaluate("field => { field.value = '' }")
        page.get_by_role("textbox", name="What happened?").fill(WORDS)
        page.get_by_role("textbox", name="E-mail").fill("kim@example.com")
        page.locator("input[name=proof]:not([value=''])").wait_for(state="attached")
        page.wait_for_timeout(2000)
        page.get_by_role("button", name="Send the complaint").click()
        page.get_by_role("heading", name="We have your complaint").wait_for()
    case = Case.objects.get()
    assert (case.description, case.spam_signs) == (WORDS, "")


#: The longest time between two timers while the work is done.
SOLVE_WITH_AN_EYE_ON_THE_PAGE = """async (task) => {
  let longest = 0;
  let last = performance.now();
  const timer = setInterval(() => {
    longest = Math.max(longest, performance.now() - last);
    last = performance.now();
  }, 5);
  const answer = await window.conductProof(task);
  clearInterval(timer);
  return [answer, Math.max(longest, performance.now() - last)];
}"""
