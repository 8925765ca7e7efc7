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
