// What of an event is hashed into the log's tree, and how the embedded store keeps it: one deterministic form (ADR 0002).
//
//   [version u8][id 16][recordedAt ms u48][revision u32][schema u16]
//   [stream][type][actor][correlation][causation][category][owner] as names  [payload length u32][payload]
//
// A name is [length u16][UTF-8], or ffff where absent, or fffe and 16 bytes where it is a UUID. Numbers are big-endian.
// The position is not in it: it is the leaf's index + 1.
import type { Instant, Position, Revision } from '#kernel';
import { leafHash } from '#transparency';
import type { EventMetadata, NewEvent, RecordedEvent } from './event-store.ts';

// UUIDs in their canonical text (RFC 9562: lower case, hyphens) as 16 bytes and back. Plain loops: each event has several.

export const UUID_BYTES = 16;

const TEXT_LENGTH = 36;
const HYPHEN = 0x2d;
/** Where each byte's two digits stand in the text. */
const DIGITS_AT = Uint8Array.of(0, 2, 4, 6, 9, 11, 14, 16, 19, 21, 24, 26, 28, 30, 32, 34);
const CODES = Buffer.from('0123456789abcdef');
const NO_DIGIT = 0xff;
const VALUES = new Uint8Array(128).fill(NO_DIGIT);
CODES.forEach((code, value) => (VALUES[code] = value));

const text = Buffer.alloc(TEXT_LENGTH, HYPHEN);

const hyphenated = (uuid: string): boolean =>
  uuid.length === TEXT_LENGTH &&
  uuid.charCodeAt(8) === HYPHEN &&
  uuid.charCodeAt(13) === HYPHEN &&
  uuid.charCodeAt(18) === HYPHEN &&
  uuid.charCodeAt(23) === HYPHEN;

/** Writes the UUID's bytes at `at`. False where the text is no canonical UUID: the bytes there are undefined then. */
export const writeUuid = (uuid: string, into: Uint8Array, at: number): boolean => {
  if (!hyphenated(uuid)) return false;
  let seen = 0;
  for (let byte = 0; byte < UUID_BYTES; byte++) {
    const index = DIGITS_AT[byte] as number;
    const high = VALUES[uuid.charCodeAt(index)] ?? NO_DIGIT;
    const low = VALUES[uuid.charCodeAt(index + 1)] ?? NO_DIGIT;
    seen |= high | low;
    into[at + byte] = (high << 4) | low;
  }
  return seen < NO_DIGIT;
};

export const readUuid = (from: Uint8Array, at: number): string => {
  for (let offset = 0; offset < UUID_BYTES; offset++) {
    const byte = from[at + offset] as number;
    const index = DIGITS_AT[offset] as number;
    text[index] = CODES[byte >> 4] as number;
    text[index + 1] = CODES[byte & 0xf] as number;
  }
  return text.toString('latin1');
};

/** Where the store put an event, and when. */
export interface RecordPlace {
  readonly stream: string;
  readonly revision: Revision;
  readonly recordedAt: Instant;
}

const VERSION = 1;
const ABSENT = 0xffff;
const UUID = 0xfffe;
const UTF8_BYTES = 3;
/** A name of so many UTF-16 units fits, whatever they are. */
export const LONGEST_NAME = Math.floor((UUID - 1) / UTF8_BYTES);
export const HIGHEST_SCHEMA = 0xffff;

/** Offsets that readers of keys alone rely on. */
export const ID_AT = 1;
const TIME_AT = ID_AT + UUID_BYTES;
const TIME_BYTES = 6;
const REVISION_AT = TIME_AT + TIME_BYTES;
const SCHEMA_AT = REVISION_AT + 4;
const NAMES_AT = SCHEMA_AT + 2;
const NAMES = 7;

const lettersOf = ({ actor, correlation, causation, category, owner }: EventMetadata): number =>
  actor.length + correlation.length + (causation?.length ?? 0) + (category?.length ?? 0) + (owner?.length ?? 0);

/** UTF-16 units in the names of an event's type and metadata. */
export const lettersIn = ({ type, meta }: NewEvent): number => type.length + lettersOf(meta);

const lengthWith = (event: NewEvent, stream: string, bytesALetter: number): number =>
  NAMES_AT + NAMES * (2 + UUID_BYTES) + 4 + event.payload.byteLength + bytesALetter * (stream.length + lettersIn(event));

/** No form of this event is longer: a UTF-16 unit takes three bytes of UTF-8 at most. */
export const longestForm = (event: NewEvent, stream: string): number => lengthWith(event, stream, UTF8_BYTES);

/** About as long as its form. */
export const likelyForm = (event: NewEvent, stream: string): number => lengthWith(event, stream, 1) - NAMES * UUID_BYTES;

const writeName = (into: Buffer, at: number, name: string | undefined): number => {
  if (name === undefined) return into.writeUInt16BE(ABSENT, at);
  if (writeUuid(name, into, at + 2)) return into.writeUInt16BE(UUID, at) + UUID_BYTES;
  const length = into.write(name, at + 2);
  return into.writeUInt16BE(length, at) + length;
};

/** Writes the form, without the bytes of the id, at `at` and gives its end; there must be room for `longestForm`. */
export const writeForm = (into: Buffer, at: number, event: NewEvent, place: RecordPlace): number => {
  const { meta, payload } = event;
  into[at] = VERSION;
  into.writeUIntBE(place.recordedAt, at + TIME_AT, TIME_BYTES);
  into.writeUInt32BE(place.revision, at + REVISION_AT);
  into.writeUInt16BE(meta.schema, at + SCHEMA_AT);
  let end = writeName(into, at + NAMES_AT, place.stream);
  end = writeName(into, end, event.type);
  end = writeName(into, end, meta.actor);
  end = writeName(into, end, meta.correlation);
  end = writeName(into, end, meta.causation);
  end = writeName(into, end, meta.category);
  end = writeName(into, end, meta.owner);
  end = into.writeUInt32BE(payload.byteLength, end);
  into.set(payload, end);
  return end + payload.byteLength;
};

export const formOf = (event: RecordedEvent): Buffer => {
  const buffer = Buffer.allocUnsafe(longestForm(event, event.stream));
  writeUuid(event.id, buffer, ID_AT);
  return buffer.subarray(0, writeForm(buffer, 0, event, event));
};

/** The event's leaf in the log's tree, whichever store holds it. */
export const leafOf = (event: RecordedEvent): Uint8Array => leafHash(formOf(event));

/** Reads names one after the other. */
class NameReader {
  readonly #from: Buffer;
  end: number;

  constructor(from: Buffer, at: number) {
    this.#from = from;
    this.end = at;
  }

  next(): string | undefined {
    const length = this.#from.readUInt16BE(this.end);
    const at = this.end + 2;
    if (length === ABSENT) {
      this.end = at;
      return undefined;
    }
    this.end = at + (length === UUID ? UUID_BYTES : length);
    return length === UUID ? readUuid(this.#from, at) : this.#from.toString('utf8', at, this.end);
  }

  text(): string {
    return this.next() ?? '';
  }
}

const readMeta = (names: NameReader, schema: number): EventMetadata => {
  const [actor, correlation] = [names.text(), names.text()];
  const [causation, category, owner] = [names.next(), names.next(), names.next()];
  return {
    actor,
    correlation,
    schema,
    ...(causation === undefined ? undefined : { causation }),
    ...(category === undefined ? undefined : { category }),
    ...(owner === undefined ? undefined : { owner }),
  };
};

/** The stream in a form, without the rest. */
export const streamIn = (form: Buffer): string => new NameReader(form, NAMES_AT).text();
export const recordedAtIn = (form: Buffer): Instant => form.readUIntBE(TIME_AT, TIME_BYTES);

/**
 * The event in a form whose leaf hash has been checked. The payload is a view of `form`, not a copy.
 * Throws `RangeError` where the bytes are no form of version 1.
 */
export const readForm = (form: Buffer, position: Position): RecordedEvent => {
  if (form[0] !== VERSION) throw new RangeError(`A record of version ${String(form[0])}; this release reads version ${VERSION}.`);
  const names = new NameReader(form, NAMES_AT);
  const [stream, type] = [names.text(), names.text()];
  const meta = readMeta(names, form.readUInt16BE(SCHEMA_AT));
  const payloadAt = names.end + 4;
  const payload = form.subarray(payloadAt);
  if (payload.byteLength !== form.readUInt32BE(names.end))
    throw new RangeError('A record whose payload does not end where the record does.');
  return {
    id: readUuid(form, ID_AT),
    type,
    meta,
    payload,
    stream,
    revision: form.readUInt32BE(REVISION_AT),
    position,
    recordedAt: recordedAtIn(form),
  };
};
