// Which gaps the view proposes, and with what beside them (views.md, S27).
import type { ThingSource } from '#disclosure';
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
const proposed = async (...agencies: readonly string[]) => {
  await shown.catchUp();
  const { candidates } = await gapList.propose(shown.views, { asker: 'bct', sources: from(...agencies), limit: 100 });
  return candidates.map(({ anchor, beside }) => [anchor, [...beside].sort((one, other) => one - other)]);
};

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
    [1, [2, 4, 5, 6]],
    [2, [1, 4, 5, 6]],
    [3, []],
  ]);
  expect((await proposed('south')).map(([anchor]) => anchor)).toEqual([2]);
});

it('has beside it what became of places that were of it once', async () => {
  const listed = (more: object): Written =>
    log.thing('provision.listed', { actor: 'bct', data: { ...CHILDCARE, title: 'Childcare', provisionId: 'p', places: 4, ...more } });
  await log.append(raised('cx', {}), listed({}), listed({ area: 'WV4' }), listed({ area: 'WV4', provisionId: 'q' }));
  expect(await proposed('cx')).toEqual([[1, [2, 3]]]);
});

it('has the newest places beside it, however many were listed of the same name', async () => {
  await log.append(raised('cx', {}));
  const intakes = Array.from({ length: 102 }, (_, n) => `intake-${n}`);
  for (const provisionId of intakes)
    await log.append(log.thing('provision.listed', { actor: 'bct', data: { ...CHILDCARE, title: 'Childcare', provisionId, places: 4 } }));
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
