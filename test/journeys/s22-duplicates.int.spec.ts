// S22: an achievement that two agencies recorded stands in the data manager's queue, and in no other agency's (views.md).
import { jest } from '@jest/globals';
import { AISHA, BEN, BlackCountry, registered } from './black-country.ts';
import { Offices } from './offices.ts';
import { about, programme, referral } from './told.ts';

jest.setTimeout(120_000);

const QUALITY = 'assure-data-quality';
let offices: Offices;
let country: BlackCountry;

const achieved = (uln: string, achievementId: string, title: string, awardedOn: string) => ({
  ...about(uln, 'achievement.recorded', { achievementId, kind: 'accredited', title, level: 'level-1', awardedOn }),
  id: `told-${achievementId}`,
});

beforeAll(async () => {
  offices = await Offices.open();
  country = await BlackCountry.open('2026-06-01', offices.environment);
  await country.tell('2026-06-01', 'connexions-north', registered(AISHA, 'Aisha'), registered(BEN, 'Ben'));
  await country.tell('2026-06-01', 'connexions-north', referral(AISHA, 'bct'), referral(AISHA, 'wulfrun'), referral(BEN, 'bct'));
  const started = { startedOn: '2026-06-01', plannedEnd: '2026-12-01' };
  await country.tell('2026-06-01', 'bct', registered(AISHA, 'Aisha'), registered(BEN, 'Ben'));
  await country.tell('2026-06-01', 'bct', programme(AISHA, 'p-a', started), programme(BEN, 'p-b', started));
  await country.tell('2026-06-02', 'wulfrun', registered(AISHA, 'Aisha'), programme(AISHA, 'p-w', { ...started, kind: 'fe-course' }));
  await country.tell('2026-07-05', 'bct', achieved(AISHA, 'a-1', 'Food Safety', '2026-06-04'));
  await country.tell('2026-07-06', 'wulfrun', achieved(AISHA, 'w-1', ' food SAFETY', '2026-07-05'));
  await country.tell('2026-08-07', 'wulfrun', achieved(AISHA, 'w-2', 'Food Safety', '2026-08-06'));
  await country.tell('2026-08-08', 'bct', achieved(BEN, 'b-1', 'First Aid', '2026-07-01'), achieved(BEN, 'b-2', 'First aid', '2026-07-01'));
});
afterAll(async () => {
  await country.close();
  offices.close();
});

const lines = (rows: readonly object[]): readonly string[] =>
  (rows as readonly Readonly<Record<'first' | 'again', Readonly<Record<string, string>>>>[]).map(
    ({ first, again }) => `${first.by} ${first.achievementId}, ${again.by} ${again.achievementId}`,
  );
const asked = async (agency: string, search = '') => country.list(agency, `data-quality/duplicates${search}`, QUALITY);
const manager = async (search = '') => {
  const authorization = `Bearer ${await offices.token('data-manager', country.clock)}`;
  return country.list('', `data-quality/duplicates${search}`, QUALITY, { authorization });
};
const TWO = ['bct a-1, wulfrun w-1', 'bct b-1, bct b-2'];

it('the data manager is shown each pair within 31 days, with whose they are and what they are called', async () => {
  country.day('2026-08-09');
  const { rows, status } = await manager();
  expect([status, lines(rows)]).toEqual([200, TWO]);
  expect(rows[0]).toMatchObject({ title: 'Food Safety', level: 'level-1', daysApart: 31, since: '2026-07-06', state: 'open' });
  expect(rows[0]?.via).toMatchObject([{ item: 'achievement.recorded', clause: 'data-quality@1#DQ1', level: 'summary' }]);
  expect(lines((await manager('?agency=wulfrun')).rows)).toEqual(TWO.slice(0, 1));
});

it('page by page it is the same', async () => {
  const first = await manager('?limit=1');
  const second = await manager(`?limit=1&cursor=${encodeURIComponent(first.next ?? '')}`);
  expect([...lines(first.rows), ...lines(second.rows)].toSorted()).toEqual(TWO);
  expect(second.next).toBeUndefined();
});

it('an agency is told of what it recorded twice itself, and nothing of what another did', async () => {
  expect(lines((await asked('bct')).rows)).toEqual(TWO.slice(1));
  for (const agency of ['wulfrun', 'connexions-north', 'lsc']) expect((await asked(agency)).rows).toEqual([]);
});

it('the queue of issues finds the same, and a pair that was waived or taken back is settled', async () => {
  const authorization = `Bearer ${await offices.token('data-manager', country.clock)}`;
  const issues = await country.list('', 'data-quality/issues?rule=achievement-twice', QUALITY, { authorization });
  expect(issues.rows.map(({ source, since }) => [source, since])).toEqual([
    ['wulfrun', '2026-07-06'],
    ['bct', '2026-08-08'],
  ]);
  const position = issues.rows[0]?.['position'];
  const response = await fetch(`${country.town.server.url}/v1/data-quality/issues/${String(position)}/waive`, {
    method: 'POST',
    headers: { authorization, purpose: QUALITY, 'content-type': 'application/json' },
    body: JSON.stringify({ rule: 'achievement-twice', reason: 'document-seen' }),
  });
  expect(response.status).toBe(200);
  expect(lines((await manager('?state=waived')).rows)).toEqual(TWO.slice(0, 1));
  await country.tell('2026-08-10', 'bct', {
    ...about(BEN, 'record.retracted', { of: 'told-b-2', reason: 'entered-in-error' }),
  });
  expect(lines((await manager()).rows)).toEqual(TWO.slice(0, 1));
  expect((await asked('bct')).rows).toEqual([]);
});
