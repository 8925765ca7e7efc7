// The served side of http.bench.ts, in a process of its own: a broker with a town of learners, and a bare Nest route beside it.
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { publicJwkOf } from '#agencies';
import type { Role } from '#catalogue';
import { type EventToSend, generateSigningKey, signEvents, type SigningKey, signingKeyOf, toEvent } from '#client';
import { shippedProtocols, signDocument } from '#sharing-protocols';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import type * as servers from '../../apps/broker/server.ts';

type Node = nodes.BrokerNode;

const built = (file: string): string => new URL(`../../dist/apps/broker/${file}.js`, import.meta.url).href;
const { openNode } = (await import(built('node'))) as typeof nodes;
const { parseConfig } = (await import(built('config'))) as typeof configs;
const { startServer } = (await import(built('server'))) as typeof servers;

const LEARNERS = 300;
const BODIES = 12_000;
const CAST: readonly (readonly [string, Role])[] = [
  ['careers', 'connexions'],
  ['forge', 'provider'],
];

const ulnOf = (n: number): string => {
  for (let base = 100_000_000 + n * 11; ; base++) {
    const sum = [...String(base)].reduce((total, digit, place) => total + Number(digit) * (10 - place), 0) % 11;
    if (sum !== 0) return `${base}${10 - sum}`;
  }
};

const populate = async (node: Node): Promise<ReadonlyMap<string, SigningKey>> => {
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

const summary = 'Reads simple texts, needs time with longer ones; writes short messages with support. '.repeat(4);

const storyOf = (n: number): readonly (readonly [string, readonly EventToSend[]])[] => {
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
      'careers',
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
    ],
    [
      'forge',
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
    ],
  ];
};

const folder = process.argv[2] ?? '';
const node = await openNode(
  parseConfig({ CONCORDAT_DATA: folder, PORT: '0', CONCORDAT_ISSUER: 'http://bench.example', CONCORDAT_RATE_LIMIT: '1000000000' }),
);
const keys = await populate(node);
const keyOf = (slug: string): SigningKey => {
  const key = keys.get(slug);
  if (!key) throw new Error(`${slug} is not of the cast.`);
  return key;
};

for (let n = 0; n < 2 * LEARNERS; n++) {
  for (const [agency, events] of storyOf(n)) {
    const jws = await signEvents(
      events.map((event) => toEvent(agency, event)),
      keyOf(agency),
    );
    const receipts = await node.intake.receive(Buffer.from(jws), 'http');
    const wrong = receipts.find(({ outcome }) => outcome !== 'accepted');
    if (wrong) throw new Error(JSON.stringify(wrong));
  }
}

/** About the second half of the learners: the first half's passports stay as they are. */
const posted = (i: number): EventToSend => ({
  type: 'circumstance.noted',
  subject: `uln:${ulnOf(LEARNERS + (i % LEARNERS))}`,
  data: { kind: 'housing', note: summary },
});
const bodies: string[] = [];
const [sampleReceipt] = await node.intake.receive(Buffer.from(await signEvents(toEvent('careers', posted(0)), keyOf('careers'))), 'http');
if (sampleReceipt?.outcome !== 'accepted') throw new Error(JSON.stringify(sampleReceipt));
for (let i = 0; i < BODIES; i++) bodies.push(await signEvents(toEvent('careers', posted(i)), keyOf('careers')));

const server = await startServer(node);
const token = await node.tokens.issue({ agency: 'forge' });
const passports = Array.from({ length: LEARNERS }, (_, n) => `/v1/learners/local:p-${n}/passport`);
const sample = (await (
  await fetch(`${server.url}${passports[0] ?? ''}`, { headers: { authorization: `Bearer ${token}`, purpose: 'plan-learning' } })
).json()) as object;

class BareController {
  bare(): object {
    return sample;
  }
}
class BareModule {}
// Decorators as the functions that they are: this file runs without a compiler.
Get('bare')(BareController.prototype, 'bare', Object.getOwnPropertyDescriptor(BareController.prototype, 'bare') as PropertyDescriptor);
Controller()(BareController);
Module({ controllers: [BareController] })(BareModule);
const bare = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
await bare.listen(0, '127.0.0.1');
process.send?.({ url: server.url, passports, token, bodies, bareUrl: await bare.getUrl() });
