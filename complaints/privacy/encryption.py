"""What encrypts contact data: it lives in the lowest layer, which keeps addresses too."""

from conduct.encryption import (
    PREFIX,
    DecryptionError,
    EncryptedTextField,
    decrypt,
    decrypt_bytes,
    encrypt,
    encrypt_bytes,
    lookup_hash,
)

__all__ = [
    "PREFIX",
    "DecryptionError",
    "EncryptedTextField",
    "decrypt",
    "decrypt_bytes",
    "encrypt",
    "encrypt_bytes",
    "lookup_hash",
]
