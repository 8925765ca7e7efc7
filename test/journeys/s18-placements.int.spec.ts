// S18: a placement that is sought across boroughs, with consent, is met by a vacancy near by whose workplace was inspected already.
import { jest } from '@jest/globals';
import { BEN, BlackCountry, DEV, registered } from './black-country.ts';
import { about, referral } from './told.ts';
import { consent } from './town.ts';

jest.setTimeout(120_000);

const PURPOSE = 'match-placement';
let country: BlackCountry;

const agreed = (uln: string, consentId: string) =>
  consent(uln, consentId, {
    protocol: 'placement-matching',
    purposes: [PURPOSE],
    categories: ['placement', 'identity'],
    recipients: ['ebp'],
    method: 'signed-form',
    evidence: 'Form 4',
  });
const vacancy = (vacancyId: string, title: string, employer: string, area: string) => ({
  type: 'vacancy.listed' as const,
  data: { vacancyId, title, employer, area },
});

beforeAll(async () => {
  country = await BlackCountry.open('2026-05-04');
  await country.tell('2026-05-04', 'ebp-black-country', {
    type: 'workplace.risk-assessed',
    data: { employer: 'The Grand Hotel', area: 'WV10', on: '2026-05-04', result: 'Kitchen sound', outcome: 'suitable' },
  });
  await country.tell(
    '2026-09-01',
    'connexions-north',
    registered(DEV, 'Dev'),
    registered(BEN, 'Ben'),
    referral(DEV, 'bct'),
    referral(BEN, 'bct'),
  );
  await country.tell('2026-09-02', 'connexions-north', agreed(DEV, 'c-dev'));
  await country.tell('2026-09-02', 'bct', registered(DEV, 'Dev'), registered(BEN, 'Ben'));
  const sought = { occupation: 'Catering', area: 'WV1' };
  await country.tell('2026-09-03', 'bct', about(DEV, 'placement.sought', sought), about(BEN, 'placement.sought', sought));
  await country.tell('2026-09-04', 'jobcentre-wv', vacancy('j-1', 'Kitchen porter', 'The GRAND hotel', 'WV10'));
  await country.tell('2026-09-04', 'hts', vacancy('h-1', 'Commis chef', 'Penn Café', 'WV1'));
  await country.tell('2026-09-04', 'connexions-south', vacancy('s-1', 'Catering assistant', 'Bull Ring', 'B1'));
  await country.tell('2026-09-04', 'castings', vacancy('c-1', 'Pattern maker', 'Castings Ltd', 'WV1'));
});
afterAll(() => country.close());

const EBP = 'ebp-black-country';
const seen = async (agency: string, search = '') => (await country.list(agency, `placements/matches${search}`, PURPOSE)).rows;
const sought = async (agency: string) => (await country.list(agency, 'placements/sought', PURPOSE)).rows;

it('is known to the EBP by given name, occupation and area, where the learner agreed, and is overdue after four weeks', async () => {
  country.day('2026-10-01');
  expect(await sought(EBP)).toMatchObject([
    { givenName: 'Dev', occupation: 'Catering', area: 'WV1', since: '2026-09-03', waitingDays: 28, overdue: false },
  ]);
  const { text } = await country.list(EBP, 'placements/sought', PURPOSE);
  expect(text).not.toMatch(/Example|bct|2010-05-06/);
  country.day('2026-10-02');
  expect(await sought(EBP)).toMatchObject([{ overdue: true }]);
});

it('is met by vacancies of the same kind of work near by, and by nothing else', async () => {
  expect((await seen(EBP)).map(({ title, employer, area, nearness, of }) => [title, employer, area, nearness, of])).toEqual([
    ['Commis chef', 'Penn Café', 'WV1', 'same-area', 'hts'],
    ['Kitchen porter', 'The GRAND hotel', 'WV10', 'neighbouring', 'jobcentre-wv'],
  ]);
  expect((await seen(EBP))[1]).toMatchObject({
    givenName: 'Dev',
    riskAssessed: { on: '2026-05-04', outcome: 'suitable', validUntil: '2027-05-04', by: EBP },
  });
});

it('further off where both areas are of one partnership', async () => {
  await country.tell('2026-10-02', 'wv-partnership', {
    type: 'partnership.declared',
    data: { name: 'Black Country and Birmingham', members: ['bct'], districts: ['WV1', 'B1'] },
  });
  expect((await seen(EBP)).map(({ title, nearness }) => [title, nearness]).at(-1)).toEqual(['Catering assistant', 'same-partnership']);
});

it('is asked for of one learner, and each look is recorded as of this list', async () => {
  const [{ learner } = { learner: null }] = await sought(EBP);
  expect(await seen(EBP, `?sought=${encodeURIComponent(String(learner))}`)).toHaveLength(3);
  expect(await seen(EBP, '?sought=psn:nobody')).toEqual([]);
  expect((await seen(EBP))[0]?.via).toMatchObject(
    expect.arrayContaining([expect.objectContaining({ clause: 'placement-matching@1#PM3', item: 'placement.sought' })]),
  );
});

it('is gone at once when the learner withdraws, and when the vacancy is filled', async () => {
  await country.tell('2026-10-03', 'jobcentre-wv', {
    type: 'vacancy.filled',
    data: vacancy('j-1', 'Kitchen porter', 'The GRAND hotel', 'WV10').data,
  });
  expect((await seen(EBP)).map(({ title }) => title)).not.toContain('Kitchen porter');
  await country.tell('2026-10-04', 'connexions-north', about(DEV, 'consent.withdrawn', { consentId: 'c-dev', by: 'learner' }));
  expect(await seen(EBP)).toEqual([]);
  expect(await sought(EBP)).toEqual([]);
});

it('is nothing to whoever finds no placements', async () => {
  for (const agency of ['wulfrun', 'st-chads', 'lsc', 'castings', 'hts']) {
    for (const path of ['placements/matches', 'placements/sought']) {
      const { status, rows } = await country.list(agency, path, PURPOSE);
      expect([agency, path, status === 403 || rows.length === 0]).toEqual([agency, path, true]);
    }
  }
});
