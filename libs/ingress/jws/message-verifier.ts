// From the bytes of a message to who signed which events. First whether it can be read (400), then who sent it (401), and only then
// what it says (400): of a message that nobody can be held to, neither content nor content type is looked at.
import { type AgencySlug, type Clock, err, type Instant, ok, type Result } from '#kernel';
import { type CompactForm, cutCompact } from './compact-form.ts';
import { type Content, readContent } from './content.ts';
import { type JwsFault, jwsFault } from './jws-fault.ts';
import { HeaderReader, type ProtectedHeader } from './protected-header.ts';
import { keyFits, type SigningJwk, SIGNATURE_BYTES } from './signature-keys.ts';
import type { VerifyPool } from './verify-pool.ts';

export interface SigningKey {
  readonly agency: AgencySlug;
  readonly jwk: SigningJwk;
}

/** Looks up a registered signing key that is in force. */
export interface SigningKeys {
  signingKey(kid: string, at: Instant): SigningKey | undefined;
}

export interface VerifiedJws extends Content {
  readonly agency: AgencySlug;
  readonly header: ProtectedHeader;
  readonly protectedB64: string;
  readonly signatureB64: string;
  readonly key: SigningJwk;
}

interface Authentic {
  readonly form: CompactForm;
  readonly header: ProtectedHeader;
  readonly signer: SigningKey;
}

export interface MessageVerifierParts {
  readonly keys: SigningKeys;
  readonly pool: VerifyPool;
  readonly clock: Clock;
}

export class MessageVerifier {
  readonly #parts: MessageVerifierParts;
  readonly #headers = new HeaderReader();

  constructor(parts: MessageVerifierParts) {
    this.#parts = parts;
  }

  /**
   * The agency whose registered key signed the message, and its events. That they are the agency's own, `sourcesOwnedBy` judges.
   * Rejects with `VerifyPoolError` when the signature could not be checked.
   */
  async verify(message: Uint8Array): Promise<Result<VerifiedJws, JwsFault>> {
    const read = this.#identify(message);
    if (!read.ok) return read;
    const { form, header, signer } = read.value;
    const holds = await this.#parts.pool.verify(signer.jwk, form.signingInput, form.signature);
    if (!holds) return err(jwsFault('signature'));
    const content = readContent(header.cty, form.payload);
    if (!content.ok) return content;
    const { protectedB64, signatureB64 } = form;
    return ok({ agency: signer.agency, header, protectedB64, signatureB64, key: signer.jwk, ...content.value });
  }

  /** Everything that can be known of the signer without the signature. */
  #identify(message: Uint8Array): Result<Authentic, JwsFault> {
    const form = cutCompact(message);
    if (!form.ok) return form;
    const header = this.#headers.read(form.value.protectedB64);
    if (!header.ok) return header;
    const signer = this.#parts.keys.signingKey(header.value.kid, this.#parts.clock.now());
    if (!signer) return err(jwsFault('unknown-key'));
    if (!keyFits(signer.jwk, header.value.alg)) return err(jwsFault('key-mismatch'));
    if (form.value.signature.length !== SIGNATURE_BYTES) return err(jwsFault('signature'));
    return ok({ form: form.value, header: header.value, signer });
  }
}
