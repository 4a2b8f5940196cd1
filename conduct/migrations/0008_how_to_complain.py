import django.db.models.deletion
import wagtail.contrib.routable_page.models
import wagtail.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("conduct", "0007_reviews_and_consultations"),
        ("wagtailcore", "0097_baselogentry_uuid_action_timestamp_indexes"),
    ]

    operations = [
        migrations.CreateModel(
            name="HowToComplainPage",
            fields=[
                (
                    "page_ptr",
                    models.OneToOneField(
                        auto_created=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        parent_link=True,
                        primary_key=True,
                        serialize=False,
                        to="wagtailcore.page",
                    ),
                ),
                (
                    "intro",
                    models.TextField(
                        blank=True,
                        help_text="One or two sentences: that it is free, and that nobody suffers for it.",
                        max_length=300,
                        verbose_name="introduction",
                    ),
                ),
                (
                    "where",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Each way there is: form, letter, telephone, in person, through somebody else.",
                        verbose_name="where and how to complain",
                    ),
                ),
                (
                    "tell",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="What helps you to help; what is optional.",
                        verbose_name="what to tell us",
                    ),
                ),
                (
                    "steps",
                    wagtail.fields.StreamField(
                        [("step", 5)],
                        blank=True,
                        block_lookup={
                            0: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {"label": "Step", "max_length": 120},
                            ),
                            1: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {"label": "What happens", "rows": 2},
                            ),
                            2: (
                                "wagtail.blocks.CharBlock",
                                (),
                                {
                                    "help_text": "Such as “within 1 working day”. Needed before you publish.",
                                    "label": "How long it takes",
                                    "max_length": 120,
                                    "required": False,
                                },
                            ),
                            3: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "Only staff who have logged in can read it.",
                                    "label": "What staff do",
                                    "required": False,
                                    "rows": 2,
                                    "search_index": False,
                                },
                            ),
                            4: (
                                "wagtail.blocks.TextBlock",
                                (),
                                {
                                    "help_text": "In words they can use. Only staff who have logged in can read it.",
                                    "label": "What staff say",
                                    "required": False,
                                    "rows": 2,
                                    "search_index": False,
                                },
                            ),
                            5: (
                                "wagtail.blocks.StructBlock",
                                [
                                    [
                                        ("name", 0),
                                        ("text", 1),
                                        ("time", 2),
                                        ("staff_do", 3),
                                        ("staff_say", 4),
                                    ]
                                ],
                                {},
                            ),
                        },
                        help_text="From receipt to closing, with the time for each.",
                        verbose_name="steps",
                    ),
                ),
                (
                    "remedies",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="Such as an apology, a refund, doing it again.",
                        verbose_name="what can put it right",
                    ),
                ),
                (
                    "outside",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="When people can go there. Name and address come from Settings › Organisation.",
                        verbose_name="who helps outside",
                    ),
                ),
                (
                    "follow",
                    wagtail.fields.RichTextField(
                        blank=True,
                        help_text="With the reference and the key, or by asking you.",
                        verbose_name="how to follow it",
                    ),
                ),
                (
                    "staff_intro",
                    models.TextField(
                        blank=True,
                        help_text="Only staff who have logged in can read it.",
                        verbose_name="introduction for staff",
                    ),
                ),
            ],
            options={
                "verbose_name": "how to complain page",
                "verbose_name_plural": "how to complain pages",
            },
            bases=(wagtail.contrib.routable_page.models.RoutablePageMixin, "wagtailcore.page"),
        ),
        migrations.AddField(
            model_name="organisation",
            name="how_to_complain_page",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="wagtailcore.page",
                verbose_name="how to complain",
            ),
        ),
    ]
