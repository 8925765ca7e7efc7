// From the bytes of a message to who signed which events. First whether it can be read (400), then who sent it (401), and only then
// what it says (400): of a message that nobody can be held to, neither content nor content type is looked at.
import { agencyOf, type AgencySlug, type Clock, err, type Instant, ok, type Result } from '#kernel';
import { type JsonFault, parseStrictJson, type StrictJson } from '#strict-text';
import { type JwsFault, jwsFault, type JwsFaultCode } from './jws-fault.ts';
import { type CompactForm, cutCompact, HeaderReader, type ProtectedHeader } from './compact-jws.ts';
import { keyFits, SIGNATURE_BYTES, type SigningJwk } from './signature-keys.ts';
import type { VerifyPool } from './verify-pool.ts';

// The events in a payload whose signer is known: their values, and the exact bytes that were signed (ADR 0005).

export const MAX_EVENTS = 500;

export interface SignedEvent {
  /** Its JSON text as it stands in the message, without the white space around it; of a single, the whole payload. A view. */
  readonly bytes: Uint8Array;
  readonly value: Readonly<Record<string, unknown>>;
}

interface Content {
  readonly events: readonly SignedEvent[];
  /** What stands before, between and after the events of a batch: one more than there are events. Of a single: none. */
  readonly gaps: readonly Uint8Array[];
}

const FORM: Readonly<Record<JsonFault, JwsFaultCode>> = {
  'not-json': 'content-not-json',
  'too-deep': 'content-too-deep',
  'duplicate-member': 'content-duplicate-member',
  'escaped-name': 'content-escaped-name',
};

type Reader = (payload: Buffer, json: StrictJson) => Result<Content, JwsFault>;

const readSingle: Reader = (payload, { value }) =>
  isObject(value) ? ok({ events: [{ bytes: payload, value }], gaps: [] }) : err(jwsFault('not-events'));

const readBatch: Reader = (payload, { value, outline: { commas } }) => {
  if (!Array.isArray(value) || !value.every(isObject)) return err(jwsFault('not-events'));
  if (value.length > MAX_EVENTS) return err(jwsFault('too-many-events'));
  if (value.length === 0) return ok({ events: [], gaps: [payload] });
  return ok(cutAt(payload, [payload.indexOf('['), ...commas, payload.lastIndexOf(']')], value));
};

const READERS: ReadonlyMap<unknown, Reader> = new Map([
  ['cloudevents+json', readSingle],
  ['cloudevents-batch+json', readBatch],
]);

/** The payload is parsed here and not before: its signature has been checked. */
const readContent = (cty: unknown, payload: Buffer): Result<Content, JwsFault> => {
  const reader = READERS.get(cty);
  if (!reader) return err(jwsFault('content-type'));
  const json = parseStrictJson(payload);
  return json.ok ? reader(payload, json.value) : err(jwsFault(FORM[json.error]));
};

/** `marks`: the brackets of the array and the commas between its elements, one mark more than there are elements. */
const cutAt = (payload: Buffer, marks: readonly number[], values: readonly SignedEvent['value'][]): Content => {
  const gaps: Uint8Array[] = [];
  let end = 0;
  const events = values.map((value, index) => {
    const start = pastSpace(payload, (marks[index] as number) + 1, 1);
    gaps.push(payload.subarray(end, start));
    end = pastSpace(payload, (marks[index + 1] as number) - 1, -1) + 1;
    return { bytes: payload.subarray(start, end), value };
  });
  return { events, gaps: [...gaps, payload.subarray(end)] };
};

const pastSpace = (payload: Buffer, from: number, step: 1 | -1): number => {
  let at = from;
  while (isSpace(payload[at])) at += step;
  return at;
};

/** RFC 8259 section 2; nothing else that is as low can stand between elements. */
const isSpace = (byte: number | undefined): boolean => byte !== undefined && byte <= 0x20;

const isObject = (value: unknown): value is SignedEvent['value'] => typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * The fault of a message that holds an event of anybody but the agency whose key signed it (401), or undefined. An event that names no
 * source at all claims nothing of another: its envelope is at fault, and admission tells its sender so.
 */
export const sourcesOwnedBy = (agency: AgencySlug, events: readonly SignedEvent[]): JwsFault | undefined =>
  events.some(({ value: { source } }) => typeof source === 'string' && agencyOf(source) !== agency)
    ? jwsFault('foreign-source')
    : undefined;

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
