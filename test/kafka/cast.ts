// Agencies for tests against a broker in a process of its own: keys, and the file that `concordat partnership load` takes.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AgencyEvent,
  ConcordatClient,
  type EventToSend,
  generateEncryptionKey,
  generateSigningKey,
  type SigningKey,
  signingKeyOf,
  toEvent,
} from '#client';
import type { Partner } from './partnership-files.ts';

export interface CastMember extends Partner {
  readonly key: SigningKey;
}

/** A valid number; another for each `n`. */
export const ulnOf = (n: number): string => {
  for (let base = 100_000_000 + n * 11; ; base++) {
    const sum = [...String(base)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0) % 11;
    if (sum !== 0) return `${base}${10 - sum}`;
  }
};

const member = async (slug: string, role: string): Promise<CastMember & { readonly role: string }> => {
  const [signing, encryption] = [await generateSigningKey(), await generateEncryptionKey()];
  return {
    slug,
    role,
    key: await signingKeyOf(signing.privateJwk),
    signing: { ...signing.publicJwk, alg: 'EdDSA', kid: signing.kid },
    encryption: { ...encryption.publicJwk, kid: encryption.kid },
    private: { signing: signing.privateJwk, encryption: encryption.privateJwk },
  };
};

/** A careers service, for these districts, and a provider; written as `agencies.json` into `folder`. */
export const castIn = async (
  folder: string,
  districts: readonly string[] = [],
): Promise<readonly [careers: CastMember, forge: CastMember]> => {
  const cast = [await member('careers', 'connexions'), await member('forge', 'provider')] as const;
  const files = cast.map(({ key: _key, ...file }) => ({
    ...file,
    name: file.slug,
    districts: file.role === 'connexions' ? districts : [],
  }));
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'agencies.json'), JSON.stringify(files));
  return cast;
};

const IN_BATCH = 400;

/** Over HTTP, in batches; throws unless all are accepted. */
export const tell = async (url: string, { slug, key }: CastMember, events: readonly EventToSend[]): Promise<void> => {
  const client = new ConcordatClient({ url, agency: slug, key });
  for (let from = 0; from < events.length; from += IN_BATCH) {
    const receipts = await client.send(events.slice(from, from + IN_BATCH).map((event): AgencyEvent => toEvent(slug, event)));
    const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
    if (wrong) throw new Error(JSON.stringify(wrong));
  }
};

/** What the careers service tells of a learner whom it refers to forge, and what forge answers. */
export const introduced = (n: number): { readonly careers: readonly EventToSend[]; readonly forge: readonly EventToSend[] } => {
  const subject = `uln:${ulnOf(n)}`;
  const person = { uln: ulnOf(n), givenName: 'Sam', familyName: `Example-${n}`, dateOfBirth: '2010-05-06', postcode: 'WV1 1AA' };
  return {
    careers: [
      { type: 'learner.registered', subject, data: { localId: `c-${n}`, ...person } },
      { type: 'referral.made', subject, data: { referralId: `r-${n}`, to: 'forge', route: 'connexions' } },
    ],
    forge: [
      { type: 'referral.accepted', subject, data: { referralId: `r-${n}` } },
      { type: 'learner.registered', subject, data: { localId: `p-${n}`, ...person } },
    ],
  };
};
