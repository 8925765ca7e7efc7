// S20: targets that all partners hold in common; how far they are reached is not counted yet, so no state is told.
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
