// Oversight of one person who was two records: consents of both are one person’s, and a day before the merge is told as the two records
// that there were (views.md, S15; ADR 45 and 52).
import { jest } from '@jest/globals';
import { decideMatch } from '#admission';
import type { OfficeAsker } from '#access';
import type { AgencySlug, LearnerId } from '#kernel';
import { matchId } from '#learner-file';
import { BlackCountry } from './black-country.ts';
import { about, adviser, programme, referral } from './told.ts';
import { assessment, consent, registration } from './town.ts';

jest.setTimeout(60_000);

const ULN = '3104690978';
const JON = 'local:bct-1';
const BORN = { dateOfBirth: '2010-02-03', postcode: 'WV1 1AA' };
const OFFICER: OfficeAsker = { office: 'dpo-partnership' };
const BEFORE = '2026-10-05';

let country: BlackCountry;
let person: LearnerId;
let jon: LearnerId;
beforeAll(async () => {
  country = await BlackCountry.open(BEFORE);
  const { town } = country;
  await town.tell('connexions-north', registration(ULN, 'c-1', { ...BORN, givenName: 'John', familyName: 'Smyth' }));
  await town.tell('connexions-north', adviser(ULN), referral(ULN, 'wulfrun'), assessment(ULN), consent(ULN, 'k-1'));
  await town.tell('wulfrun', registration(ULN, 'w-1', { ...BORN, givenName: 'John', familyName: 'Smyth' }), programme(ULN, 'w-p'));
  const data = { localId: 'bct-1', givenName: 'Jon', familyName: 'Smyth', ...BORN };
  await town.tell('bct', { type: 'learner.registered', subject: JON, data });
  await town.tell('bct', { ...programme(ULN, 'b-p'), subject: JON }, { ...consent(ULN, 'k-jon'), subject: JON });
  [person, jon] = [await idOf({ uln: ULN }), await idOf({ agency: 'bct', localId: 'bct-1' })];
  await read('wulfrun', `uln:${ULN}`);
  await read('bct', JON);
  country.day('2026-10-06');
  const merged = await decideMatch(town.node, { match: matchId('possible-match', [person, jon]), outcome: 'same', reason: 'The same.' });
  expect(merged.ok).toBe(true);
  country.day('2026-10-07');
  await read('wulfrun', `uln:${ULN}`);
  await town.tell('connexions-north', about(ULN, 'consent.withdrawn', { consentId: 'k-1', by: 'learner' }));
  await read('wulfrun', `uln:${ULN}`);
});
afterAll(() => country.town.close());

const idOf = async (
  identifier: { readonly uln: string } | { readonly agency: AgencySlug; readonly localId: string },
): Promise<LearnerId> => {
  const { streams } = country.town.node;
  const [{ learner = '' } = {}] = (await streams.identifiers.load(streams.streamOf(identifier))).state;
  return learner;
};
const read = (agency: AgencySlug, ref: string) => country.town.passport(agency, 'plan-learning', ref);
const asOf = async (agency: AgencySlug, day: string) => {
  const asked = { agency, day, purpose: 'plan-learning' };
  const answer = await country.town.node.oversight.asOf({ asker: OFFICER, learner: person, asked });
  if (answer.outcome !== 'answered' || answer.told === undefined) throw new Error('It was refused.');
  return answer.told;
};
const decisionsOf = async (agency: AgencySlug) => {
  const answer = await country.town.node.gate.audit({ asker: OFFICER, learner: person, parameters: {} });
  if (answer.outcome !== 'answered') throw new Error('It was refused.');
  return answer.told.filter(({ recipient }) => recipient === agency).toReversed();
};

describe('one person who was two records', () => {
  it('is overseen as one, under the id of either', async () => {
    const { oversight } = country.town.node;
    const [one, other] = await Promise.all([jon, person].map((learner) => oversight.overview({ asker: OFFICER, learner })));
    expect(one).toMatchObject({ told: { consents: [{ id: 'connexions-north/k-1', status: 'withdrawn' }] } });
    const { learner, consents } = (other?.outcome === 'answered' && other.told) || { learner: '', consents: [] };
    expect(one).toMatchObject({ told: { learner, consents } });
    const life = await oversight.consent({ asker: OFFICER, learner: jon, consent: 'connexions-north/k-1' });
    expect(life).toMatchObject({
      told: {
        relied: [{ recipient: 'wulfrun' }, { recipient: 'wulfrun' }],
        withdrawal: { reliedOnAfter: 0, firstAfter: { recipient: 'wulfrun', became: 'on-another-ground' } },
      },
    });
  });

  it('could be seen before the merge as each record was, and after it as one', async () => {
    const [first, second] = await decisionsOf('wulfrun');
    expect((await asOf('wulfrun', BEFORE)).permitted).toEqual(first?.permitted);
    const [bct] = await decisionsOf('bct');
    expect((await asOf('bct', BEFORE)).permitted).toEqual(bct?.permitted);
    expect(second?.permitted).not.toEqual([]);
    const [, , third] = await decisionsOf('wulfrun');
    expect((await asOf('wulfrun', '2026-10-07')).permitted).toEqual(third?.permitted);
  });
});
