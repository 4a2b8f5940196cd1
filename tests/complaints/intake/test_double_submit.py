"""Two at once with the same token: one case. On SQLite and on PostgreSQL."""

import threading

from django.db import connections
from django.test import Client

from complaints.models import Case
from tests.complaints.intake.sending import send, text_of, token_of_age
from tests.complaints.intake.test_sending import pdf


def test_a_double_click_makes_one_case_with_one_key(real_transactions):
    token = token_of_age()
    start = threading.Barrier(4)
    pages = []

    def click():
        start.wait()
        try:
            pages.append(text_of(send(Client(), token=token, files=pdf())))
        finally:
            connections.close_all()

    threads = [threading.Thread(target=click) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    case = Case.objects.get()
    assert [case.reference in page for page in pages] == [True] * 4
    assert len({page.split('id="case-key" dir="ltr">')[1][:19] for page in pages}) == 1
    assert case.events.filter(action="receive").count() == 1
    assert [file.name for file in case.attachments.all()] == ["letter.pdf"]
