// The broker's own signing key: made at first start, kept beside the data, readable by its owner alone.
import { existsSync, writeFileSync } from 'node:fs';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type CryptoKey, type JWK } from 'jose';
import type { BrokerIdentity } from '#access';
import { readJsonFile } from '#strict-text';

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
