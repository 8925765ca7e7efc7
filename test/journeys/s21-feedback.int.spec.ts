// S21: what young people say of an agency is heard where six or more spoke in a quarter, when it is over, and never by whom (views.md).
import { jest } from '@jest/globals';
import { AISHA, BEN, BlackCountry, CHLOE, DEV, EWAN, FARAH, registered } from './black-country.ts';
import { about, referral } from './told.ts';

jest.setTimeout(120_000);

const [IMPROVE, NORTH] = ['improve-provision', 'connexions-north'];
const LEARNERS = [AISHA, BEN, CHLOE, DEV, EWAN, FARAH];
let country: BlackCountry;

const given = (comment: string, theme = 'travel', agency = 'hts') => ({ about: agency, theme, rating: 2, comment });
const says = (uln: string, comment: string, theme?: string) => about(uln, 'feedback.given', given(comment, theme));
const feedback = async (agency: string, search = '') => (await country.list(agency, `feedback${search}`, IMPROVE)).rows;
const READERS = ['hts', 'lsc', 'wv-partnership'];

beforeAll(async () => {
  country = await BlackCountry.open('2026-07-01');
  await country.tell('2026-07-01', NORTH, ...LEARNERS.map((uln, place) => registered(uln, `Pupil${place}`)), referral(FARAH, 'hts'));
  await country.tell(
    '2026-07-10',
    NORTH,
    ...LEARNERS.slice(0, 5).map((uln, place) => says(uln, `The bus is late (${place}), says pupil${place}.`)),
  );
  // One voice, however often it speaks; and one that the agency concerned recorded itself.
  await country.tell('2026-07-20', NORTH, says(AISHA, 'The bus is late again'));
  await country.tell('2026-07-21', 'hts', registered(FARAH, 'Pupil5'), says(FARAH, 'They asked me themselves'));
});
afterAll(() => country.close());

it('five voices of others are not heard, nor six before the quarter is over', async () => {
  expect(await feedback('hts', '?on=2026-10-01')).toEqual([]);
  expect(await feedback('lsc')).toEqual([]);
});

it('six are heard all together when the quarter is over, with the month alone and by nobody', async () => {
  await country.tell('2026-08-03', 'wv-partnership', { type: 'feedback.given', data: given('More tools', 'workshops') });
  country.day('2026-09-30');
  expect(await feedback('wv-partnership')).toEqual([]);
  // Nor by asking as of a day to come.
  for (const agency of ['hts', 'lsc']) expect(await feedback(agency, '?on=2026-10-01')).toEqual([]);
  country.day('2026-10-01');
  for (const agency of ['hts', 'lsc']) {
    const rows = await feedback(agency);
    expect(rows).toMatchObject([
      { about: 'hts', theme: 'travel', quarter: '2026-Q3', answers: [], due: '2026-11-11', overdue: false },
      { theme: 'workshops', comments: [{ month: '2026-08', text: 'More tools' }] },
    ]);
    const { text } = await country.list(agency, 'feedback', IMPROVE);
    expect(text).not.toMatch(/psn:|pupil|2026-07-\d|connexions-north|localId/i);
  }
  expect((await feedback('hts'))[0]?.['comments']).toHaveLength(6);
});

it('what the asker recorded itself is neither counted nor told to it', async () => {
  expect(JSON.stringify(await feedback('hts'))).not.toContain('asked me themselves');
  expect(JSON.stringify(await feedback('lsc'))).toContain('asked me themselves');
  // Without the one that it recorded, the partnership is left with six of learners.
  expect((await feedback('wv-partnership')).map(({ theme }) => theme)).toEqual(['travel']);
});

it('an answer stands beside, and where there is none within six weeks that shows', async () => {
  country.day('2026-11-12');
  expect(await feedback('lsc', '?theme=travel')).toMatchObject([{ overdue: true, answeredInDays: null }]);
  const data = { about: 'hts', theme: 'Travel', period: '2026-Q3', action: 'Bus passes from January' };
  await country.tell('2026-11-13', 'hts', { type: 'feedback.answered', data });
  for (const agency of READERS)
    expect(await feedback(agency, '?theme=travel&quarter=2026-Q3&about=hts')).toMatchObject([
      { overdue: false, answeredInDays: 44, answers: [{ by: 'hts', on: '2026-11-13', action: 'Bus passes from January' }] },
    ]);
});

it('what one says later counts in the quarter in which it comes', async () => {
  await country.tell('2026-11-14', NORTH, says(BEN, 'Later', 'food'));
  expect(await feedback('lsc', '?theme=food&on=2027-01-02')).toEqual([]);
});

it('is nothing to whom it is not about', async () => {
  for (const agency of ['bct', 'wulfrun', 'st-chads', 'connexions-south', NORTH])
    expect([agency, await feedback(agency)]).toEqual([agency, []]);
});
