"""Claims of certification or conformity, in eight languages and in many spellings."""

from __future__ import annotations

import datetime as dt

import pytest

from conduct.lint.claims import claimed
from conduct.lint.findings import Lint
from conduct.lint.pages import of_page
from conduct.lint.promises import of_promise
from conduct.models import CodeOfConductPage, Promise

TODAY = dt.date(2026, 11, 28)
CLAIMS = [
    "We are ISO 10002 certified.",
    "Our process is ISO-10002:2018-compliant",
    "It conforms to ISO10002.",
    "It meets the requirements of ISO 10002.",
    "<p>We are <b>ISO</b>&nbsp;10001 <i>certified</i></p>",
    "ISO\u2011certified",
    "Wir sind nach DIN ISO 10002 zertifiziert.",
    "ISO-10002-konform",
    "Nous sommes certifiés ISO 10002.",
    "Conforme à la norme NF ISO 10002",
    "Estamos certificados según UNE-ISO 10002.",
    "Cumplimos la norma ISO 10002.",
    "Chúng tôi đạt chứng nhận TCVN ISO 10002.",
    "Tuân thủ ISO 10002",
    "我们通过了ISO 10002认证。",
    "符合ＩＳＯ１０００２标准",
    "符合GB/T 19012标准",
    "ISO 10002 인증을 받았습니다.",
    "KS Q ISO 10002 규격을 준수합니다",
    "نحن حاصلون على شهادة آيزو ١٠٠٠٢",
    "معتمد وفق ISO 10002",
    "متوافق مع الأيزو 10002",
]
NO_CLAIMS = [
    "We follow the guidance of ISO 10002.",
    "Our process is based on ISO 10002:2018.",
    "We are not certified to ISO 10002.",
    "Wir richten uns nach ISO 10002. Unsere Fahrer sind zertifiziert.",
    "Nous ne sommes pas certifiés ISO 10002.",
    "Dựa trên hướng dẫn của ISO 10002.",
    "我们参照ISO 10002的指南。",
    "ISO 10002 지침을 따릅니다.",
    "نسترشد بإرشادات ISO 10002",
    "Isolated parcels are certified.",
    "Your gift certificate arrives by post.",
]


@pytest.mark.requirement("FW-CLAIM")
@pytest.mark.parametrize("text", CLAIMS)
def test_a_claim_is_found_however_it_is_written(text: str) -> None:
    assert claimed(text) != ""


@pytest.mark.requirement("FW-CLAIM")
@pytest.mark.parametrize("text", NO_CLAIMS)
def test_whoever_follows_the_guidance_claims_nothing(text: str) -> None:
    assert claimed(text) == ""


def certificate(expires_on: dt.date) -> dict[str, object]:
    return {
        "scheme_owner": "Example Register",
        "number": "C-1",
        "scope": "ISO 10002: complaints about parcels",
        "expires_on": expires_on,
        "link": "https://register.example/C-1",
    }


@pytest.mark.requirement("FW-CLAIM")
@pytest.mark.parametrize(
    ("days_left", "lints"),
    [
        (None, [Lint.ISO_CLAIM]),
        (-1, [Lint.ISO_CLAIM, Lint.CERTIFICATE]),
        (0, [Lint.CERTIFICATE]),
        (60, [Lint.CERTIFICATE]),
        (61, []),
    ],
)
def test_a_page_may_claim_it_beside_a_certificate_that_holds(
    code_draft: CodeOfConductPage, days_left: int | None, lints: list[Lint]
) -> None:
    code_draft.purpose = "We are ISO 10002 certified."
    if days_left is not None:
        expires_on = TODAY + dt.timedelta(days=days_left)
        code_draft.body.append(("certificate", certificate(expires_on)))

    found = of_page(code_draft, code_draft.get_site(), today=TODAY)

    about_it = [each for each in found if each.lint in (Lint.ISO_CLAIM, Lint.CERTIFICATE)]
    assert [each.lint for each in about_it] == lints
    assert not any(each.stops for each in about_it)


def test_a_promise_can_not_carry_a_certificate_and_is_warned_about_the_claim() -> None:
    promise = Promise(code="D1", statement_de="Wir sind ISO-10002-zertifiziert.")

    assert [each.sentence for each in of_promise(promise, today=TODAY)] == [
        "“iso-10002-zertifiziert” claims a certificate or conformity. The standards are guidance: "
        "take it out of the promise, and show a certificate in the code instead."
    ]
