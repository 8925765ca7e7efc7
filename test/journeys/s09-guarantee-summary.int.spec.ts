// S9: the Guarantee in figures for the weekly meeting: a count of the rows that the asker may list, and of nobody else (views.md).
import { jest } from '@jest/globals';
import { AISHA, BEN, BlackCountry, CHLOE, EWAN, registered } from './black-country.ts';
import { allDecisions } from './recorded-decisions.ts';
import { about, referral } from './told.ts';

jest.setTimeout(120_000);

const GUARANTEE = 'guarantee-place';
const YEAR_11 = { dateOfBirth: '2010-11-02', postcode: 'WV1 1AA' };
let country: BlackCountry;

const summary = async (agency: string, search = 'cohort=2027') =>
  (await country.list(agency, `guarantee/summary?${search}`, GUARANTEE)).rows;
const offer = (offerId: string) => ({ offerId, cohort: '2027', provision: 'Joinery', startsOn: '2027-09-06' });

beforeAll(async () => {
  country = await BlackCountry.open('2027-01-10');
  await country.tell(
    '2027-01-10',
    'st-chads',
    registered(CHLOE, 'Chloe', YEAR_11),
    registered(EWAN, 'Ewan', YEAR_11),
    registered(AISHA, 'Aisha', { ...YEAR_11, dateOfBirth: '2009-11-02' }),
    registered(BEN, 'Ben', { ...YEAR_11, postcode: 'B1 1AA' }),
    referral(CHLOE, 'bct', { route: 'school' }),
  );
  await country.tell('2027-05-26', 'bct', registered(CHLOE, 'Chloe', YEAR_11), about(CHLOE, 'offer.made', offer('o-1')));
  await country.tell('2027-06-02', 'bct', about(CHLOE, 'offer.accepted', offer('o-1')));
  country.day('2027-06-07');
});
afterAll(() => country.close());

const NOUGHTS = { learners: 0, inLearning: 0, accepted: 0, placed: 0, offerHeld: 0, applied: 0, noApplication: 0, attention: 0 };

it('counts those whom the asker may list, as they stand on the day', async () => {
  for (const agency of ['connexions-north', 'council'])
    expect(await summary(agency)).toMatchObject([
      { ...NOUGHTS, on: '2027-06-07', deadline: '2027-09-30', learners: 2, accepted: 1, noApplication: 1, attention: 1 },
    ]);
  expect(await summary('connexions-south')).toMatchObject([{ ...NOUGHTS, learners: 1, noApplication: 1, attention: 1 }]);
  expect(await summary('council', 'cohort=2027&year-group=12')).toMatchObject([
    { ...NOUGHTS, learners: 1, noApplication: 1, attention: 1 },
  ]);
  expect(await summary('council', 'cohort=2027&school=bct')).toMatchObject([NOUGHTS]);
});

it('goes Monday by Monday from the September before, each as of that day', async () => {
  const rows = await summary('connexions-north', 'cohort=2027&weekly=true');
  expect([rows[0]?.['on'], rows.length, rows.at(-1)?.['on']]).toEqual(['2026-09-07', 40, '2027-06-07']);
  expect(rows.slice(-3).map(({ on, offerHeld, accepted }) => [on, offerHeld, accepted])).toEqual([
    ['2027-05-24', 0, 0],
    ['2027-05-31', 1, 0],
    ['2027-06-07', 0, 1],
  ]);
});

it('counts for the funder the offers that it may see, for a provider its own alone, and is refused as the list is', async () => {
  expect(await summary('lsc')).toMatchObject([{ learners: 1, accepted: 1, noApplication: 0 }]);
  expect(await summary('bct')).toMatchObject([{ learners: 1, accepted: 1 }]);
  for (const path of ['guarantee', 'guarantee/summary']) {
    const { status, text } = await country.list('hts', path, GUARANTEE);
    expect([path, status, (JSON.parse(text) as { code: string }).code]).toEqual([path, 403, 'not-permitted']);
  }
});

it('names nobody, says on which grounds it counts, and is on record with each who was counted', async () => {
  const { text, rows } = await country.list('council', 'guarantee/summary?cohort=2027', GUARANTEE);
  expect(text).not.toMatch(/psn:|Chloe|Example/);
  expect(rows[0]?.via.map(({ clause }) => clause)).toContain('september-guarantee@1#SG2');
  const counted = (await allDecisions(country.town)).filter(({ decided }) => decided.asked === 'guarantee/summary');
  expect(new Set(counted.map(({ decided }) => decided.recipient))).toEqual(
    new Set(['connexions-north', 'connexions-south', 'council', 'lsc', 'bct']),
  );
  const csv = await country.list('council', 'guarantee/summary?cohort=2027', GUARANTEE, { accept: 'text/csv' });
  expect(
    csv.text
      .split('\r\n')
      .slice(0, 2)
      .map((line) => line.split(',').slice(0, 4).join()),
  ).toEqual(['on,learners,inLearning,accepted', '2027-06-07,2,0,1']);
});
