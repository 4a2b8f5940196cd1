import uuid

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

import conduct.encryption


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0005_promises_and_approval"),
    ]

    operations = [
        migrations.CreateModel(
            name="ClarityAnswer",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                ("is_clear", models.BooleanField(verbose_name="was clear")),
                ("words", models.TextField(blank=True, verbose_name="what was not clear")),
                (
                    "on",
                    models.DateField(default=django.utils.timezone.localdate, verbose_name="day"),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="clarity_answers",
                        to="conduct.edition",
                        verbose_name="edition",
                    ),
                ),
            ],
            options={
                "verbose_name": "answer about clarity",
                "verbose_name_plural": "answers about clarity",
                "ordering": ("-pk",),
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="Follower",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("public_id", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("series", models.UUIDField(verbose_name="series")),
                ("address", conduct.encryption.EncryptedTextField(verbose_name="e-mail")),
                ("address_hash", models.CharField(db_index=True, editable=False, max_length=64)),
                ("language", models.CharField(max_length=20, verbose_name="language")),
                (
                    "asked_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="asked at"
                    ),
                ),
                ("confirmed_at", models.DateTimeField(null=True, verbose_name="confirmed at")),
                (
                    "site",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="wagtailcore.site",
                        verbose_name="site",
                    ),
                ),
            ],
            options={
                "verbose_name": "follower",
                "verbose_name_plural": "followers",
                "default_permissions": (),
            },
        ),
        migrations.CreateModel(
            name="FollowerMail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "purpose",
                    models.CharField(
                        choices=[
                            ("confirm", "Please confirm"),
                            ("published", "New edition"),
                            ("in_force", "Now in force"),
                        ],
                        max_length=20,
                        verbose_name="purpose",
                    ),
                ),
                ("language", models.CharField(blank=True, max_length=20, verbose_name="language")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sent", "Sent"),
                            ("given_up", "Given up"),
                        ],
                        default="waiting",
                        max_length=20,
                        verbose_name="state",
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0, verbose_name="tries")),
                (
                    "created_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now, verbose_name="created at"
                    ),
                ),
                ("next_try_at", models.DateTimeField(null=True, verbose_name="next try at")),
                ("sent_at", models.DateTimeField(null=True, verbose_name="sent at")),
                (
                    "edition",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="conduct.edition",
                        verbose_name="edition",
                    ),
                ),
                (
                    "follower",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="mails",
                        to="conduct.follower",
                        verbose_name="follower",
                    ),
                ),
            ],
            options={
                "verbose_name": "mail to a follower",
                "verbose_name_plural": "mails to followers",
                "default_permissions": (),
            },
        ),
        migrations.AddConstraint(
            model_name="follower",
            constraint=models.UniqueConstraint(
                fields=("series", "address_hash"), name="conduct_follower_once"
            ),
        ),
        migrations.AddIndex(
            model_name="followermail",
            index=models.Index(
                condition=models.Q(("state", "waiting")),
                fields=["next_try_at"],
                name="conduct_follower_mail_due",
            ),
        ),
        migrations.AddConstraint(
            model_name="followermail",
            constraint=models.UniqueConstraint(
                fields=("follower", "edition", "purpose"), name="conduct_follower_mail_once"
            ),
        ),
    ]
