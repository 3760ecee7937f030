/* Passkeys (W3C Web Authentication, level 3): creates one, or signs in with one. The server
   sends options as JSON with base64url; the response is sent back in the same form. */
import type { Behaviour } from "./behaviours";

type Bytes = Uint8Array<ArrayBuffer>;

function bytes(text: string): Bytes {
  const binary = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(binary, (letter) => letter.charCodeAt(0));
}

function text(buffer: ArrayBuffer | null): string | null {
  if (!buffer) return null;
  const binary = String.fromCharCode(...new Uint8Array(buffer));
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

interface Descriptor {
  id: string;
  type: "public-key";
  transports?: AuthenticatorTransport[];
}

const decoded = (descriptors?: Descriptor[]) =>
  (descriptors ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

// biome-ignore lint/suspicious/noExplicitAny: JSON, with base64url where the API has bytes
type Options = { publicKey: any };

async function create(options: Options, alone: boolean): Promise<PublicKeyCredential> {
  const given = options.publicKey;
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...given,
    challenge: bytes(given.challenge),
    user: { ...given.user, id: bytes(given.user.id) },
    excludeCredentials: decoded(given.excludeCredentials),
    authenticatorSelection: {
      ...given.authenticatorSelection,
      residentKey: alone ? "required" : "discouraged",
      requireResidentKey: alone,
      ...(alone ? { userVerification: "required" } : {}),
    },
  };
  return (await navigator.credentials.create({ publicKey })) as PublicKeyCredential;
}

async function get(options: Options): Promise<PublicKeyCredential> {
  const given = options.publicKey;
  const publicKey: PublicKeyCredentialRequestOptions = {
    ...given,
    challenge: bytes(given.challenge),
    allowCredentials: decoded(given.allowCredentials),
  };
  return (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
}

function serialized(credential: PublicKeyCredential): string {
  const { response } = credential;
  const said =
    response instanceof AuthenticatorAttestationResponse
      ? {
          attestationObject: text(response.attestationObject),
          transports: response.getTransports?.() ?? [],
        }
      : assertion(response as AuthenticatorAssertionResponse);
  return JSON.stringify({
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    clientExtensionResults: credential.getClientExtensionResults(),
    response: { clientDataJSON: text(response.clientDataJSON), ...said },
  });
}

const assertion = (response: AuthenticatorAssertionResponse) => ({
  authenticatorData: text(response.authenticatorData),
  signature: text(response.signature),
  userHandle: text(response.userHandle),
});

/* Options are in the page, or fetched on submit, so that sign-in starts no challenge before. */
async function optionsFor(form: HTMLFormElement): Promise<Record<string, Options>> {
  const here = document.getElementById(form.dataset["passkeyData"] ?? "");
  if (here) return JSON.parse(here.textContent ?? "");
  const response = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!response.ok) throw new Error(`${response.status}`);
  return response.json();
}

async function credentialFor(form: HTMLFormElement): Promise<PublicKeyCredential> {
  const options = await optionsFor(form);
  if (form.dataset["passkey"] === "create") {
    const alone = form.querySelector<HTMLInputElement>("[name=passwordless]")?.checked ?? false;
    return create(options["creation_options"] as Options, alone);
  }
  return get(options["request_options"] as Options);
}

export const passkeys: Behaviour = {
  selector: "form[data-passkey]",
  attach(element) {
    const form = element as HTMLFormElement;
    if (!("PublicKeyCredential" in window)) return;
    form.hidden = false;
    const message = form.querySelector<HTMLElement>("[data-passkey-said]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (message) message.hidden = true;
      try {
        const credential = await credentialFor(form);
        form.querySelector<HTMLInputElement>("[name=credential]")!.value = serialized(credential);
        form.submit();
      } catch {
        if (message) message.hidden = false;
      }
    });
  },
};
