// S22: an achievement that two agencies recorded stands in the data manager's queue, and in no other agency's (views.md).
import { jest } from '@jest/globals';
import { AISHA, BEN, BlackCountry, registered } from './black-country.ts';
import { Offices } from './offices.ts';
import { nothingBy, refusedBy, waysOf } from './strangers-ways.ts';
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

describe('once more, with strangers asking', () => {
  const filters = ['agency=bct', 'agency=wulfrun&state=open', 'state=open', 'state=waived', 'on=2026-08-09'];
  const ask = (agency: string, search: string, headers: Readonly<Record<string, string>> = {}) =>
    country.list(agency, `data-quality/duplicates?${search}`, QUALITY, headers);
  const ways = async () => ({ filters, cursor: (await manager('?limit=1')).next ?? '' });

  it.each(['hts', 'forge', 'connexions-south', 'st-chads', 'jobcentre-wv', 'castings', 'lsc', 'council', 'wv-partnership'])(
    '%s finds nothing by page, filter, file, or behind the data manager’s page',
    async (agency) => {
      const all = await ways();
      expect(all.cursor).not.toBe('');
      expect(await waysOf(ask, agency, all)).toEqual(nothingBy(all));
    },
  );

  it('an agency of which one of two stands in a pair is told of none, by the other’s name neither', async () => {
    const all = await ways();
    expect(await waysOf(ask, 'wulfrun', all)).toEqual(nothingBy(all));
    expect(lines((await asked('bct', '?agency=wulfrun')).rows)).toEqual([]);
  });

  it('whose tie has ended is told of its own pair still, and of no more than that', async () => {
    await country.tell(
      '2026-08-09',
      'bct',
      about(BEN, 'programme.left-early', { programmeId: 'p-b', leftOn: '2026-08-09', reason: 'other' }),
    );
    expect(lines((await asked('bct')).rows)).toEqual(TWO.slice(1));
    const all = await ways();
    const { rows, lines: inFile } = Object.fromEntries((await waysOf(ask, 'bct', all)).map((one) => [one.way, one]))['file'] ?? {};
    expect([rows, inFile]).toEqual([0, 1]);
  });

  it('an office that the agreement does not name is refused in each of these ways', async () => {
    const all = await ways();
    // Before anything that it sends is looked at, another's cursor too.
    const refused = refusedBy(all).map((one) => ({ ...one, status: 403, code: 'not-permitted' }));
    for (const office of ['dpo-partnership', 'operator'] as const) {
      const authorization = `Bearer ${await offices.token(office, country.clock)}`;
      const askAs = (_: string, search: string, headers: Readonly<Record<string, string>>) =>
        ask('', search, { ...headers, authorization });
      expect(await waysOf(askAs, office, all)).toEqual(refused);
    }
  });

  it('no agency waives a pair, nor learns from trying whether there is one', async () => {
    const authorization = await offices.token('data-manager', country.clock);
    const issues = await country.list('', 'data-quality/issues?rule=achievement-twice', QUALITY, {
      authorization: `Bearer ${authorization}`,
    });
    const waive = async (agency: string, position: string) => {
      const response = await fetch(`${country.town.server.url}/v1/data-quality/issues/${position}/waive`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await country.town.tokenOf(agency)}`, purpose: QUALITY, 'content-type': 'application/json' },
        body: JSON.stringify({ rule: 'achievement-twice', reason: 'document-seen' }),
      });
      return [response.status, ((await response.json()) as { readonly code: string }).code];
    };
    const [there, elsewhere] = [String(issues.rows[0]?.['position']), '1'];
    for (const agency of ['bct', 'wulfrun', 'hts']) {
      const refused = await waive(agency, there);
      expect(refused[0]).toBeGreaterThanOrEqual(400);
      expect(await waive(agency, elsewhere)).toEqual(refused);
    }
    expect(lines((await manager('?state=waived')).rows)).toEqual([]);
  });
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
