// The protocols that ship with this code: protocols/<id>/<version>.yaml.
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
