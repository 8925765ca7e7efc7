// The partnership whose pages are measured (pages.bench.ts): eight agencies and nine months in which learners are told of, read about by
// many members of staff, refused to those who have nothing to do with them, and some of their consents withdrawn.
import { publicJwkOf } from '#agencies';
import type { Role } from '#catalogue';
import { type EventToSend, generateSigningKey, signEvents, type SigningKey, signingKeyOf, toEvent } from '#client';
import { shippedProtocols, signDocument } from '#sharing-protocols';
import type * as nodes from '../../apps/broker/node.ts';
import { Chance } from './chance.ts';
import { summary, ulnOf } from './told-town.ts';

type Node = nodes.BrokerNode;

const CAST = {
  careers: 'connexions',
  forge: 'provider',
  anvil: 'provider',
  wulfrun: 'college',
  'city-yot': 'yot',
  'lsc-wv': 'funder',
  'wv-council': 'local-authority',
  'own-page': 'self-service',
} as const satisfies Readonly<Record<string, Role>>;
type Slug = keyof typeof CAST;

const ADVISERS = 200;
const LEARNERS_A_MESSAGE = 25;
const READS_A_LEARNER = 7;
const AT_ONCE = 32;
const DAY = 86_400_000;

export interface Span {
  readonly from: number;
  readonly until: number;
}

const dayAt = (at: number): string => new Date(at).toISOString().slice(0, 10);
/** A third each. */
const PROVIDERS = ['forge', 'anvil', 'wulfrun'] as const;
const providerOf = (n: number): (typeof PROVIDERS)[number] => PROVIDERS[n % 3] ?? 'forge';
export const adviserOf = (n: number): string => `s-${n % ADVISERS}`;

/** Registers the agencies and signs all protocols with them; their signing keys, by slug. */
export const foundPartnership = async (node: Node): Promise<ReadonlyMap<string, SigningKey>> => {
  const keys = new Map<string, SigningKey>();
  for (const [slug, role] of Object.entries(CAST)) {
    const { publicJwk, privateJwk, kid } = await generateSigningKey();
    const jwk = publicJwkOf({ kty: publicJwk.kty, crv: publicJwk.crv, x: publicJwk.x }, 'sig');
    if (!jwk.ok) throw new Error('The key is no key.');
    const districts = slug === 'careers' || slug === 'wv-council' ? ['WV1', 'WV2'] : [];
    const registered = await node.agencies.register({ slug, name: slug, roles: [role], districts }, [{ use: 'sig', jwk: jwk.value }]);
    if (!registered.ok) throw new Error(JSON.stringify(registered.error));
    keys.set(slug, await signingKeyOf(privateJwk));
    for (const document of shippedProtocols()) {
      await node.protocols.draft(document);
      await node.protocols.sign(await signDocument(document, { jwk: privateJwk, alg: 'EdDSA', kid }), node.agencies);
    }
  }
  return keys;
};

const personOf = (n: number) =>
  ({
    givenName: `Sam-${n % 400}`,
    familyName: `Example-${n}`,
    dateOfBirth: '2010-05-06',
    postcode: n % 2 ? 'WV1 1AA' : 'WV2 2BB',
  }) as const;

const assessed = (subject: string, at: number, given: { readonly id: string; readonly domain: string }): EventToSend => ({
  type: 'assessment.recorded',
  subject,
  data: {
    assessmentId: given.id,
    framework: 'initial',
    domain: given.domain,
    instrument: 'BSA',
    assessedOn: dayAt(at),
    assessor: { name: 'A', role: 'adviser' },
    outcome: { level: 'entry-3', summary },
  },
});

const toldByCareers = (n: number, at: number): readonly EventToSend[] => {
  const subject = `uln:${ulnOf(n)}`;
  return [
    { type: 'learner.registered', subject, data: { localId: `c-${n}`, uln: ulnOf(n), ...personOf(n) } },
    { type: 'learner.adviser-assigned', subject, data: { name: 'Adviser', role: 'personal-adviser', staffId: adviserOf(n) } },
    {
      type: 'consent.given',
      subject,
      data: {
        consentId: `k-${n}`,
        protocol: 'e2e-passport',
        purposes: ['plan-learning'],
        categories: ['assessment'],
        recipients: ['provider', 'college'],
        givenBy: 'learner',
        method: 'online',
        notice: { id: 'e2e', version: '1', language: 'en' },
        validFrom: dayAt(at),
      },
    },
    assessed(subject, at, { id: `a1-${n}`, domain: 'literacy' }),
    assessed(subject, at, { id: `a2-${n}`, domain: 'language' }),
    { type: 'referral.made', subject, data: { referralId: `r-${n}`, to: providerOf(n), route: 'connexions' } },
  ];
};

const toldByProvider = (n: number, at: number): readonly EventToSend[] => {
  const [subject, programmeId] = [`uln:${ulnOf(n)}`, `e-${n}`];
  const [startedOn, plannedEnd, on] = [dayAt(at), dayAt(at + 300 * DAY), dayAt(at + 60 * DAY)];
  return [
    { type: 'referral.accepted', subject, data: { referralId: `r-${n}` } },
    { type: 'learner.registered', subject, data: { localId: `p-${n}`, uln: ulnOf(n), ...personOf(n) } },
    assessed(subject, at, { id: `a3-${n}`, domain: 'numeracy' }),
    { type: 'programme.started', subject, data: { programmeId, kind: 'e2e', title: 'Entry to employment', startedOn, plannedEnd } },
    { type: 'review.held', subject, data: { reviewId: `v-${n}`, programmeId, heldOn: startedOn, attendees: ['learner'], summary } },
    { type: 'review.scheduled', subject, data: { reviewId: `w-${n}`, programmeId, on } },
    ...(n % 20 === 7
      ? ([
          { type: 'programme.left-early', subject, data: { programmeId, leftOn: startedOn, reason: 'personal', note: 'Said goodbye.' } },
        ] as const)
      : []),
  ];
};

/** One in five hundred is registered twice, once without a number: a possible match. */
const toldByYot = (n: number): readonly EventToSend[] =>
  n % 500 === 3 ? [{ type: 'learner.registered', subject: `local:y-${n}`, data: { localId: `y-${n}`, ...personOf(n) } }] : [];

interface Telling {
  readonly node: Node;
  readonly keys: ReadonlyMap<string, SigningKey>;
  readonly setTime: (at: number) => void;
}

const sendTo = async (
  { node, keys }: Telling,
  { by, at }: { readonly by: Slug; readonly at: number },
  events: readonly EventToSend[],
): Promise<void> => {
  if (events.length === 0) return;
  const time = new Date(at).toISOString();
  const complete = events.map((event) => toEvent(by, { ...event, time }));
  const receipts = await node.intake.receive(Buffer.from(await signEvents(complete, keys.get(by) as SigningKey)), 'http');
  const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
  if (wrong) throw new Error(JSON.stringify(wrong));
};

/** By staff of whoever has the learner, mostly; now and then by somebody who has nothing to do with the learner. */
const read = async ({ node }: Telling, chance: Chance, told: number): Promise<void> => {
  const n = chance.below(told);
  const own = chance.bool(0.4) ? 'careers' : providerOf(n);
  const [agency, ref] = chance.bool(0.05)
    ? (['city-yot', `uln:${ulnOf(n)}`] as const)
    : ([own, `local:${own === 'careers' ? 'c' : 'p'}-${n}`] as const);
  const staff = agency === 'careers' ? adviserOf(n) : `${agency}-${chance.below(40)}`;
  const purposes = [chance.pick(['plan-learning', 'support-learner', 'deliver-programme'])];
  await node.gate.ask({ asker: { agency, staff }, ref, purposes, asked: 'passport', page: { after: 0, limit: 100 } });
};

/** One learner in thirty withdraws, some weeks after. */
const withdrawals = (first: number, many: number): readonly EventToSend[] =>
  Array.from({ length: many }, (_, n) => first + n)
    .filter((n) => n >= 0 && n % 30 === 11)
    .map((n) => ({ type: 'consent.withdrawn', subject: `uln:${ulnOf(n)}`, data: { consentId: `k-${n}`, by: 'learner' } }));

/** Tells and reads until the log has so many events; how many learners there are then. */
export const tellPartnership = async (telling: Telling, events: number, { from, until }: Span): Promise<number> => {
  const chance = new Chance(11);
  let told = 0;
  for (let head = 0; head < events; head = await telling.node.store.head()) {
    const whole = from + ((until - from) * head) / events;
    const at = Math.floor(Math.floor(whole / DAY) * DAY + 8 * 3_600_000 + (whole % DAY) * (10 / 24));
    telling.setTime(at);
    const some = Array.from({ length: LEARNERS_A_MESSAGE }, (_, n) => told + n);
    const send = (by: Slug, tells: readonly EventToSend[]): Promise<void> => sendTo(telling, { by, at }, tells);
    await send(
      'careers',
      some.flatMap((n) => toldByCareers(n, at)),
    );
    for (const provider of PROVIDERS) {
      const own = some.filter((n) => providerOf(n) === provider);
      await send(
        provider,
        own.flatMap((n) => toldByProvider(n, at)),
      );
    }
    await send('city-yot', some.flatMap(toldByYot));
    await send('careers', withdrawals(told - 1000, LEARNERS_A_MESSAGE));
    told += LEARNERS_A_MESSAGE;
    for (let left = LEARNERS_A_MESSAGE * READS_A_LEARNER; left > 0; left -= AT_ONCE)
      await Promise.all(Array.from({ length: Math.min(left, AT_ONCE) }, () => read(telling, chance, told)));
  }
  return told;
};
