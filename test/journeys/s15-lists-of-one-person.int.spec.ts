// Lists of whom the data manager found to be one person: whoever has to do with either record is proposed what stands in both (views.md,
// V14 and S15; ADR 71).
import { jest } from '@jest/globals';
import { decideMatch, unmerge } from '#admission';
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';
import { matchId } from '#learner-file';
import { BlackCountry, NOBODY } from './black-country.ts';
import { adviser, programme, referral } from './told.ts';
import { registration } from './town.ts';

jest.setTimeout(60_000);

const ULN = '3104690978';
const BORN = { dateOfBirth: '2010-02-03', postcode: 'WV1 1AA' };
const PURPOSES = 'support-learner, deliver-programme';

let country: BlackCountry;

/** Careers advises John and refers him to the college; the provider has registered a Jon without his number, and begun with him. */
beforeEach(async () => {
  country = await BlackCountry.open('2026-10-05');
  const { town } = country;
  await town.tell('connexions-north', registration(ULN, 'c-1', { ...BORN, givenName: 'John', familyName: 'Smyth' }));
  await town.tell('connexions-north', adviser(ULN), referral(ULN, 'wulfrun'), referral(ULN, 'bct'));
  await town.tell('wulfrun', registration(ULN, 'w-1', { ...BORN, givenName: 'John', familyName: 'Smyth' }), programme(ULN, 'w-p'));
  const jon = { localId: 'bct-1', givenName: 'Jon', familyName: 'Smyth', ...BORN };
  await town.tell('bct', { type: 'learner.registered', subject: 'local:bct-1', data: jon });
  await town.tell('bct', underJon(programme(ULN, 'b-p')));
});
afterEach(() => country.town.close());

const underJon = (event: EventToSend): EventToSend => ({ ...event, subject: 'local:bct-1' });

const pair = async (): Promise<string> => {
  const { streams } = country.town.node;
  const learners = [{ uln: ULN }, { agency: 'bct', localId: 'bct-1' }].map(async (identifier) => {
    const [{ learner = '' } = {}] = (await streams.identifiers.load(streams.streamOf(identifier))).state;
    return learner;
  });
  return matchId('possible-match', await Promise.all(learners));
};

const programmes = async (agency: AgencySlug, list = 'risk-assessments'): Promise<readonly unknown[]> =>
  (await country.list(agency, list, PURPOSES)).rows.map(({ programmeId }) => programmeId).sort();

const seen = () => Promise.all(['connexions-north', 'wulfrun', 'bct'].map((agency) => programmes(agency)));

const APART = [['w-p'], ['w-p'], ['b-p']];

it('each agency is shown what stands in either record, once, and after the un-merge what stood in its own', async () => {
  expect(await seen()).toEqual(APART);
  const match = await pair();
  expect(await decideMatch(country.town.node, { match, outcome: 'same', reason: 'One certificate.' })).toMatchObject({ ok: true });
  expect(await seen()).toEqual([['b-p', 'w-p'], ['w-p'], ['b-p']]);
  await country.town.tell(
    'bct',
    underJon({
      type: 'review.held',
      data: { reviewId: 'v-1', programmeId: 'b-p', heldOn: '2026-10-01', attendees: ['learner'], summary: 'Well.' },
    }),
  );
  expect(await programmes('connexions-north', 'reviews?state=held')).toEqual(['b-p']);
  expect(await unmerge(country.town.node, { match, reason: 'Twins.' })).toMatchObject({ ok: true });
  expect(await seen()).toEqual(APART);
  expect(await programmes('connexions-north', 'reviews?state=held')).toEqual([]);
});

it('strangers are shown nobody, before, while and after they are one', async () => {
  const nobody = () => country.strangers('risk-assessments', PURPOSES, ['connexions-south', 'forge', 'hts']);
  expect(await nobody()).toEqual(NOBODY);
  const match = await pair();
  await decideMatch(country.town.node, { match, outcome: 'same', reason: 'One certificate.' });
  expect(await nobody()).toEqual(NOBODY);
  await unmerge(country.town.node, { match, reason: 'Twins.' });
  expect(await nobody()).toEqual(NOBODY);
});
