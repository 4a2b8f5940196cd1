"""The setup guide: from an empty site to the first complaint in a few short pages (annex B)."""
