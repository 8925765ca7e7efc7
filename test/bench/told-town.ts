// A town for benches: one careers service, one provider, and learners of whom each has the same story of eleven events told by both.
import { publicJwkOf } from '#agencies';
import type { Role } from '#catalogue';
import { type EventToSend, generateSigningKey, signEvents, type SigningKey, signingKeyOf, toEvent } from '#client';
import { shippedProtocols, signDocument } from '#sharing-protocols';
import type * as nodes from '../../apps/broker/node.ts';

type Node = nodes.BrokerNode;

const CAST: readonly (readonly [string, Role])[] = [
  ['careers', 'connexions'],
  ['forge', 'provider'],
];

/** Of a message: no more than one may hold. */
const LEARNERS_A_MESSAGE = 50;

export const ulnOf = (n: number): string => {
  for (let base = 100_000_000 + n * 11; ; base++) {
    const sum = [...String(base)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0) % 11;
    if (sum !== 0) return `${base}${10 - sum}`;
  }
};

/** Registers both agencies and signs all protocols with them; their signing keys, by slug. */
export const populate = async (node: Node): Promise<ReadonlyMap<string, SigningKey>> => {
  const keys = new Map<string, SigningKey>();
  for (const [slug, role] of CAST) {
    const { publicJwk, privateJwk, kid } = await generateSigningKey();
    const jwk = publicJwkOf({ kty: publicJwk.kty, crv: publicJwk.crv, x: publicJwk.x }, 'sig');
    if (!jwk.ok) throw new Error('The key is no key.');
    await node.agencies.register({ slug, name: slug, roles: [role], districts: [] }, [{ use: 'sig', jwk: jwk.value }]);
    keys.set(slug, await signingKeyOf(privateJwk));
    for (const document of shippedProtocols()) {
      await node.protocols.draft(document);
      await node.protocols.sign(await signDocument(document, { jwk: privateJwk, alg: 'EdDSA', kid }), node.agencies);
    }
  }
  return keys;
};

export const summary = 'Reads simple texts, needs time with longer ones; writes short messages with support. '.repeat(4);

/** What careers tells, then the provider. */
const storyOf = (n: number): readonly (readonly EventToSend[])[] => {
  const subject = `uln:${ulnOf(n)}`;
  const person = { givenName: 'Sam', familyName: `Example-${n}`, dateOfBirth: '2010-05-06', postcode: 'WV1 1AA' };
  const assessed = (assessmentId: string, domain: string): EventToSend => ({
    type: 'assessment.recorded',
    subject,
    data: {
      assessmentId,
      framework: 'initial',
      domain,
      instrument: 'BSA',
      assessedOn: '2026-09-01',
      assessor: { name: 'A', role: 'adviser' },
      outcome: { level: 'entry-3', summary },
    },
  });
  return [
    [
      { type: 'learner.registered', subject, data: { localId: `c-${n}`, uln: ulnOf(n), ...person } },
      { type: 'learner.adviser-assigned', subject, data: { name: 'Adviser', role: 'personal-adviser' } },
      {
        type: 'consent.given',
        subject,
        data: {
          consentId: `k-${n}`,
          protocol: 'e2e-passport',
          purposes: ['plan-learning'],
          categories: ['assessment'],
          recipients: ['provider'],
          givenBy: 'learner',
          method: 'online',
          notice: { id: 'e2e', version: '1', language: 'en' },
          validFrom: '2026-01-01',
        },
      },
      assessed(`a1-${n}`, 'literacy'),
      assessed(`a2-${n}`, 'language'),
      { type: 'referral.made', subject, data: { referralId: `r-${n}`, to: 'forge', route: 'connexions' } },
    ],
    [
      { type: 'referral.accepted', subject, data: { referralId: `r-${n}` } },
      { type: 'learner.registered', subject, data: { localId: `p-${n}`, uln: ulnOf(n), ...person } },
      assessed(`a3-${n}`, 'numeracy'),
      {
        type: 'programme.started',
        subject,
        data: { programmeId: `e-${n}`, kind: 'e2e', title: 'Entry to employment', startedOn: '2026-09-10', plannedEnd: '2027-07-01' },
      },
      {
        type: 'review.held',
        subject,
        data: { reviewId: `v-${n}`, programmeId: `e-${n}`, heldOn: '2026-10-10', attendees: ['learner'], summary },
      },
    ],
  ];
};

/** Tells the stories of so many learners, who are `local:p-0` and on to the provider. */
export const tellStories = async (node: Node, keys: ReadonlyMap<string, SigningKey>, learners: number): Promise<void> => {
  for (let first = 0; first < learners; first += LEARNERS_A_MESSAGE) {
    const stories = Array.from({ length: Math.min(LEARNERS_A_MESSAGE, learners - first) }, (_, n) => storyOf(first + n));
    for (const [part, [agency]] of CAST.entries()) {
      const events = stories.flatMap((story) => story[part] ?? []).map((event) => toEvent(agency, event));
      const receipts = await node.intake.receive(Buffer.from(await signEvents(events, keys.get(agency) as SigningKey)), 'http');
      const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
      if (wrong) throw new Error(JSON.stringify(wrong));
    }
  }
};
