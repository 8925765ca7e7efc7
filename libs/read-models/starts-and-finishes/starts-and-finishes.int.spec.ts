// Which ends the view proposes to a funder (views.md, S11).
import { LEARNER_MERGED, LEARNER_UNMERGED, learnerStream } from '#learner-file';
import {
  askerOf,
  LEARNER,
  OTHER_LEARNER,
  type Shown,
  showing,
  TestLog,
  USUAL_PARTNERSHIP,
  USUAL_PERIODS,
  type Written,
} from '../fixtures/index.ts';
import type { Proposal } from '../lists/index.ts';
import { tiesView } from '../ties/index.ts';
import { startsAndFinishes } from './starts-and-finishes.list.ts';
import { courseAnchors } from './starts-and-finishes.view.ts';

let log: TestLog;
let shown: Shown;
beforeEach(() => {
  log = new TestLog();
  shown = showing(log, startsAndFinishes.view, courseAnchors.view, tiesView);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

interface More {
  readonly learner?: string;
  readonly actor?: string;
}
const started = (kind: string, more: More = {}): Written =>
  log.contribution('programme.started', {
    actor: 'bct',
    category: 'programme',
    data: { programmeId: 'p', kind, startedOn: '2026-02-02' },
    ...more,
  });
const left = (more: More = {}): Written =>
  log.contribution('programme.left-early', {
    actor: 'bct',
    category: 'leaving',
    data: { programmeId: 'p', leftOn: '2026-02-09' },
    ...more,
  });
const moved = (): Written =>
  log.contribution('programme.moved-on', { actor: 'bct', category: 'destination', data: { programmeId: 'p', on: '2026-02-10' } });
const merging = (type: string): readonly Written[] =>
  [LEARNER, OTHER_LEARNER].map((learner) => log.clear(learnerStream(learner), type, { into: LEARNER, merged: OTHER_LEARNER }));

const FUNDER = askerOf('lsc', { roles: ['funder'] });
const proposedTo = async (asker = FUNDER): Promise<readonly Proposal[]> => {
  await shown.catchUp();
  const asked = { on: '2026-03-01', chosen: { month: '2026-02' }, limit: 10, periods: USUAL_PERIODS, partnership: USUAL_PARTNERSHIP };
  return (await startsAndFinishes.propose(shown.views, { asker, ...asked })).candidates;
};
const daysOf = async (asker = FUNDER): Promise<readonly unknown[]> => (await proposedTo(asker)).map(({ place: [day] }) => day);
/** Of each candidate what makes its row, and what another would make first. */
const looksOf = async (asker = FUNDER) => {
  const named = (places: Proposal['making']) => places?.map(({ learner, revision }) => [learner, revision].join(' ')).toSorted();
  return (await proposedTo(asker)).map(({ making, unlessAfter }) => [named(making), named(unlessAfter)] as const);
};

it('those of programmes, and of pupils’ courses none but to whoever told them', async () => {
  await log.append(started('school-course'), left(), moved());
  expect(await daysOf()).toEqual([]);
  expect(await daysOf(askerOf('bct', { roles: ['funder'] }))).toEqual(['2026-02-02', '2026-02-09', '2026-02-10']);
  expect(await daysOf(askerOf('bct'))).toEqual(['2026-02-02', '2026-02-09', '2026-02-10']);
});

it('none by whose name another agency, or its source of another learner, has a programme', async () => {
  await log.append(left(), started('e2e', { actor: 'hts' }), started('e2e', { learner: OTHER_LEARNER }));
  expect(await daysOf()).toEqual(['2026-02-02', '2026-02-02']);
  await log.append(started('e2e'), moved());
  expect(await daysOf()).toEqual(['2026-02-02', '2026-02-02', '2026-02-02', '2026-02-09', '2026-02-10']);
});

it('none where its source has a pupil’s course by that name too', async () => {
  await log.append(started('e2e'), started('school-course'), left());
  expect(await daysOf()).toEqual(['2026-02-02']);
});

it('that of a start in another record of the same person, as long as they are one', async () => {
  await log.append(started('e2e'), left({ learner: OTHER_LEARNER }));
  expect(await daysOf()).toEqual(['2026-02-02']);
  await log.append(...merging(LEARNER_MERGED));
  expect(await daysOf()).toEqual(['2026-02-02', '2026-02-09']);
  await log.append(...merging(LEARNER_UNMERGED));
  expect(await daysOf()).toEqual(['2026-02-02']);
});

it('none that is taken back, nor once its start is', async () => {
  const back = (names: number): Written =>
    log.contribution('record.retracted', { actor: 'bct', category: 'programme', header: { notes: { names } } });
  await log.append(started('e2e'), left(), moved(), back(1));
  expect(await daysOf()).toEqual(['2026-02-02', '2026-02-10']);
  await log.append(back(0));
  expect(await daysOf()).toEqual([]);
});

it('none once its start is erased', async () => {
  await log.append(started('e2e'), left());
  expect(await daysOf()).toEqual(['2026-02-02', '2026-02-09']);
  await log.erase(LEARNER, 'programme');
  expect(await daysOf()).toEqual([]);
});

it('each with what is of its programme alone to a funder, and to others with all', async () => {
  const course = { programmeId: 'y', kind: 'school-course', startedOn: '2026-02-03' };
  await log.append(started('e2e'), log.contribution('programme.started', { actor: 'bct', category: 'programme', data: course }), left());
  const [start, pupils, end] = [0, 1, 2].map((revision) => `${LEARNER} ${revision}`);
  expect(await looksOf()).toEqual([
    [[start], undefined],
    [[start, end], undefined],
  ]);
  expect(await looksOf(askerOf('bct', { roles: ['funder'] }))).toContainEqual([[pupils], undefined]);
  expect(await looksOf(askerOf('bct'))).toEqual(Array(3).fill([undefined, undefined]));
});

it('ends of one programme in two records of one person as one, while both stand', async () => {
  const elsewhere = { learner: OTHER_LEARNER };
  await log.append(started('e2e'), left(), started('e2e', elsewhere), left(elsewhere), ...merging(LEARNER_MERGED));
  const firstOf = async (asker = FUNDER): Promise<readonly unknown[]> => (await looksOf(asker)).map(([, first]) => first);
  const each = [undefined, undefined, [`${OTHER_LEARNER} 1`], [`${LEARNER} 1`]];
  for (const asker of [FUNDER, askerOf('bct')]) expect(await firstOf(asker)).toEqual(each);
  const header = { notes: { names: 1 } };
  await log.append(log.contribution('record.retracted', { actor: 'bct', category: 'leaving', header }));
  expect(await firstOf()).toEqual([undefined, undefined, undefined]);
});
