"""Rows that are written once. The database refuses to change them, too (`conduct.triggers`)."""

from __future__ import annotations

from typing import Any, ClassVar, NoReturn

from django.db import models


class WrittenOnce(TypeError):
    """Someone tried to change or delete what is evidence."""


class FrozenQuerySet(models.QuerySet[Any]):
    """Reads and creates; changing and deleting are refused."""

    def update(self, **kwargs: Any) -> NoReturn:
        raise self.model.refusal(self.model.NEVER_CHANGED)

    def delete(self) -> NoReturn:
        raise self.model.refusal(self.model.NEVER_DELETED)

    def bulk_update(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise self.model.refusal(self.model.NEVER_CHANGED)


class Frozen(models.Model):
    """A row that is written once."""

    refusal: ClassVar[type[WrittenOnce]] = WrittenOnce
    NEVER_CHANGED: ClassVar[str] = "This is never changed."
    NEVER_DELETED: ClassVar[str] = "This is never deleted."

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise self.refusal(self.NEVER_CHANGED)
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> NoReturn:
        raise self.refusal(self.NEVER_DELETED)
