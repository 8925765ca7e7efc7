// S7: places agreed for young people under supervision are known to those who agree them; who takes them is no part of it.
import { jest } from '@jest/globals';
import type { AgencySlug } from '#kernel';
import { fixedClock } from '#kernel';
import { BLACK_COUNTRY } from './black-country.ts';
import { type Listed, listed } from './things-listed.ts';
import { MORNING } from './told.ts';
import { Town } from './town.ts';

jest.setTimeout(120_000);
let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING), cast: BLACK_COUNTRY, following: true });
});
afterAll(() => town.close());

const ask = (agency: string, search = ''): Promise<Listed> =>
  listed(town, { view: 'youth-justice-quota', path: 'youth-justice/quota', agency }, { search });
const agreed = (agency: AgencySlug, provider: AgencySlug, places: number, year = '2026/27') =>
  town.tell(agency, { type: 'quota.agreed', data: { provider, programmeKind: 'e2e', places, year, cohortSize: 3 } });

it('the last word of each counts, and what is used is told by no list', async () => {
  await agreed('city-yot', 'hts', 6);
  await agreed('city-yot', 'hts', 8);
  await agreed('lsc', 'bct', 4);
  await agreed('lsc', 'bct', 5, '2025/26');
  for (const agency of ['lsc', 'city-yot']) {
    const { rows, text } = await ask(agency);
    expect(rows.map(({ provider, agreed: places, used, remaining, year, by }) => [provider, places, used, remaining, year, by])).toEqual([
      ['bct', 4, null, null, '2026/27', 'lsc'],
      ['hts', 8, null, null, '2026/27', 'city-yot'],
      ['bct', 5, null, null, '2025/26', 'lsc'],
    ]);
    expect(text).not.toContain('cohortSize');
  }
  expect((await ask('lsc', 'year=2025/26&provider=bct')).rows).toMatchObject([{ agreed: 5, via: [{ clause: 'own' }] }]);
  expect((await ask('lsc', 'provider=hts')).rows[0]?.via).toMatchObject([{ clause: 'youth-justice@1#YJ6', level: 'summary' }]);
});

it('nobody else is told, the provider included, and all in the same words', async () => {
  for (const agency of ['hts', 'connexions-north', 'st-chads', 'castings', 'ebp-black-country']) {
    const told = await ask(agency);
    const nothing = await ask(agency, 'provider=nobody');
    const words = ({ status, text }: Listed): unknown => [status, text.replaceAll(/"position":"\d+"/g, '')];
    expect([told.status, told.code]).toEqual([403, 'not-permitted']);
    expect(words(told)).toEqual(words(nothing));
  }
});
