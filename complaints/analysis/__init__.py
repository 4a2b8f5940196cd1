"""What the cases tell about how well they are handled."""
