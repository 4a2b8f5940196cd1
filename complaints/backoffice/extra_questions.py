"""Extra questions in the admin: their words, the answers they offer, when they are asked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from modeltranslation.settings import DEFAULT_LANGUAGE
from modeltranslation.utils import build_localized_fieldname
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, ObjectList

from complaints.backoffice.own_words import (
    OTHER_LANGUAGES,
    VocabularyForm,
    VocabularyViewSet,
    in_language,
    language_name,
    language_tabs,
    require_name,
)
from complaints.models import ExtraAnswer, ExtraOption, ExtraQuestion

CHOOSING = (ExtraQuestion.Kind.CHOICE, ExtraQuestion.Kind.CHOICES)
FIXED = gettext_lazy("There are answers already, so this can’t be changed any more.")


class ExtraQuestionForm(VocabularyForm):
    """Keeps what answers rely on, and conditions in an order in which they can be met."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        question = self.instance
        if question.pk and question.answers.exists():
            for name in ("code", "kind"):
                _fix(self.fields[name])
        elif not question.pk:
            last = ExtraQuestion.objects.aggregate(last=Max("order"))["last"]
            self.initial["order"] = 0 if last is None else last + 1
        self._offer_conditions()
        for form in self.formsets["options"].forms:
            require_name(form)
            if form.instance.pk in self.answered_options:
                _fix(form.fields["code"])

    def _offer_conditions(self) -> None:
        """Answers to other questions; whether they come before is checked with the order."""
        offered = Q(question__is_active=True, question__kind__in=CHOOSING, is_active=True)
        options = ExtraOption.objects.filter(offered | Q(pk=self.instance.only_if_id))
        field = self.fields["only_if"]
        field.queryset = (
            options.exclude(question=self.instance.pk)
            .select_related("question")
            .order_by("question__order", "question__code", "sort_order")
        )
        field.label_from_instance = lambda option: f"{option.question}: {option}"

    @cached_property
    def answered_options(self) -> frozenset[int]:
        """Options of this question that somebody chose."""
        if not self.instance.pk:
            return frozenset()
        chosen = ExtraAnswer.objects.filter(option__question=self.instance.pk)
        return frozenset(chosen.values_list("option", flat=True).order_by().distinct())

    @cached_property
    def followers(self) -> list[ExtraQuestion]:
        """Questions that are asked only after an answer to this one."""
        if not self.instance.pk:
            return []
        following = ExtraQuestion.objects.filter(only_if__question=self.instance.pk)
        return list(following.select_related("only_if"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean()
        # The rows are read before their own turn: what goes and what stays concerns the question.
        self.formsets["options"].full_clean()
        if "order" in data and "code" in data:
            self._check_order(data)
        self._check_followers(data)
        if data.get("kind") in CHOOSING and not any(self._options_left()):
            self.add_error("kind", _("Add the answers to choose from, under “Answers offered”."))
        self._check_options_taken_out()
        return data

    def _check_order(self, data: dict[str, Any]) -> None:
        place = (data["order"], data["code"])
        condition = data.get("only_if")
        if condition and _place(condition.question) >= place:
            before = _(
                "“%(question)s” doesn’t come before this question. Give this question a higher "
                "order than %(order)s."
            )
            values = {"question": condition.question, "order": condition.question.order}
            self.add_error("only_if", before % values)
        for follower in self.followers:
            if _place(follower) <= place:
                after = _(
                    "“%(question)s” hangs on an answer to this question, so it has to come after "
                    "it. Keep the order below %(order)s."
                )
                values = {"question": follower, "order": follower.order}
                self.add_error("order", after % values)

    def _check_followers(self, data: dict[str, Any]) -> None:
        switched_off = not data.get("is_active")
        no_choice = "kind" in data and data["kind"] not in CHOOSING
        for follower in self.followers:
            if switched_off and follower.is_active:
                self.add_error("is_active", _hangs_on(follower))
            if no_choice:
                self.add_error("kind", _hangs_on(follower))

    def _options_left(self) -> Iterator[Any]:
        """Forms of options that stay and are offered."""
        options = self.formsets["options"]
        for form in options.forms:
            if options.can_delete and options._should_delete_form(form):
                continue
            if form.has_changed() or form.instance.pk:
                yield form

    def _check_options_taken_out(self) -> None:
        """Here and not in the rows: a row to be deleted is not validated by itself."""
        options = self.formsets["options"]
        needed = {follower.only_if_id: follower for follower in self.followers}
        for form in options.forms:
            taken_out = options._should_delete_form(form)
            option = form.instance
            if taken_out and option.pk in self.answered_options:
                sentence = _("“%(name)s” was chosen already. Switch it off instead of deleting it.")
                self.add_error(None, sentence % {"name": option})
            elif taken_out and option.pk in needed:
                self.add_error(None, _hangs_on(needed[option.pk]))


def _fix(field: Any) -> None:
    field.disabled = True
    field.help_text = FIXED


def _place(question: ExtraQuestion) -> tuple[int, str]:
    return question.order, question.code


def _hangs_on(follower: ExtraQuestion) -> ValidationError:
    sentence = _(
        "“%(question)s” is asked only after an answer given here. Change or switch off that "
        "question first."
    )
    return ValidationError(sentence % {"question": follower})


def _answers_offered() -> ObjectList:
    words = [
        FieldPanel(build_localized_fieldname("label", code), heading=language_name(code))
        for code in OTHER_LANGUAGES
    ]
    options = InlinePanel(
        "options",
        panels=[
            *in_language(DEFAULT_LANGUAGE, ["label"]),
            FieldRowPanel([FieldPanel("code"), FieldPanel("is_active")]),
            # Two beside each other, or a question with five answers is a page of many screens.
            *(FieldRowPanel(words[at : at + 2]) for at in range(0, len(words), 2)),
        ],
        heading=gettext_lazy("Answers offered"),
        label=gettext_lazy("Answer"),
        help_text=gettext_lazy(
            "For questions with one or any of several answers. The code stays the same for good."
        ),
    )
    return ObjectList([options], heading=gettext_lazy("Answers offered"))


class ExtraQuestionViewSet(VocabularyViewSet):
    model = ExtraQuestion
    name = "conduct_extra_questions"
    icon = "help"
    list_display = ["label", "code", "kind", "where", "category", "is_active"]
    list_filter = ["kind", "where", "category", "is_active"]
    search_fields = ["label", "code"]
    edit_handler = language_tabs(
        "code", "kind", "where", "category", "only_if", "required", "order", "is_active",
        translated=("label", "hint"),
        tabs=[_answers_offered()],
        form=ExtraQuestionForm,
    )  # fmt: skip
