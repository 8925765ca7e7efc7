// Protocol documents for a command: from a file, or by the name of one that ships with this code.
import { type ProtocolDocument, parseProtocol, protocolsReadyToSign, shippedProtocols } from '#sharing-protocols';
import { readTextFile } from '#strict-text';
import { Complaint } from '../complaint.ts';

/** `file:line:column: what to do`, a line each. */
export const faultLines = (
  file: string,
  faults: readonly { readonly line: number; readonly column: number; readonly says: string }[],
): readonly string[] => faults.map(({ line, column, says }) => `${file}:${line}:${column}: ${says}`);

export const documentIn = (file: string): ProtocolDocument => {
  const parsed = parseProtocol(readTextFile(file));
  if (!parsed.ok) throw new Complaint(faultLines(file, parsed.error).join('\n'));
  return parsed.value;
};

/** `id` alone means the latest version; undefined where there is none of that name. */
export const namedIn = <One extends { readonly id: string; readonly version: number }>(
  name: string,
  all: readonly One[],
): One | undefined => {
  const [id, version] = name.split('@');
  const fitting = all.filter((one) => one.id === id && (version === undefined || String(one.version) === version));
  return fitting.reduce<One | undefined>((latest, one) => (latest && latest.version > one.version ? latest : one), undefined);
};

/** One of those that every partnership signs, or one that is ready to be signed. */
export const shippedNamed = (name: string): ProtocolDocument => {
  const [shipped, ready] = [shippedProtocols(), protocolsReadyToSign()];
  const found = namedIn(name, [...shipped, ...ready]);
  if (found) return found;
  const named = (all: readonly ProtocolDocument[]): string => all.map(({ id }) => id).join(', ');
  throw new Complaint(`There is no protocol ${name}: those that ship are ${named(shipped)}; ready to sign: ${named(ready)}.`);
};
