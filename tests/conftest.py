"""Shared by every test: people and factories live in tests/people.py and tests/factories.py."""
