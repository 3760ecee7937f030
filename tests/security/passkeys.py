"""A passkey in software: it registers, and answers challenges as a browser would."""

import hashlib
import json
from dataclasses import dataclass
from typing import Any, Self

from allauth.account.utils import user_pk_to_url_str
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import (
    Aaguid,
    AttestationObject,
    AttestedCredentialData,
    AuthenticatorData,
)

from people.models import User

HOST = "testserver"
ORIGIN = f"https://{HOST}"
CREDENTIAL_ID = b"a passkey in software"
FLAG = AuthenticatorData.FLAG
PRESENT = FLAG.UP | FLAG.UV
LOGIN = "/accounts/2fa/webauthn/login/"
SECOND_STEP = "/accounts/2fa/authenticate/"


@dataclass(frozen=True)
class Passkey:
    """A passkey that belongs to one account."""

    user: User
    key: ec.EllipticCurvePrivateKey

    @classmethod
    def of(cls, user: User) -> Self:
        """Register a new passkey."""
        passkey = cls(user, ec.generate_private_key(ec.SECP256R1()))
        data = {"name": "My passkey", "credential": passkey.registration()}
        Authenticator.objects.create(user=user, type="webauthn", data=data)
        return passkey

    def registration(self) -> dict[str, Any]:
        public = ES256.from_cryptography_key(self.key.public_key())
        attested = AttestedCredentialData.create(Aaguid.NONE, CREDENTIAL_ID, public)
        data = AuthenticatorData.create(_rp_hash(), PRESENT | FLAG.AT, 0, attested)
        attestation = AttestationObject.create("none", data, {})
        return {
            **_credential(),
            "clientExtensionResults": {"credProps": {"rk": True}},
            "response": {
                "clientDataJSON": websafe_encode(_client_data("webauthn.create", "")),
                "attestationObject": websafe_encode(attestation),
            },
        }

    def sign_in(self, client: Client, *, forged: bool = False) -> None:
        """Sign in with the passkey alone; a forged one has another private key."""
        headers = {"X-Requested-With": "XMLHttpRequest"}
        options = client.get(LOGIN, headers=headers).json()["request_options"]
        client.post(LOGIN, {"credential": self._answer(options, forged=forged)})

    def answer(self, client: Client) -> None:
        """Answer the question for a second factor."""
        options = client.get(SECOND_STEP).context["js_data"]["request_options"]
        client.post(SECOND_STEP, {"credential": self._answer(options, forged=False)})

    def _answer(self, options: dict[str, Any], *, forged: bool) -> str:
        client_data = _client_data("webauthn.get", options["publicKey"]["challenge"])
        data = AuthenticatorData.create(_rp_hash(), PRESENT, 0)
        key = ec.generate_private_key(ec.SECP256R1()) if forged else self.key
        signed = bytes(data) + hashlib.sha256(client_data).digest()
        signature = key.sign(signed, ec.ECDSA(hashes.SHA256()))
        handle = user_pk_to_url_str(self.user).encode()
        answer = {
            **_credential(),
            "clientExtensionResults": {},
            "response": {
                "clientDataJSON": websafe_encode(client_data),
                "authenticatorData": websafe_encode(data),
                "signature": websafe_encode(signature),
                "userHandle": websafe_encode(handle),
            },
        }
        return json.dumps(answer)


def _credential() -> dict[str, Any]:
    encoded = websafe_encode(CREDENTIAL_ID)
    return {"id": encoded, "rawId": encoded, "type": "public-key"}


def _rp_hash() -> bytes:
    return hashlib.sha256(HOST.encode()).digest()


def _client_data(kind: str, challenge: str) -> bytes:
    data = {"type": kind, "challenge": challenge, "origin": ORIGIN}
    return json.dumps(data).encode()
