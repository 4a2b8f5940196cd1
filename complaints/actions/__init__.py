"""What each action of `complaints.lifecycle` does once it is allowed: one module per subject."""
