"""Files that nothing points at any more and that storage has not deleted yet."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class DoomedFile(models.Model):
    """A file of a case that is to be deleted; gone as soon as storage says that it has done so."""

    #: In the storage of `Attachment.file`.
    path = models.CharField(max_length=255)
    since = models.DateTimeField()

    class Meta:
        verbose_name = _("file to be deleted")
        verbose_name_plural = _("files to be deleted")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.path
