// One pass over JSON text for what JSON.parse does not tell. Of text that is no JSON it may tell anything: JSON.parse refuses it.

export interface JsonOutline {
  /** Colons outside of strings: the members of all objects, counted as often as they are written. */
  readonly members: number;
  readonly depth: number;
  /** Whether the name of some member is written with an escape. */
  readonly escapedName: boolean;
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

export const outlineOf = (text: Uint8Array): JsonOutline => {
  const commas: number[] = [];
  const outline = { members: 0, depth: 0, escapedName: false, commas };
  const last = { start: 0, escape: -1 };
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const byte = text[at] as number;
    if (byte === QUOTE) at = endOfString(text, at, last);
    else if (byte === COLON) endName(outline, last);
    else if (byte !== COMMA) depth += NESTING[byte] as number;
    else if (depth === 1) commas.push(at);
    if (depth > outline.depth) outline.depth = depth;
  }
  return outline;
};

/** The string read last, and where the last escape of any string stands. */
interface LastString {
  start: number;
  escape: number;
}

/** The closing quote of the string that opens at `start`, or the end of the text. */
const endOfString = (text: Uint8Array, start: number, last: LastString): number => {
  last.start = start;
  let at = start + 1;
  while (at < text.length) {
    const byte = text[at];
    if (byte === QUOTE) break;
    if (byte === BACKSLASH) last.escape = at++;
    at++;
  }
  return at;
};

/** Only a name stands before a colon. */
const endName = (outline: { members: number; escapedName: boolean }, last: LastString): void => {
  outline.members++;
  if (last.escape > last.start) outline.escapedName = true;
};
