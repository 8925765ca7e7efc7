// YAML to a protocol document. Only what JSON could say as well gets through: no anchors, aliases, tags or directives.
import { type Result, err, ok } from '#kernel';
import type { Alias, Document, Node, Pair, ParsedNode, Scalar, YAMLError, YAMLMap, YAMLSeq } from 'yaml';
import { LineCounter, isAlias, isMap, isNode, isScalar, parseDocument, visit } from 'yaml';
import type { ProtocolDocument } from './language.ts';
import type { DocumentPath, FormFault } from './parse-schema.ts';
import { formFaults } from './parse-schema.ts';

export interface DocumentFault {
  /** Both from 1. */
  readonly line: number;
  readonly column: number;
  /** What to do, as a sentence. */
  readonly says: string;
}

/** In bytes of UTF-8. The longest shipped protocol has 16 KiB. */
export const LARGEST_DOCUMENT = 256 * 1024;

/** One mistake can cause thousands. */
const MOST_FAULTS = 50;

type Yaml = Document.Parsed<ParsedNode, true>;

const OPTIONS = { schema: 'core', version: '1.2', strict: true, uniqueKeys: true, merge: false, prettyErrors: false } as const;

const START: DocumentFault = { line: 1, column: 1, says: '' };

const atOffset = (lines: LineCounter, offset: number, says: string): DocumentFault => {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1), says };
};

const TOO_DEEP = 'Nest lists and names less deeply.';

const syntaxFault = (lines: LineCounter, { pos, code, message }: YAMLError): DocumentFault => {
  if (message.includes('call stack')) return { ...START, says: TOO_DEEP };
  if (code === 'MULTIPLE_DOCS') return atOffset(lines, pos[0], 'Give one document a file: remove the second --- and what follows.');
  return atOffset(lines, pos[0], `Make this valid YAML: ${message.replaceAll('\n', ' ')}.`);
};

const isExact = (value: number): boolean => Number.isFinite(value) && (!Number.isInteger(value) || Number.isSafeInteger(value));

const forbiddenIn = (node: Alias | Scalar | YAMLMap | YAMLSeq): string | undefined => {
  if (isAlias(node) || node.anchor !== undefined) return 'Write the value out: anchors and aliases are not taken.';
  if (isScalar(node) && typeof node.value === 'number' && !isExact(node.value))
    return 'Give a number that programs do not round: finite, and where it is whole within ±9007199254740991.';
  return node.tag === undefined ? undefined : 'Remove the tag: values are text, numbers, true or false, lists and names with values.';
};

/** What YAML can say and JSON cannot. */
const foreignFaults = (document: Yaml, lines: LineCounter): readonly DocumentFault[] => {
  const faults: DocumentFault[] = [];
  const add = (node: Node, says: string | undefined): void => {
    if (says !== undefined) faults.push(atOffset(lines, node.range?.[0] ?? 0, says));
  };
  visit(document, {
    Node: (_, node) => add(node, forbiddenIn(node)),
    Pair: (_, { key }) => {
      if (isNode(key) && !(isScalar(key) && typeof key.value === 'string')) add(key, 'Use plain text as the name before the colon.');
    },
  });
  return faults;
};

const pairAt = (map: unknown, key: string): Pair | undefined =>
  isMap(map) ? map.items.find((pair) => isScalar(pair.key) && pair.key.value === key) : undefined;

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

/** Where the fault stands: the surplus key, or the value, or the nearest that encloses it. */
const offsetOf = (document: Yaml, path: DocumentPath, surplus?: string): number => {
  const node: unknown = path.length === 0 ? document.contents : document.getIn(path, true);
  const key = surplus === undefined ? undefined : pairAt(node, surplus)?.key;
  const start = startOf(key) ?? startOf(node);
  if (start !== undefined) return start;
  return path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1));
};

const placed = (document: Yaml, lines: LineCounter, { path, surplus, says }: FormFault): DocumentFault => {
  const names = surplus === undefined ? path : [...path, surplus];
  return atOffset(lines, offsetOf(document, path, surplus), names.length === 0 ? says : `${names.join('.')}: ${says}`);
};

const read = (text: string): Result<ProtocolDocument, readonly DocumentFault[]> => {
  const lines = new LineCounter();
  const document = parseDocument(text, { ...OPTIONS, lineCounter: lines }) as Yaml;
  const unreadable = [...document.errors, ...document.warnings];
  if (unreadable.length > 0) return err(unreadable.map((error) => syntaxFault(lines, error)));
  const foreign = foreignFaults(document, lines);
  if (foreign.length > 0) return err(foreign);
  const value: unknown = document.toJS({ maxAliasCount: 0 });
  const faults = formFaults(value);
  return faults.length === 0 ? ok(value as ProtocolDocument) : err(faults.map((fault) => placed(document, lines, fault)));
};

/**
 * The document that the YAML text says, or why it is none. Its names (roles, types, fields…) are not judged here: lint does that.
 * Throws only on bugs.
 */
export const parseProtocol = (text: string): Result<ProtocolDocument, readonly DocumentFault[]> => {
  if (Buffer.byteLength(text) > LARGEST_DOCUMENT) {
    return err([{ ...START, says: `Shorten the document to at most ${LARGEST_DOCUMENT / 1024} KiB.` }]);
  }
  try {
    const result = read(text);
    return result.ok ? result : err(result.error.slice(0, MOST_FAULTS));
  } catch (error) {
    // Brackets nested by the thousand exhaust the parser's stack.
    if (error instanceof RangeError) return err([{ ...START, says: TOO_DEEP }]);
    throw error;
  }
};
