// Which vacancies the view proposes: the latest listed first, page by page, of the sources named alone, and of these what names the asker
// or nobody.
import type { ThingSource } from '#disclosure';
import { type Shown, showing, TestLog, type Written } from '../fixtures/index.ts';
import type { Place } from '../lists/index.ts';
import { vacancyList } from './vacancies.list.ts';

let log: TestLog;
let shown: Shown;
beforeEach(() => {
  log = new TestLog();
  shown = showing(log, vacancyList.view);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const told = (type: string, actor: string, [vacancyId, day]: readonly [string, string], confidentialTo?: string): Written =>
  log.thing(type, { actor, day, category: 'vacancy', data: { vacancyId, confidentialTo } });
const listed = (actor: string, id: string, day: string, confidentialTo?: string): Written =>
  told('vacancy.listed', actor, [id, day], confidentialTo);

const all = (...agencies: readonly string[]): readonly ThingSource[] => agencies.map((agency) => ({ agency, reach: 'named' }));
const proposed = async (asker: string, sources: readonly ThingSource[], after?: Place, limit = 100) => {
  await shown.catchUp();
  return vacancyList.propose(shown.views, { asker, sources, limit, ...(after && { after }) });
};
const anchors = async (asker: string, sources: readonly ThingSource[]): Promise<readonly number[]> =>
  (await proposed(asker, sources)).candidates.map(({ anchor }) => anchor);

it('proposes the latest first, of these sources alone, in pages that miss and repeat nothing', async () => {
  await log.append(listed('bct', 'a', '2026-03-01'), listed('ebp', 'a', '2026-03-02'), listed('hts', 'b', '2026-03-03'));
  await log.append(listed('bct', 'b', '2026-03-02'), listed('bct', 'c', '2026-03-02'));
  const { candidates, position } = await proposed('cx', all('bct', 'ebp'));
  expect(position).toBe(await log.store.head());
  expect(candidates.map(({ place: [day] }) => day)).toEqual(['2026-03-02', '2026-03-02', '2026-03-02', '2026-03-01']);
  const paged: Place[] = [];
  for (;;) {
    const [next] = (await proposed('cx', all('bct', 'ebp'), paged.at(-1), 1)).candidates;
    if (!next) break;
    paged.push(next.place);
  }
  expect(paged).toEqual(candidates.map(({ place }) => place));
  expect(await proposed('cx', [])).toEqual({ candidates: [], position });
});

it('proposes a vacancy once, as it was listed last, with the last time that it was filled', async () => {
  await log.append(told('vacancy.filled', 'bct', ['b', '2026-03-01']), listed('bct', 'a', '2026-03-01'));
  await log.append(listed('bct', 'a', '2026-04-01'), told('vacancy.filled', 'bct', ['a', '2026-04-02']));
  expect((await proposed('cx', all('bct'))).candidates).toMatchObject([
    { anchor: 3, beside: [4], place: ['2026-04-01', expect.any(String), 'bct'] },
  ]);
});

it("proposes what is for one agency alone to that one and its source; another's of the same id stands apart", async () => {
  await log.append(listed('bct', 'a', '2026-03-01', 'cx'), listed('ebp', 'a', '2026-03-02'), listed('bct', 'b', '2026-03-03'));
  await log.append(listed('bct', 'b', '2026-03-04', 'jobcentre'));
  expect(await anchors('cx', all('bct', 'ebp'))).toEqual([2, 1]);
  expect(await anchors('south', all('bct', 'ebp'))).toEqual([2]);
  expect(await anchors('bct', [{ agency: 'bct', reach: 'any' }, ...all('ebp')])).toEqual([4, 2, 1]);
});

it('takes nothing for a vacancy that is told about a learner', async () => {
  await log.append(log.contribution('vacancy.listed', { actor: 'bct', category: 'vacancy', data: { vacancyId: 'a' } }));
  expect(await anchors('cx', all('bct', 'northside'))).toEqual([]);
});
