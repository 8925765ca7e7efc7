// S20: targets that all partners hold in common; how far they are reached is not counted yet, so no state is told.
import { jest } from '@jest/globals';
import { fixedClock } from '#kernel';
import { BLACK_COUNTRY } from './black-country.ts';
import { refusedBy, waysOf } from './strangers-ways.ts';
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

const ask = (agency: string, search = ''): Promise<Listed> => listed(town, { view: 'targets', agency }, { search });
const figure = (value: number) => ({ measure: 'starts', period: '2026/27', value, scope: 'partnership:wv' });

it('the target for the year is read by every party, beside the benchmark, and without a state', async () => {
  await town.tell('lsc', { type: 'benchmark.published', data: figure(180) }, { type: 'target.set', data: figure(190) });
  await town.tell('wv-partnership', { type: 'target.set', data: figure(200) });
  for (const { slug } of BLACK_COUNTRY) {
    const { rows } = await ask(slug, 'scope=partnership:wv&period=2026/27');
    expect(rows).toMatchObject([
      {
        measure: 'starts',
        target: 200,
        setBy: 'wv-partnership',
        benchmark: 180,
        actual: null,
        forecast: null,
        state: 'no-data',
        warnedOn: null,
      },
    ]);
  }
  const grounds = (await ask('bct')).rows.flatMap(({ via }) => via.map(({ item, clause }) => `${item} by ${clause}`));
  expect(grounds).toEqual(['benchmark.published by planning-intelligence@1#PI2', 'target.set by planning-intelligence@1#PI2']);
});

it('whoever may not set one is refused, and moves nothing', async () => {
  const [receipt] = await town.send('bct', { type: 'target.set', data: figure(1) });
  expect(receipt).toMatchObject({ outcome: 'rejected', problem: { code: 'role-not-allowed' } });
  expect((await ask('bct')).rows).toMatchObject([{ target: 200 }]);
});

it('the word of one that left the agreement is not seen any more, and moves nothing', async () => {
  await town.node.protocols.leave('planning-intelligence', 'wv-partnership');
  expect((await ask('bct')).rows).toMatchObject([{ target: 190, setBy: 'lsc' }]);
  expect((await ask('wv-partnership')).rows).toMatchObject([{ target: 200, benchmark: null }]);
});

describe('once more, with strangers asking', () => {
  const filters = ['scope=partnership:wv', 'period=2026/27', 'measure=starts', 'scope=partnership:nowhere'];
  const asks = (agency: string, search: string, headers: Readonly<Record<string, string>>): Promise<Listed> =>
    listed(town, { view: 'targets', agency }, { search, headers });

  beforeAll(async () => {
    await town.tell('lsc', { type: 'target.set', data: { ...figure(40), scope: 'partnership:south' } });
  });

  it('a party sees what there is in each of these ways', async () => {
    const tried = await waysOf(asks, 'hts', { filters: filters.slice(0, 3), cursor: (await ask('hts', 'limit=1')).next ?? '' });
    const found = tried.filter(({ way }) => way !== "another's cursor");
    expect(found.map(({ way, rows, lines }) => [way, rows + lines > 0])).toEqual(found.map(({ way }) => [way, true]));
  });

  it('whoever has left is refused in each of them, behind its own page of before too, and told nothing of what is gone', async () => {
    const [own, another] = [(await ask('castings', 'limit=1')).next ?? '', (await ask('bct', 'limit=1')).next ?? ''];
    expect([own, another]).not.toContain('');
    await town.node.protocols.leave('planning-intelligence', 'castings');
    const ways = { filters, cursor: another };
    expect(await waysOf(asks, 'castings', ways)).toEqual(refusedBy(ways));
    const behind = await ask('castings', `limit=1&cursor=${encodeURIComponent(own)}`);
    expect([behind.status, behind.code, behind.rows]).toEqual([403, 'not-permitted', []]);
    const refusals = await Promise.all(
      ['', 'scope=partnership:wv', 'scope=partnership:nowhere'].map(async (search) => ask('castings', search)),
    );
    const said = refusals.map(({ text }) => text.replace(/"position":"\d+"/, ''));
    expect(new Set(said).size).toBe(1);
    expect(said[0]).not.toMatch(/partnership:|lsc|190|200/);
  });

  it('nobody who may set none moves one by trying: neither a provider, nor who has left, nor a school in the funder’s name', async () => {
    const before = (await ask('bct')).rows;
    for (const agency of ['bct', 'st-chads', 'castings', 'wulfrun']) {
      const [receipt] = await town.send(agency, { type: 'target.set', data: figure(1) });
      expect(receipt?.outcome).toBe('rejected');
    }
    const jws = await town.jws('st-chads', town.event('lsc', { type: 'target.set', data: figure(1) }));
    const response = await town.post(jws, { authorization: `Bearer ${await town.tokenOf('st-chads')}` });
    expect(await response.text()).not.toContain('"accepted"');
    expect((await ask('bct')).rows).toEqual(before);
  });
});
