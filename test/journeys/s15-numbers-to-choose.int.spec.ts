// Which of two ULNs is right is asked where the decision has to say it, and nowhere else, as the match itself tells (views.md, S15; ADR 92)
import { jest } from '@jest/globals';
import { matchId } from '#learner-file';
import { listDataQuality } from '#read-models';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { BlackCountry } from './black-country.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { referral } from './told.ts';
import { registration, ulnOf } from './town.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const [ULN, OTHER] = [ulnOf(1), ulnOf(2)];
const BORN = { dateOfBirth: '2010-02-03', postcode: 'WV1 1AA', givenName: 'John', familyName: 'Smyth' };

let country: BlackCountry;
beforeEach(async () => {
  country = await BlackCountry.open('2026-10-05');
  await country.town.tell('connexions-north', registration(ULN, 'c-1', BORN), referral(ULN, 'wulfrun'));
});
afterEach(() => country.town.close());

interface Shown {
  readonly differOn: readonly string[];
  readonly numbers: readonly { readonly learner: string; readonly ulns: readonly string[]; readonly agencies: readonly string[] }[];
}

const run = async (...words: readonly string[]) =>
  place.run(['data-quality', ...words], { environment: { CONCORDAT_DATA: country.town.data } });
const shown = async (match: string): Promise<Shown> => {
  const { out, err } = await run('show', match);
  expect(err).toBe('');
  return JSON.parse(out) as Shown;
};
const decide = (match: string, ...more: readonly string[]) => run('decide', match, 'same', '--reason', 'A letter was shown.', ...more);
const found = async (): Promise<string> => {
  const { node } = country.town;
  await node.projections.waitFor('data-quality', await node.store.head(), 10_000);
  return (await listDataQuality(node.views, { limit: 1 })).rows[0]?.match ?? '';
};

it('it is asked where one was told in a subject alone, and the two are merged with what the match says', async () => {
  const { town } = country;
  for (const subject of ['local:bct-1', `uln:${OTHER}`])
    await town.tell('bct', { type: 'learner.registered', subject, data: { localId: 'bct-1', ...BORN } });
  const learners = [await learnerIdOf(town, 'connexions-north', `uln:${ULN}`), await learnerIdOf(town, 'bct', 'local:bct-1')];
  const match = await found();
  expect(match).toBe(matchId('possible-match', learners));
  const { numbers, differOn } = await shown(match);
  expect(differOn).not.toContain('uln');
  const told = [
    { learner: learners[0], ulns: [ULN], agencies: ['connexions-north'] },
    { learner: learners[1], ulns: [OTHER], agencies: ['bct'] },
  ];
  expect(numbers).toHaveLength(2);
  expect(numbers).toEqual(expect.arrayContaining(told));
  expect((await decide(match)).err).toContain('in `right`');
  expect((await decide(match, '--right', numbers[0]?.learner ?? '')).err).toBe('');
  expect((await shown(match)).numbers).toEqual([]);
});

it('it is not asked where the two have a number in common, whichever was told last', async () => {
  const { town } = country;
  await town.tell('wulfrun', { type: 'learner.corrected', subject: `uln:${ULN}`, data: { uln: OTHER, reason: 'On the letter.' } });
  await town.tell('hts', registration(ULN, 'h-1', { ...BORN, givenName: 'Ann', familyName: 'Doe', dateOfBirth: '2009-01-01' }));
  const match = await found();
  const { numbers, differOn } = await shown(match);
  expect([match.split('.')[0], differOn.includes('uln'), numbers]).toEqual(['same-number', true, []]);
  const [learner = ''] = match.split('.').slice(1);
  expect((await decide(match, '--right', learner)).err).toContain('in `right`');
  expect((await decide(match)).err).toBe('');
});
