// Who takes part in kafka.bench.ts: a careers service and a provider, their learners, and what the provider has to say of them.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JWK } from 'jose';
import { ConcordatClient, type EventToSend, generateEncryptionKey, generateSigningKey, signEvents, type SigningKey, signingKeyOf, toEvent } from '#client';

export interface CastMember {
  readonly slug: string;
  readonly role: string;
  readonly key: SigningKey;
  readonly file: Readonly<Record<string, unknown>>;
}

const ulnOf = (n: number): string => {
  for (let base = 100_000_000 + n * 11; ; base++) {
    const sum = [...String(base)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0) % 11;
    if (sum !== 0) return `${base}${10 - sum}`;
  }
};

const member = async (slug: string, role: string): Promise<CastMember> => {
  const [signing, encryption] = [await generateSigningKey(), await generateEncryptionKey()];
  const secret: JWK = signing.privateJwk;
  const file = { slug, role, name: slug, districts: [], signing: signing.publicJwk, encryption: encryption.publicJwk, private: { signing: secret, encryption: encryption.privateJwk } };
  return { slug, role, key: await signingKeyOf(secret), file };
};

/** Writes `agencies.json` as `concordat partnership load` takes it. */
export const castIn = async (folder: string): Promise<readonly [careers: CastMember, forge: CastMember]> => {
  const cast = [await member('careers', 'connexions'), await member('forge', 'provider')] as const;
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'agencies.json'), JSON.stringify(cast.map(({ file }) => file)));
  return cast;
};

const summary = 'Reads simple texts, needs time with longer ones; writes short messages with support. '.repeat(4);
const IN_BATCH = 400;

const told = async (url: string, { slug, key }: CastMember, events: readonly EventToSend[]): Promise<void> => {
  const client = new ConcordatClient({ url, agency: slug, key });
  for (let from = 0; from < events.length; from += IN_BATCH) {
    const receipts = await client.send(events.slice(from, from + IN_BATCH).map((event) => toEvent(slug, event)));
    const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
    if (wrong) throw new Error(JSON.stringify(wrong));
  }
};

/** Learners whom careers referred to forge, each on a programme: what forge tells of its reviews is on both feeds. */
export const populate = async (url: string, [careers, forge]: readonly [CastMember, CastMember], learners: number): Promise<void> => {
  const each = (events: (n: number, subject: string) => readonly EventToSend[]): readonly EventToSend[] =>
    Array.from({ length: learners }, (_, n) => events(n, `uln:${ulnOf(n)}`)).flat();
  const person = (n: number) => ({ uln: ulnOf(n), givenName: 'Sam', familyName: `Example-${n}`, dateOfBirth: '2010-05-06', postcode: 'WV1 1AA' });
  await told(url, careers, each((n, subject) => [
    { type: 'learner.registered', subject, data: { localId: `c-${n}`, ...person(n) } },
    { type: 'referral.made', subject, data: { referralId: `r-${n}`, to: 'forge', route: 'connexions' } },
  ]));
  await told(url, forge, each((n, subject) => [
    { type: 'referral.accepted', subject, data: { referralId: `r-${n}` } },
    { type: 'learner.registered', subject, data: { localId: `p-${n}`, ...person(n) } },
    { type: 'programme.started', subject, data: { programmeId: `e-${n}`, kind: 'e2e', title: 'Entry to employment', startedOn: '2026-09-10', plannedEnd: '2027-07-01' } },
  ]));
};

export interface SignedMessage {
  readonly key: string;
  readonly jws: string;
  readonly events: number;
}

let reviews = 0;

const review = (learner: number): EventToSend => ({
  type: 'review.held',
  subject: `uln:${ulnOf(learner)}`,
  data: { reviewId: `v-${++reviews}`, programmeId: `e-${learner}`, heldOn: '2026-10-10', attendees: ['learner', 'key-worker'], summary },
});

/** `count` messages about the learners in turn, each with so many events of about 1 KB. */
export const reviewsBy = async ({ slug, key }: CastMember, about: { readonly learners: number; readonly count: number; readonly events: number }): Promise<readonly SignedMessage[]> => {
  const messages: SignedMessage[] = [];
  for (let n = 0; n < about.count; n++) {
    const events = Array.from({ length: about.events }, (_, place) => toEvent(slug, review((n * about.events + place) % about.learners)));
    const [first] = events;
    messages.push({ key: first?.subject ?? '', jws: await signEvents(about.events === 1 && first ? first : events, key), events: about.events });
  }
  return messages;
};
