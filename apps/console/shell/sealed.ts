// What an address says to this console alone: addresses stay in the history of a device that others use too (console.md, 1 and 9; ADR 86).
import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { jsonOf } from '#strict-text';
import { ownerOf, type Person } from './person.ts';

type Values = Readonly<Record<string, string | undefined>>;

/** Of this start alone, as sessions are: nothing that is sealed outlasts them. */
const [KEY, NAMING] = [randomBytes(32), randomBytes(32)];
const CIPHER = 'aes-256-gcm';
const [NONCE, TAG] = [12, 16];
/** So that lengths tell next to nothing. */
const BLOCK = 128;

const padded = (values: Values): Buffer => {
  const plain = Buffer.from(JSON.stringify(values));
  return Buffer.concat([plain, Buffer.alloc(BLOCK - (plain.length % BLOCK), ' ')]);
};

/** The same for the same values of the same person, so that a page keeps its address; for an address as it is. */
export const sealedFor = (person: Person, values: Values): string => {
  const [plain, owner] = [padded(values), Buffer.from(ownerOf(person))];
  const nonce = createHmac('sha256', NAMING).update(owner).update('\n').update(plain).digest().subarray(0, NONCE);
  const cipher = createCipheriv(CIPHER, KEY, nonce).setAAD(owner);
  return Buffer.concat([nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]).toString('base64url');
};

/** Undefined where it was sealed for nobody, for somebody else, or before this start. */
export const openedFor = (person: Person, sealed: string): Values | undefined => {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE + TAG) return undefined;
  try {
    const decipher = createDecipheriv(CIPHER, KEY, bytes.subarray(0, NONCE), { authTagLength: TAG });
    decipher.setAAD(Buffer.from(ownerOf(person))).setAuthTag(bytes.subarray(-TAG));
    const plain = Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]);
    return jsonOf(plain.toString(), 'an address') as Values;
  } catch {
    return undefined;
  }
};
