"""Tables that only the references use; made without migrations."""

from django.db import models


class Line(models.Model):
    """What the bare form view inserts."""

    email = models.EmailField()
    text = models.TextField()
    at = models.DateTimeField(auto_now_add=True)


class Nothing(models.Model):
    """Has no rows: its list is the empty admin listing."""

    name = models.CharField(max_length=50)
