// S18: a workplace is risk-assessed once for all who place young people there; a provider's own assessment reaches no other provider.
import { jest } from '@jest/globals';
import { fixedClock } from '#kernel';
import { BLACK_COUNTRY } from './black-country.ts';
import { type Listed, listed } from './things-listed.ts';
import { MORNING } from './told.ts';
import { Town } from './town.ts';

jest.setTimeout(120_000);
const clock = fixedClock(MORNING);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock, cast: BLACK_COUNTRY, following: true });
});
afterAll(() => town.close());

const ask = (agency: string, search = ''): Promise<Listed> => listed(town, { view: 'workplaces', agency }, { search });
const HOTEL = { employer: 'The Grand Hotel', area: 'WV10', on: '2026-05-04', result: 'Kitchen sound', outcome: 'suitable' } as const;

it('what the EBP assessed in May spares everybody a second inspection', async () => {
  await town.tell('ebp-black-country', { type: 'workplace.risk-assessed', data: HOTEL });
  for (const agency of ['bct', 'hts', 'connexions-north', 'ebp-black-country']) {
    const { rows } = await ask(agency, 'employer=the+grand+HOTEL&area=wv10');
    expect(rows).toMatchObject([
      { employer: 'The Grand Hotel', outcome: 'suitable', by: 'ebp-black-country', validUntil: '2027-05-04', state: 'valid' },
    ]);
  }
  expect((await ask('bct')).rows[0]?.via).toMatchObject([
    { clause: 'placement-matching@1#PM4', basis: 'not personal', purpose: 'match-placement' },
  ]);
  expect((await ask('bct', 'on=2027-05-05')).rows).toMatchObject([{ state: 'expired' }]);
});

it("a provider's own reaches the EBP and the careers service, and itself", async () => {
  await town.tell('bct', {
    type: 'workplace.risk-assessed',
    data: { employer: 'Penn Joinery', on: '2026-09-20', result: 'Guards missing' },
  });
  const seenBy: string[] = [];
  for (const { slug } of BLACK_COUNTRY) if ((await ask(slug, 'employer=Penn+Joinery')).rows.length > 0) seenBy.push(slug);
  expect(seenBy).toEqual(['connexions-north', 'connexions-south', 'bct', 'ebp-black-country']);
});

it('a rival that assesses the same workplace displaces nothing of it, and learns nothing', async () => {
  await town.tell('hts', { type: 'workplace.risk-assessed', data: { employer: 'Penn Joinery', on: '2026-09-30', result: 'Fine' } });
  expect((await ask('hts', 'employer=Penn+Joinery')).rows.map(({ by }) => by)).toEqual(['hts']);
  expect((await ask('ebp-black-country', 'employer=Penn+Joinery')).rows.map(({ by }) => by)).toEqual(['hts', 'bct']);
});

it('a stranger is refused, in the same words whatever it asks', async () => {
  for (const agency of ['wulfrun', 'lsc', 'city-yot']) {
    const [one, other] = [await ask(agency, 'employer=Penn+Joinery'), await ask(agency, 'employer=Nobody')];
    const words = ({ status, text }: Listed): unknown => [status, text.replaceAll(/"position":"\d+"/g, '')];
    expect(one).toMatchObject({ status: 403, code: 'not-permitted' });
    expect(words(one)).toEqual(words(other));
  }
});
