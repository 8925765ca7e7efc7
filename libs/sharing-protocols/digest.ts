// What the parties sign: the digest of a document's one canonical form (RFC 8785), so that layout and comments do not matter.
import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { ProtocolDocument } from './language.ts';

/** `sha256:` and 64 hexadecimal digits. */
export type ProtocolDigest = string;

/** UTF-8 of the RFC 8785 form. */
export const canonicalBytes = (value: unknown): Uint8Array => {
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('Only a JSON value has a canonical form.');
  return Buffer.from(text, 'utf8');
};

/** SHA-256 over the canonical form of the document. */
export const digestOf = (document: ProtocolDocument): ProtocolDigest =>
  `sha256:${createHash('sha256').update(canonicalBytes(document)).digest('hex')}`;

/** What a signature is over. */
export interface Signable {
  readonly protocol: string;
  readonly version: number;
  readonly digest: ProtocolDigest;
}

/** The payload of the JWS with which a party signs: `{digest, protocol, version}` in canonical form. */
export const signaturePayload = ({ protocol, version, digest }: Signable): Uint8Array => canonicalBytes({ digest, protocol, version });
