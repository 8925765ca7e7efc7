// S25: the risk of failing is assessed once for everyone, whoever referred them, and who is overdue is listed (E2E pp. 23–24).
import { jest } from '@jest/globals';
import { AISHA, assigned, BlackCountry, DEV, NOBODY, registered } from './black-country.ts';
import { about, linkConfirmed, linkAdviser, programme, referral } from './told.ts';
import { assessment } from './town.ts';

jest.setTimeout(120_000);

const PURPOSES = 'support-learner, deliver-programme';
const NORTH = 'connexions-north';
let country: BlackCountry;

const risk = (uln: string, assessedOn: string) =>
  assessment(uln, { framework: 'risk-of-failing', domain: 'whole', assessedOn, outcome: { level: 'medium', summary: 'Some.' } });
const listed = async (agency: string, search = '') =>
  (await country.list(agency, `risk-assessments${search}`, PURPOSES)).rows.map(({ programmeId, state, by, due }) => [
    programmeId,
    state,
    by,
    due,
  ]);

beforeAll(async () => {
  country = await BlackCountry.open('2026-07-01');
  await country.tell(
    '2026-07-01',
    NORTH,
    linkAdviser('hts'),
    registered(AISHA, 'Aisha'),
    assigned(AISHA),
    risk(AISHA, '2026-07-01'),
    referral(AISHA, 'hts'),
  );
  await country.tell('2026-07-02', 'hts', linkConfirmed(NORTH), registered(AISHA, 'Aisha'), registered(DEV, 'Dev'));
  const start = { startedOn: '2026-09-07', plannedEnd: '2027-03-01' };
  await country.tell('2026-09-02', 'hts', referral(DEV, 'hts', { route: 'self' }));
  await country.tell('2026-09-07', 'hts', programme(DEV, 'p-dev', start), programme(AISHA, 'p-aisha', start));
  await country.tell('2026-09-08', NORTH, registered(DEV, 'Dev'), assigned(DEV, 'Priya Shah'));
  await country.tell('2026-09-09', NORTH, about(DEV, 'adviser.informed', { programmeId: 'p-dev', of: 'hts', on: '2026-09-09' }));
});
afterAll(() => country.close());

it('one of July counts for the start of September, and is due again when it ends', async () => {
  country.day('2026-09-29');
  for (const agency of ['hts', NORTH])
    expect(await listed(agency)).toEqual([
      ['p-aisha', 'valid', NORTH, '2026-09-29'],
      ['p-dev', 'due', null, '2026-10-05'],
    ]);
});

it('on the day after the fourth week whoever was not assessed is overdue, a self-referral like any other', async () => {
  country.day('2026-10-06');
  for (const agency of ['hts', NORTH])
    expect(await listed(agency)).toEqual([
      ['p-aisha', 'expired', NORTH, '2026-09-29'],
      ['p-dev', 'missing', null, '2026-10-05'],
    ]);
  expect(await listed('hts', '?state=missing')).toHaveLength(1);
});

it('assessed by one it is assessed for all: the second attempt is met with the first', async () => {
  await country.tell('2026-10-07', 'hts', risk(DEV, '2026-10-07'));
  country.day('2026-10-08');
  const [receipt] = await country.town.send(NORTH, risk(DEV, '2026-10-08'));
  expect(receipt).toMatchObject({ outcome: 'already-captured', existing: { framework: 'risk-of-failing', assessedOn: '2026-10-07' } });
  for (const agency of ['hts', NORTH])
    expect((await listed(agency, '?state=valid')).map(([id, , by]) => [id, by])).toEqual([['p-dev', 'hts']]);
});

it('is nothing to strangers, and the level nothing to a link adviser who is no more than that', async () => {
  expect(await country.strangers('risk-assessments', PURPOSES)).toEqual(NOBODY);
  const { text } = await country.list('lsc', 'risk-assessments', PURPOSES);
  expect(text).not.toContain('medium');
});
