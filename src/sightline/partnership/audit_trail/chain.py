"""How one audit row is tied to the one before it: the stored bytes, their hash and its signature. Plain values in and out."""

import json
import re
from hashlib import sha256
from typing import Any, Final

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

HASH_DOMAIN: Final = b"sightline audit row 1\n"
SIGNATURE_DOMAIN: Final = b"sightline audit hash 1\n"
"""Different beginnings, so that no hash or signature of ours can stand for another of ours."""

BEFORE_THE_FIRST_HASH: Final = "0" * 64
BEFORE_THE_FIRST_SIGNATURE: Final = "0" * 128

_HASH = re.compile(r"[0-9a-f]{64}")


def stored_text(payload: dict[str, Any]) -> str:
    """The one way in which a payload is written down: what is hashed is this text, never a reading of it."""
    return json.dumps(payload, sort_keys=True, separators=(",", ":"), ensure_ascii=True)


def digest(seq: int, previous_hash: str, previous_signature: str, payload: bytes) -> str:
    """The hash of a row. The signature before is in it too, so that no signature can be changed unseen."""
    before = f"{seq}\n{previous_hash}\n{previous_signature}\n".encode(errors="surrogateescape")
    return sha256(HASH_DOMAIN + before + payload).hexdigest()


def is_hash(text: str) -> bool:
    """Say whether this could be one of our hashes."""
    return bool(_HASH.fullmatch(text))


class Signer:
    """Holds the signing key of this installation."""

    def __init__(self, seed: bytes) -> None:
        self._key = Ed25519PrivateKey.from_private_bytes(seed)
        self.public_key: Ed25519PublicKey = self._key.public_key()

    def sign(self, row_hash: str) -> str:
        """Sign the hash of a row."""
        return self._key.sign(SIGNATURE_DOMAIN + row_hash.encode()).hex()


def is_signed(public_key: Ed25519PublicKey, row_hash: str, signature: str) -> bool:
    """Say whether this signature of this hash was made with our key."""
    try:
        # `fromhex` would also take capitals and spaces; the text must be the very one that was written.
        raw = bytes.fromhex(signature)
        if raw.hex() != signature:
            return False
        public_key.verify(raw, SIGNATURE_DOMAIN + row_hash.encode())
    except (ValueError, InvalidSignature):
        return False
    return True
