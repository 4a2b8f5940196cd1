"""Consultations on drafts: freezing the text, taking comments, answering them (10001:2018, 6.3)."""
