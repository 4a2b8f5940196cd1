"""How cases are handled here, told from the action table and the live configuration (QMP-4)."""
