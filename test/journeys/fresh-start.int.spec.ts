// What a broker holds in memory is what its log says: one that has just started decides as the one that took all in (invariant 9).
import type { Disclosure } from '#disclosure';
import { fixedClock } from '#kernel';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { CLAUSE_CAST, consentFor, FOUNDER, vouchersFor } from './clauses/clause-case.ts';
import { e2ePassport } from './clauses/e2e-passport.ts';
import { otherProtocols } from './clauses/other-protocols.ts';
import { assessment, consent, registration, Town, ulnOf } from './town.ts';
import { about, adviser, MORNING, programme, referral } from './told.ts';

const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock, cast: CLAUSE_CAST });
});
afterAll(() => town.close());

const ulns: string[] = [];
const newLearner = async (agencies: readonly string[]): Promise<string> => {
  const uln = ulnOf(ulns.length + 1);
  ulns.push(uln);
  for (const slug of new Set(agencies)) await town.send(slug, registration(uln, `${slug}-${uln}`));
  return uln;
};

/** Of every clause, with its consent. */
const tellClauses = async (): Promise<void> => {
  for (const one of [...e2ePassport, ...otherProtocols]) {
    const story = one.story('', one.reader);
    const agencies = [one.reader, 'social', ...story.map(({ by }) => by)];
    const uln = await newLearner([FOUNDER, ...agencies]);
    for (const event of vouchersFor(uln, agencies.slice(1))) await town.tell(FOUNDER, event);
    for (const { by, event } of one.story(uln, one.reader)) await town.send(by, event);
    if (one.consent) await town.tell('social', consentFor(one, uln, one.reader));
  }
};

/** What clauses do not tell: consents that change, assessments apart and superseded, objections, doubts, endings. */
const tellChanges = async (): Promise<void> => {
  const uln = await newLearner(['careers', 'forge', 'anvil']);
  const superseding = { assessmentId: 'third', supersedes: { assessmentId: 'first', reason: 'not-comprehensive' as const } };
  await town.tell(
    'careers',
    adviser(uln),
    referral(uln, 'forge', { referralId: 'r-1' }),
    consent(uln, 'c-1'),
    assessment(uln, { assessmentId: 'first' }),
  );
  await town.tell('anvil', assessment(uln, { assessmentId: 'apart' }));
  await town.tell('anvil', about(uln, 'assessment.rectified', { assessmentId: 'apart', reason: 'x', instrument: 'y' }));
  await town.send('forge', assessment(uln, { assessmentId: 'second' }));
  await town.tell('forge', about(uln, 'assessment.disputed', { assessmentId: 'first', reason: 'x' }), assessment(uln, superseding));
  await town.tell('careers', about(uln, 'consent.paused', { consentId: 'c-1', by: 'learner' }));
  await town.tell('careers', consent(uln, 'c-2', { recipients: ['forge'], expires: '2026-10-05' }));
  await town.tell('careers', about(uln, 'objection.raised', { scope: { purposes: ['deliver-programme'] }, reason: 'x' }));
  await town.tell('careers', about(uln, 'restriction.requested', { scope: { recipients: ['college'] }, reason: 'x' }));
  await town.tell('forge', programme(uln, 'p-1'), about(uln, 'learner.corrected', { postcode: 'B1 1AA', givenName: 'Zoë', reason: 'x' }));
  const declined = await newLearner(['careers']);
  await town.tell('careers', referral(declined, 'forge', { referralId: 'r-2' }));
  await town.tell('forge', about(declined, 'referral.declined', { referralId: 'r-2' }));
};

type Shown = Exclude<Disclosure, { outcome: 'not-known' }>;

/** What each agency of the town is told of each learner, but for where the decision stands in the log. */
const answersOf = async ({ gate, registers }: BrokerNode): Promise<readonly unknown[]> => {
  const purposes = [...registers.inForce('2026-10-01').purposes];
  const answers: unknown[] = [];
  for (const uln of ulns) {
    for (const { slug } of CLAUSE_CAST) {
      const page = { after: 0, limit: 200 };
      const inquiry = {
        asker: { agency: slug },
        ref: `uln:${uln}`,
        purposes,
        page,
        asked: 'passport',
      } as const;
      const { position: _, ...answer } = (await gate.ask(inquiry)) as Shown;
      answers.push({ uln, slug, ...answer });
    }
  }
  return answers;
};

describe('a broker that has just started', () => {
  it('tells every agency of every learner what the one before it did, and meets contributions as that would', async () => {
    await tellClauses();
    await tellChanges();
    const before = await answersOf(town.node);
    const started = await openNode(parseConfig({ CONCORDAT_DATA: town.data, PORT: '0', CONCORDAT_ISSUER: 'http://town.example' }), {
      clock,
    });
    try {
      expect(await answersOf(started)).toEqual(before);
      const uln = ulns.at(-2) ?? '';
      const again = { ...assessment(uln, { assessmentId: 'again' }), id: 'again' };
      const [receipt] = await started.intake.receive(Buffer.from(await town.jws('anvil', town.event('anvil', again))), 'http', {
        reader: 'anvil',
      });
      expect(receipt).toMatchObject({ outcome: 'already-captured', existing: { assessmentId: 'apart' } });
      expect(await town.send('anvil', again)).toEqual([{ ...receipt, outcome: 'duplicate' }]);
    } finally {
      await started.close();
    }
    expect(before.length).toBeGreaterThan(400);
  }, 120_000);
});
