// A subcontractor works from what its provider works from, while the programme runs (views.md, part 8).
import { jest } from '@jest/globals';
import { BEN, BlackCountry, NOBODY, registered } from './black-country.ts';
import { about, leaving, linesOf, programme, referral } from './told.ts';
import { assessment, consent } from './town.ts';

jest.setTimeout(120_000);

const PURPOSES = 'deliver-programme, plan-learning';
let country: BlackCountry;

beforeAll(async () => {
  country = await BlackCountry.open('2026-09-01');
  await country.tell('2026-09-01', 'connexions-north', registered(BEN, 'Ben'), referral(BEN, 'bct'), assessment(BEN));
  await country.tell(
    '2026-09-02',
    'connexions-north',
    consent(BEN, 'c-1', { recipients: ['bct', 'hts'], method: 'signed-form', evidence: 'Form 1' }),
  );
});
afterAll(() => country.close());

const seen = async (agency: string): Promise<readonly string[] | number> => {
  const told = await country.town.passport(agency, PURPOSES, `uln:${BEN}`);
  return told.status === 200 ? linesOf(told) : told.status;
};

it('sees nothing before, and from then on what clauses give whoever the learner is enrolled with', async () => {
  expect(await seen('hts')).toBe(404);
  await country.tell('2026-09-10', 'bct', registered(BEN, 'Ben'), programme(BEN, 'p-1', { startedOn: '2026-09-10', deliveredAt: 'hts' }));
  expect(await seen('hts')).toEqual(expect.arrayContaining(['learner.identity by EP1', 'assessment.recorded by EP3']));
  expect(await seen('forge')).toBe(404);
});

it('may record reviews and absences of the provider’s programme, and has them in its lists', async () => {
  await country.tell(
    '2026-09-20',
    'hts',
    about(BEN, 'attendance.concern', { programmeId: 'p-1', of: 'bct', on: '2026-09-19', kind: 'absence' }),
    about(BEN, 'review.scheduled', { reviewId: 'v-1', programmeId: 'p-1', of: 'bct', on: '2026-10-01' }),
  );
  const { rows } = await country.list('hts', 'attendance-concerns', 'support-learner');
  expect(rows).toMatchObject([{ programmeId: 'p-1', kind: 'absence' }]);
});

it('sees its own alone from the day after the programme ended, while the provider goes on seeing', async () => {
  await country.tell('2026-10-05', 'bct', leaving(BEN, 'p-1', '2026-10-05'));
  country.day('2026-10-06');
  const left = await seen('hts');
  expect(left).toEqual(expect.not.arrayContaining(['learner.identity by EP1', 'assessment.recorded by EP3']));
  expect(await seen('bct')).toEqual(expect.arrayContaining(['learner.identity by EP1']));
});

it('is told nothing by a provider for whom nobody vouched', async () => {
  await country.tell(
    '2026-10-07',
    'forge',
    registered(BEN, 'Ben'),
    programme(BEN, 'p-2', { startedOn: '2026-10-07', deliveredAt: 'wulfrun' }),
  );
  expect(await seen('wulfrun')).toBe(404);
  expect(await country.strangers('attendance-concerns', 'support-learner', ['wulfrun', 'connexions-south', 'forge'])).toEqual(NOBODY);
});
