"""What a member of staff has typed on a case and not sent yet: kept, so that nothing gets lost."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from complaints.privacy.encryption import EncryptedTextField


class WritingDraft(models.Model):
    """One form that somebody is filling in. Read and written by `complaints.backoffice.typing`
    only: what is in it is for its writer, that there is one is said to colleagues on the case.
    """

    case = models.ForeignKey("Case", on_delete=models.CASCADE, related_name="writing_drafts")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    #: The name of an action, or of a box on the case page.
    action = models.CharField(max_length=30)
    #: JSON: a list of pairs, name and value, as a form posts them.
    typed = EncryptedTextField()
    changed_at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = _("draft of a member of staff")
        verbose_name_plural = _("drafts of staff")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "user", "action"], name="complaints_one_writing_draft"
            )
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.action}"
