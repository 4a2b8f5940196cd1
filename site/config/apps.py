"""The frame of the reference site, as an app: widget templates and a script for the admin."""

from django.apps import AppConfig


class FrameConfig(AppConfig):
    name = "config"
    label = "config"
