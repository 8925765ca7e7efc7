// The broker's own signing key: made at first start, kept beside the data, readable by its owner alone.
import { existsSync, writeFileSync } from 'node:fs';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { BrokerIdentity } from '#access';
import { CustodyError } from '#custody';
import type { EventStore } from '#event-store';
import { readJsonFile } from '#strict-text';

/** Beside the log: the thumbprint of the key that its receipts are signed with. */
export const BROKER_KEY = 'broker-key';

/** The identity that the log was made under. Throws `CustodyError` where the key is gone, or another one. */
export const identityFor = async (
  store: Pick<EventStore, 'bookmarks' | 'append'>,
  file: string,
  issuer: string,
): Promise<BrokerIdentity> => {
  const kid = (await store.bookmarks(BROKER_KEY)).get(BROKER_KEY);
  if (kid !== undefined && !existsSync(file)) throw notOurs(`${file} is missing`);
  const identity = await loadBrokerIdentity(file, issuer);
  if (kid === undefined) await store.append([], [{ name: BROKER_KEY, value: identity.publicJwk.kid }]);
  else if (kid !== identity.publicJwk.kid) throw notOurs(`${file} is not the key that this broker signs with`);
  return identity;
};

const notOurs = (what: string): CustodyError =>
  new CustodyError(
    `${what}: restore it from a backup, or run \`concordat renew broker-key.json\`, which makes another; tell the agencies, which trust receipts and feeds by it.`,
  );

/** Reads the key from `file`, a private JWK (Ed25519), or makes it there. */
export const loadBrokerIdentity = async (file: string, issuer: string): Promise<BrokerIdentity> => {
  const jwk = existsSync(file) ? ((readJsonFile(file) ?? {}) as JWK) : await newKey(file);
  const { d, ...publicPart } = jwk;
  if (d === undefined) throw new Error(`${file} holds no private key: restore it from a backup.`);
  return {
    issuer,
    // Extractable: receipts are signed by Node's own functions, which take no other.
    privateKey: (await importJWK(jwk, 'EdDSA', { extractable: true })) as CryptoKey,
    publicJwk: { ...publicPart, alg: 'EdDSA', use: 'sig', kid: await calculateJwkThumbprint(publicPart) },
  };
};

const newKey = async (file: string): Promise<JWK> => {
  const { privateKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(privateKey);
  writeFileSync(file, `${JSON.stringify(jwk)}\n`, { mode: 0o600, flag: 'wx' });
  return jwk;
};
