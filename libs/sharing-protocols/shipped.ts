// The protocols that ship with this code: protocols/<id>/<version>.yaml, and beside them those that whoever needs them may sign.
import { readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { findProtocols } from '#catalogue';
import { readTextFile } from '#strict-text';
import type { ProtocolDocument } from './language.ts';
import { parseProtocol } from './parse.ts';

const VERSION_FILE = /^[1-9]\d*\.yaml$/;

const loadDocument = (directory: string, id: string, file: string): ProtocolDocument => {
  const place = `protocols/${id}/${file}`;
  const parsed = parseProtocol(readTextFile(join(directory, id, file)));
  if (!parsed.ok) {
    const faults = parsed.error.map(({ line, column, says }) => `${place}:${line}:${column}: ${says}`);
    throw new Error(faults.join('\n'));
  }
  const { id: named, version } = parsed.value;
  if (named !== id || version !== Number(basename(file, '.yaml'))) {
    throw new Error(`${place} says that it is ${named}@${version}: name the file after what it is.`);
  }
  return parsed.value;
};

const loadVersions = (directory: string, id: string): readonly ProtocolDocument[] =>
  readdirSync(join(directory, id))
    .filter((file) => VERSION_FILE.test(file))
    .map((file) => loadDocument(directory, id, file))
    .sort((a, b) => a.version - b.version);

/**
 * Every version of every protocol under a `protocols` directory, by id and version. Throws, with file, line and column, on a faulty one.
 */
export const loadProtocols = (directory: string = findProtocols()): readonly ProtocolDocument[] =>
  readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort()
    .flatMap((id) => loadVersions(directory, id));

let shipped: readonly ProtocolDocument[] | undefined;

/** The latest version of each shipped protocol, read once. */
export const shippedProtocols = (): readonly ProtocolDocument[] => {
  shipped ??= [...new Map(loadProtocols().map((document) => [document.id, document])).values()];
  return shipped;
};

/** Of whatever partnership, none of these is part: whoever needs one has it drafted, and it is in force where its parties sign it. */
export const READY_TO_SIGN = 'ready-to-sign';

let ready: readonly ProtocolDocument[] | undefined;

/** Read once: protocols/ready-to-sign/<id>/<version>.yaml. */
export const protocolsReadyToSign = (): readonly ProtocolDocument[] => {
  ready ??= loadProtocols(join(findProtocols(), READY_TO_SIGN));
  return ready;
};
