// A page that is cut from the order of what rows show: who is on it is on record as shown, whoever else was looked at for the order as that
// (views.md, S6; ADR 78).
import { connexions, person, programme, provider, told } from '#contribution/fixtures';
import type { LearnerId } from '#kernel';
import { disclosureStream } from '#learner-file';
import { GateTown } from '../fixtures/index.ts';
import { replay } from '../replay.ts';
import {
  type ArrangedPage,
  LIST_DECIDED,
  type ListAnswer,
  type ListDecided,
  type ListInquiry,
  type ListRow,
  listStream,
  openList,
} from './index.ts';

let town: GateTown;
let [ann, bea, cat, dan]: LearnerId[] = [];
const names = (): readonly (LearnerId | undefined)[] => [ann, bea, cat, dan];

const advised = (givenName: string): Promise<LearnerId> =>
  town.tell([
    told(connexions, 'learner.registered', { ...person, givenName, localId: `l-${givenName}` }),
    told(connexions, 'learner.adviser-assigned', { name: 'P. Adviser', role: 'personal-adviser' }),
  ]);

beforeEach(async () => {
  town = await GateTown.open();
  [ann, bea, cat] = [await advised('Ann'), await advised('Bea'), await advised('Cat')];
  // Of somebody whom another service has.
  dan = await town.tell([
    told(provider, 'learner.registered', { ...person, givenName: 'Dan', localId: 'p-1' }),
    told(provider, 'programme.started', programme('p')),
  ]);
});
afterEach(() => town.close());

/** By given name, the last of the alphabet first. */
const nameIn = ({ items }: ListRow): string => String([...items.values()].map(({ data }) => data['givenName']).find(Boolean));
const lastFirst =
  (limit: number) =>
  (rows: readonly ListRow[]): ArrangedPage => {
    const sorted = rows.toSorted((one, other) => nameIn(other).localeCompare(nameIn(one)));
    return { candidates: sorted.slice(0, limit).map(({ candidate }) => candidate), more: sorted.length > limit };
  };

const ask = (
  pageOf: (rows: readonly ListRow[]) => ArrangedPage,
  more: Partial<ListInquiry> = {},
  most = { learners: 3, rows: 9 },
): Promise<ListAnswer> =>
  town.gate.list({
    asker: { agency: connexions.slug },
    purposes: ['deliver-programme'],
    list: 'caseload',
    items: { anchor: ['learner.adviser-assigned'], beside: ['learner.registered'] },
    parameters: {},
    limit: 2,
    candidates: names().flatMap((learner) => (learner === undefined ? [] : [{ learner }])),
    arrangement: { pageOf, most },
    ...more,
  });
const rowsIn = (answer: ListAnswer): readonly string[] => (answer.outcome === 'answered' ? answer.rows.map(nameIn) : []);
const pagesOf = async (recipient: string): Promise<readonly (ListDecided | undefined)[]> => {
  const events = (await town.recorded(listStream(recipient))).filter(({ type }) => type === LIST_DECIDED);
  for (const event of events) {
    const replayed = await replay(town, event);
    expect(replayed?.again).toEqual(replayed?.recorded);
  }
  return Promise.all(events.map((event) => town.opened(openList, event)));
};
const shownOf = async (learner: LearnerId | undefined): Promise<number> => (await town.recorded(disclosureStream(learner ?? ''))).length;

it('is in that order, and tells whether there is more', async () => {
  const answer = await ask(lastFirst(2));
  expect([rowsIn(answer), answer]).toMatchObject([['Cat', 'Bea'], { looked: 4, more: true }]);
  expect(await ask(lastFirst(3))).toMatchObject({ more: false });
});

it('tells those alone that somebody saw them whose rows it has', async () => {
  await ask(lastFirst(2));
  expect(await Promise.all(names().map(shownOf))).toEqual([0, 1, 1, 0]);
});

it('names in the record of the page who is on it, in its order, and on whose rows the order rests besides', async () => {
  await ask(lastFirst(2));
  expect(await pagesOf(connexions.slug)).toMatchObject([
    { outcome: 'answered', limit: 2, looked: 4, rows: [{ learner: cat }, { learner: bea }], weighed: [ann] },
  ]);
});

it('is arranged of nobody who may not be shown', async () => {
  const found: string[][] = [];
  await ask((rows) => {
    found.push(rows.map(nameIn));
    return { candidates: [], more: false };
  });
  expect(found).toEqual([['Ann', 'Bea', 'Cat']]);
  expect(await pagesOf(connexions.slug)).toMatchObject([{ outcome: 'answered', rows: [], weighed: [ann, bea, cat] }]);
});

it('is as it was proposed where more may be shown than are put in order, whoever may not be', async () => {
  expect(await ask(lastFirst(2))).toMatchObject({ isArranged: true });
  const most = { learners: 2, rows: 9 };
  const answer = await ask(lastFirst(1), { limit: 1 }, most);
  expect([rowsIn(answer), answer]).toMatchObject([['Ann'], { looked: 1, more: true, isArranged: false }]);
  const rows = await ask(lastFirst(1), { limit: 1 }, { learners: 3, rows: 2 });
  expect([rowsIn(rows), rows]).toMatchObject([['Ann'], { looked: 1, more: true, isArranged: false }]);
  expect((await pagesOf(connexions.slug)).map((page) => page?.weighed?.length)).toEqual([1, undefined, undefined]);
});

it('is refused whoever nothing could be shown to, and nothing is opened for the order', async () => {
  const never = (): ArrangedPage => {
    throw new Error('There is nothing to arrange.');
  };
  const answer = await ask(never, { asker: { agency: provider.slug }, purposes: ['prevent-reoffending'] });
  expect(answer).toMatchObject({ outcome: 'not-permitted' });
});
