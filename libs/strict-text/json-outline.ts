// One pass over JSON text for what JSON.parse does not tell. Of text that is no JSON it may tell anything: JSON.parse refuses it.

export interface JsonOutline {
  /** Colons outside of strings: the members of all objects, counted as often as they are written. */
  readonly members: number;
  readonly depth: number;
  /** How many names of members are written with an escape. */
  readonly escapedNames: number;
  /** Where the commas between the members or elements of the outermost value stand. */
  readonly commas: readonly number[];
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;
const NESTING = new Int8Array(256);
for (const [open, close] of ['[]', '{}']) {
  NESTING[(open as string).charCodeAt(0)] = 1;
  NESTING[(close as string).charCodeAt(0)] = -1;
}

export const outlineOf = (text: Buffer): JsonOutline => {
  const commas: number[] = [];
  let members = 0;
  let depth = 0;
  let deepest = 0;
  let escapedNames = 0;
  let escape = find(text, BACKSLASH, 0);
  let escaped = -1; // where the last string with an escape closes
  let closed = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number;
    if (byte === QUOTE) {
      closed = endOfPlainString(text, at + 1);
      if (closed > escape) {
        escaped = closed = endOfString(text, at + 1);
        escape = find(text, BACKSLASH, closed);
      }
      at = closed;
    } else if (byte === COLON) {
      members++; // only a name stands before a colon
      escapedNames += Number(closed === escaped);
    } else if (byte !== COMMA) {
      depth += NESTING[byte] as number;
      if (depth > deepest) deepest = depth;
    } else if (depth === 1) commas.push(at);
  }
  return { members, depth: deepest, escapedNames, commas };
};

/** Bytes to look at one by one before a search by the platform is worth its call. */
const NEAR = 40;

/** The next quote, or the end of the text. */
const endOfPlainString = (text: Buffer, start: number): number => {
  const near = start + NEAR;
  for (let at = start; at < near; at++) {
    if (text[at] === QUOTE) return at;
  }
  return find(text, QUOTE, near);
};

/** The next quote that is not escaped, or the end of the text. */
const endOfString = (text: Buffer, start: number): number => {
  let at = start;
  while (at < text.length && text[at] !== QUOTE) at += text[at] === BACKSLASH ? 2 : 1;
  return at;
};

const find = (text: Buffer, byte: number, from: number): number => {
  const at = text.indexOf(byte, from);
  return at < 0 ? text.length : at;
};
