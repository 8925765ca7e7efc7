// Which gaps the view proposes, and with what beside them (views.md, S27).
import { jest } from '@jest/globals';
import type { ThingSource } from '#disclosure';
import type { ViewReader } from '../engine/index.ts';
import { type Shown, showing, TestLog, type Written } from '../fixtures/index.ts';
import { gapList } from './provision-gaps.list.ts';

let log: TestLog;
let shown: Shown;
beforeEach(() => {
  log = new TestLog();
  shown = showing(log, gapList.view);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const CHILDCARE = { area: 'WV3', occupation: 'Childcare', level: 'level-1' };
const raised = (actor: string, data: object): Written => log.thing('provision.gap-raised', { actor, data: { ...CHILDCARE, ...data } });
const answered = (data: object): Written => log.thing('provision.gap-answered', { actor: 'lsc', data: { ...data } });
const from = (...agencies: readonly string[]): readonly ThingSource[] => agencies.map((agency) => ({ agency, reach: 'any' }));
const proposedOn = async (on: string | undefined, ...agencies: readonly string[]) => {
  await shown.catchUp();
  const asked = { asker: 'bct', sources: from(...agencies), limit: 100, ...(on !== undefined && { on }) };
  const { candidates } = await gapList.propose(shown.views, asked);
  return candidates.map(({ anchor, beside }) => [anchor, [...beside].sort((one, other) => one - other)]);
};
const proposed = (...agencies: readonly string[]) => proposedOn(undefined, ...agencies);
const childcare = (more: object, day?: string): Written =>
  log.thing('provision.listed', {
    actor: 'bct',
    data: { ...CHILDCARE, title: 'Childcare', provisionId: 'p', places: 4, ...more },
    ...(day !== undefined && { day }),
  });

it('proposes whoever raised the same with one another, however they spell it, with places and need of the same', async () => {
  await log.append(raised('cx', {}), raised('south', { area: 'wv 3', occupation: 'child-care' }), raised('cx', { level: 'level-2' }));
  await log.append(
    log.thing('provision.listed', { actor: 'bct', data: { ...CHILDCARE, title: 'CHILDCARE', provisionId: 'p', places: 4 } }),
  );
  await log.append(
    log.thing('provision.listed', { actor: 'bct', data: { ...CHILDCARE, title: 'Childcare', provisionId: 'p', places: 6 } }),
  );
  await log.append(log.thing('labour-need.published', { actor: 'jobcentre-wv', data: { ...CHILDCARE, period: '2027', count: 20 } }));
  expect(await proposed('cx', 'south')).toEqual([
    [1, [2, 5, 6]],
    [2, [1, 5, 6]],
    [3, []],
  ]);
  expect((await proposed('south')).map(([anchor]) => anchor)).toEqual([2]);
});

it('has beside it what became of places that were of it once', async () => {
  await log.append(raised('cx', {}), childcare({}, '2026-01-05'), childcare({ area: 'WV4' }, '2026-01-06'));
  await log.append(childcare({ area: 'WV4', provisionId: 'q' }));
  expect([await proposed('cx'), await proposedOn('2026-01-06', 'cx'), await proposedOn('2026-01-05', 'cx')]).toEqual([
    [[1, [3]]],
    [[1, [3]]],
    [[1, [2]]],
  ]);
});

it('has of the same places beside it what was told last by the day, and before each time that it was raised, however often it was told', async () => {
  const days = (month: string) => Array.from({ length: 20 }, (_, n) => `2026-${month}-${String(n + 1).padStart(2, '0')}`);
  const listed = (month: string) => days(month).map((day) => childcare({}, day));
  await log.append(...listed('01'), raised('cx', {}), ...listed('02'), raised('south', {}), ...listed('03'));
  expect([await proposed('cx'), await proposedOn('2026-02-05', 'cx'), await proposedOn('2026-03-05', 'cx')]).toEqual([
    [[21, [20, 41, 42, 62]]],
    [[21, [20, 26, 42]]],
    [[21, [20, 41, 42, 47]]],
  ]);
});

it('has beside it what was told before each time that it was raised, however often it was told after the last', async () => {
  await log.append(childcare({}), raised('cx', {}), childcare({}), raised('south', {}), raised('cx', {}));
  await log.append(...Array.from({ length: 120 }, () => childcare({})));
  expect(await proposed('south')).toEqual([[4, [1, 2, 3, 5, 125]]]);
  await log.append(raised('south', {}), childcare({ provisionId: 'q' }));
  expect((await proposed('south'))[1]).toEqual([126, [1, 2, 3, 4, 5, 125, 127]]);
});

it('reads what stands beside a gap once, however often it was raised', async () => {
  await log.append(...Array.from({ length: 9 }, (_, n) => childcare({ provisionId: `p-${n}` })), raised('cx', { gapId: 'g' }));
  const reads = async (): Promise<number> => {
    await shown.catchUp();
    const views = { rows: jest.fn(shown.views.rows.bind(shown.views)), count: shown.views.count.bind(shown.views) } as ViewReader;
    await gapList.propose(views, { asker: 'bct', sources: from('cx'), limit: 100 });
    return jest.mocked(views.rows).mock.calls.length;
  };
  const once = await reads();
  await log.append(...Array.from({ length: 20 }, () => raised('cx', { gapId: 'g' })));
  expect(await reads()).toBeLessThanOrEqual(once + 40);
});

it('has the newest places beside it, however many were listed of the same name', async () => {
  await log.append(raised('cx', {}));
  const intakes = Array.from({ length: 102 }, (_, n) => `intake-${n}`);
  for (const provisionId of intakes) await log.append(childcare({ provisionId }));
  const [[, beside] = []] = await proposed('cx');
  expect(beside).toEqual(intakes.slice(2).map((_, n) => n + 4));
});

it('puts an answer beside the gap of whom it names, or where one agency alone calls a gap so', async () => {
  await log.append(raised('cx', { gapId: 'g' }), raised('south', { gapId: 'g', area: 'B1' }), raised('cx', { gapId: 'h', area: 'B2' }));
  await log.append(answered({ gapId: 'g' }), answered({ gapId: 'g', of: 'south' }), answered({ gapId: 'h' }), answered({ gapId: 'x' }));
  expect(await proposed('cx', 'south')).toEqual(
    expect.arrayContaining([
      [1, []],
      [2, [5]],
      [3, [6]],
    ]),
  );
});
