// Whom a filter would leave out by the asker's own words is not proposed; whoever's row a filter may choose is, whatever others said.
import fc from 'fast-check';
import type { AnswerItem } from '#disclosure';
import { addDays } from '#kernel';
import { type RowChange, RowChanges, type ViewReader, type ViewStore } from '../engine/index.ts';
import { askerOf, seen, USUAL_PARTNERSHIP, USUAL_PERIODS } from '../fixtures/index.ts';
import { type Chosen, SeenItems } from '../lists/index.ts';
import { MemoryViewStore } from '../memory/index.ts';
import { caseload } from './caseload.list.ts';
import { caseloadView, NOT_YET, said } from './caseload.view.ts';

const ON = '2026-10-01';
const day = fc.integer({ min: -40, max: 8 }).map((days) => addDays(ON, days));
const role = fc.constantFrom('personal-adviser', 'link-adviser');

interface Told {
  readonly source: string;
  readonly says: 'assigned' | 'ended' | 'followed' | 'verified';
  readonly role: string;
  readonly day: string;
  /** Whether the asker may see it, where it is another's. */
  readonly isSeen: boolean;
}

const told: fc.Arbitrary<Told> = fc.record({
  source: fc.constantFrom('careers', 'careers', 'south'),
  says: fc.constantFrom('assigned', 'ended', 'followed', 'verified'),
  role,
  day,
  isSeen: fc.boolean(),
});
const story = fc.array(told, { minLength: 1, maxLength: 9 });
const chosen: fc.Arbitrary<Chosen> = fc.record(
  { state: fc.constantFrom('current', 'ended'), 'not-contacted-since': day },
  { requiredKeys: ['state'] },
);

const itemOf = ({ source, says, role: as, day: on }: Told): AnswerItem => {
  switch (says) {
    case 'assigned':
      return seen('learner.adviser-assigned', { role: as, name: 'Sam' }, source);
    case 'ended':
      return seen('learner.adviser-ended', { role: as, on }, source);
    case 'followed':
      return seen('follow-up.made', { programmeId: 'p', on }, source);
    case 'verified':
      return seen('destination.recorded', { activity: '310', from: on, verifiedOn: on }, source);
  }
};

const filled = async (store: ViewStore, all: readonly Told[]): Promise<void> => {
  await store.restart([caseloadView]);
  const [{ generation } = { generation: 0 }] = await store.open([caseloadView]);
  const changes = all.map(({ source: agency, says, role: as, day: on }, revision): RowChange => {
    const of = { role: ['assigned', 'ended'].includes(says) ? as : null, day: says === 'assigned' ? NOT_YET : on };
    return { verb: 'put', table: said, row: { learner: 'ann', revision, agency, category: 'x', says, ...of, words: '' } };
  });
  await store.commit([{ view: caseloadView, generation, from: 0, to: 1, changes: RowChanges.of(caseloadView, changes) }]);
};

const isProposed = async (views: ViewReader, filters: Chosen): Promise<boolean> => {
  const asked = { asker: askerOf('careers'), on: ON, chosen: filters, periods: USUAL_PERIODS, partnership: USUAL_PARTNERSHIP, limit: 5 };
  return (await caseload.propose(views, asked)).candidates.length > 0;
};

const isChosen = (all: readonly Told[], filters: Chosen): boolean => {
  const places = [...all.entries()].filter(([, { source, isSeen }]) => source === 'careers' || isSeen);
  const items = new SeenItems(places.map(([place, one]) => [place, itemOf(one)] as const));
  const row = caseload.row(items, { on: ON, asker: askerOf('careers'), chosen: filters, partnership: USUAL_PARTNERSHIP });
  return row !== undefined && [row].flat().some((one) => caseload.matches(one, filters));
};

let store: MemoryViewStore;
beforeEach(() => void (store = new MemoryViewStore()));
afterEach(() => store.close());

it('whoever has a row that filters choose is proposed', async () => {
  const met = { chosen: 0, left: 0 };
  await fc.assert(
    fc.asyncProperty(story, chosen, async (all, filters) => {
      await filled(store, all);
      const isOwn = all.some(({ source, says }) => source === 'careers' && says === 'assigned');
      const [wanted, isThere] = [isOwn && isChosen(all, filters), await isProposed(store, filters)];
      if (wanted) expect(isThere).toBe(true);
      met.chosen += Number(wanted);
      met.left += Number(isOwn && !isThere);
    }),
    { numRuns: 1500 },
  );
  expect(Math.min(met.chosen, met.left)).toBeGreaterThan(100);
});

it('who is proposed follows from what the asker said alone', async () => {
  await fc.assert(
    fc.asyncProperty(story, chosen, async (all, filters) => {
      await filled(store, all);
      const withOthers = await isProposed(store, filters);
      const own = all.map((one) => (one.source === 'careers' ? one : { ...one, source: 'nobody', says: 'verified' as const }));
      await filled(store, own);
      expect(await isProposed(store, filters)).toBe(withOthers);
    }),
    { numRuns: 400 },
  );
});

it('nobody is looked at whom the asker’s own words leave out', async () => {
  const own = (says: Told['says'], on = ON): Told => ({ source: 'careers', says, role: 'personal-adviser', day: on, isSeen: true });
  const isLookedAt = async (filters: Chosen, ...all: readonly Told[]): Promise<boolean> => {
    await filled(store, [own('assigned'), ...all]);
    return isProposed(store, { state: 'current', ...filters });
  };
  expect(await isLookedAt({})).toBe(true);
  expect(await isLookedAt({}, own('ended'))).toBe(false);
  expect(await isLookedAt({}, own('ended', '2026-10-02'))).toBe(true);
  expect(await isLookedAt({}, own('ended'), own('assigned'))).toBe(true);
  expect(await isLookedAt({ state: 'ended' }, own('ended'))).toBe(true);
  const since = { 'not-contacted-since': '2026-09-20' };
  expect(await isLookedAt(since, own('followed', '2026-09-19'))).toBe(true);
  expect(await isLookedAt(since, own('followed', '2026-09-20'))).toBe(false);
  expect(await isLookedAt(since, own('verified', '2026-09-20'))).toBe(false);
  expect(await isLookedAt(since, { ...own('verified', '2026-09-20'), source: 'south' })).toBe(true);
});
