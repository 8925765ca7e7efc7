// The keys of the demo's agencies: made once, kept beside the demo's data, readable by its owner alone.
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { generateEncryptionKey, generateSigningKey, type KeyPair } from '#client';
import { readJwk } from '../input-files.ts';
import type { PartnershipAgency } from '../partnership/agencies-file.ts';
import { type CastMember, castMembers, type Slug } from './cast.ts';

export type DemoAgency = PartnershipAgency & { readonly slug: Slug; readonly privateSigning: JWK };

/** `<directory>/<slug>.json` signs, `<slug>.encryption.json` receives. */
export const castWithKeys = async (directory: string): Promise<readonly DemoAgency[]> => {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  return Promise.all(castMembers.map(([slug, member]) => withKeys(directory, slug, member)));
};

const withKeys = async (directory: string, slug: Slug, { name, roles, districts = [], alg = 'EdDSA' }: CastMember): Promise<DemoAgency> => {
  const signing = await kept(join(directory, `${slug}.json`), () => generateSigningKey(alg));
  const encryption = await kept(join(directory, `${slug}.encryption.json`), () => generateEncryptionKey());
  return { slug, name, roles, districts, signing: publicOf(signing), encryption: publicOf(encryption), privateSigning: signing };
};

const kept = async (file: string, make: () => Promise<KeyPair>): Promise<JWK> => {
  if (!existsSync(file)) writeFileSync(file, `${JSON.stringify((await make()).privateJwk)}\n`, { mode: 0o600, flag: 'wx' });
  return readJwk(file);
};

const publicOf = ({ d: _private, ...publicPart }: JWK): JWK => publicPart;
