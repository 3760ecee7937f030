/* Passkeys (W3C Web Authentication, level 3): makes one, or opens the door with one.
   The server gives options in JSON with base64url; the answer goes back the same way. */
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

interface Listed {
  id: string;
  type: "public-key";
  transports?: AuthenticatorTransport[];
}

const known = (listed?: Listed[]) =>
  (listed ?? []).map((each) => ({ ...each, id: bytes(each.id) }));

// biome-ignore lint/suspicious/noExplicitAny: JSON, with base64url where the API has bytes
type Options = { publicKey: any };

async function create(options: Options, alone: boolean): Promise<PublicKeyCredential> {
  const given = options.publicKey;
  const publicKey: PublicKeyCredentialCreationOptions = {
    ...given,
    challenge: bytes(given.challenge),
    user: { ...given.user, id: bytes(given.user.id) },
    excludeCredentials: known(given.excludeCredentials),
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
    allowCredentials: known(given.allowCredentials),
  };
  return (await navigator.credentials.get({ publicKey })) as PublicKeyCredential;
}

function answer(credential: PublicKeyCredential): string {
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

/* On the page, or fetched: the sign-in page asks only when the button is pressed. */
async function optionsFor(form: HTMLFormElement): Promise<Record<string, Options>> {
  const here = document.getElementById(form.dataset["passkeyData"] ?? "");
  if (here) return JSON.parse(here.textContent ?? "");
  const answered = await fetch(form.action, { headers: { Accept: "application/json" } });
  if (!answered.ok) throw new Error(`${answered.status}`);
  return answered.json();
}

async function ask(form: HTMLFormElement): Promise<PublicKeyCredential> {
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
    const said = form.querySelector<HTMLElement>("[data-passkey-said]");
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (said) said.hidden = true;
      try {
        const credential = await ask(form);
        form.querySelector<HTMLInputElement>("[name=credential]")!.value = answer(credential);
        form.submit();
      } catch {
        if (said) said.hidden = false;
      }
    });
  },
};
