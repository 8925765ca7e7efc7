// The events in a payload whose signer is known: their values, and the exact bytes that were signed (ADR 0005).
import { err, ok, type Result } from '#kernel';
import { type JsonFault, parseStrictJson, type StrictJson } from '#strict-text';
import { type JwsFault, type JwsFaultCode, jwsFault } from './jws-fault.ts';

export const MAX_EVENTS = 500;

export interface SignedEvent {
  /** Its JSON text as it stands in the message, without the white space around it; of a single, the whole payload. A view. */
  readonly bytes: Uint8Array;
  readonly value: Readonly<Record<string, unknown>>;
}

export interface Content {
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
export const readContent = (cty: unknown, payload: Buffer): Result<Content, JwsFault> => {
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
