import { LEARNER, OTHER_LEARNER, type Shown, showing, TestLog, type Written } from '../fixtures/index.ts';
import { proposeThreads, type ThreadProposals } from './threads.query.ts';
import { threadsView } from './threads.view.ts';

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, threadsView);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const told = (type: string, data: Readonly<Record<string, string>>, { learner = LEARNER, actor = 'learner-page' } = {}): Written =>
  log.contribution(type, { learner, actor, category: 'rights', data });
const asked = (questionId: string, about: string, learner = LEARNER): Written =>
  told('question.asked', { questionId, about, text: 'Why?' }, { learner });
const made = (complaintId: string, about: string): Written => told('complaint.made', { complaintId, about, text: 'It is wrong.' });
const positions = async (query: Partial<ThreadProposals> = {}): Promise<readonly number[]> => {
  await shown.catchUp();
  return (await proposeThreads(shown.views, { open: true, limit: 10, ...query })).rows.map(({ position }) => position);
};

it('tells what waits, the oldest first, and of one agency what was put to it', async () => {
  await log.append(asked('q-1', 'northside'), made('k-1', 'eastgate'), asked('q-2', 'northside', OTHER_LEARNER));
  expect(await positions()).toEqual([1, 2, 3]);
  expect(await positions({ about: 'northside' })).toEqual([1, 3]);
  expect(await positions({ about: 'northside', beyond: 1 })).toEqual([3]);
  expect(await positions({ limit: 1 })).toEqual([1]);
  expect(await positions({ about: 'westgate' })).toEqual([]);
});

it('holds an answer for one that the agency asked gave, about that learner and of that kind', async () => {
  await log.append(asked('one', 'northside'), asked('one', 'northside', OTHER_LEARNER), made('one', 'northside'));
  await log.append(told('question.answered', { questionId: 'one', text: 'So.' }, { actor: 'eastgate' }));
  await log.append(told('complaint.acknowledged', { complaintId: 'one', text: 'Got it.' }, { actor: 'northside' }));
  expect(await positions()).toEqual([1, 2, 3]);
  await log.append(told('question.answered', { questionId: 'one', text: 'So.' }, { actor: 'northside' }));
  expect(await positions()).toEqual([2, 3]);
  await log.append(told('complaint.answered', { complaintId: 'one', text: 'Mended.' }, { actor: 'northside' }));
  expect(await positions()).toEqual([2]);
  expect(await positions({ open: false })).toEqual([3, 1]);
  expect(await positions({ open: false, beyond: 3 })).toEqual([1]);
});

it.each([undefined, 'rights'])('goes with what was erased (category: %s)', async (category) => {
  await log.append(asked('q-1', 'northside'), asked('q-1', 'northside', OTHER_LEARNER));
  await log.erase(LEARNER, category);
  expect(await positions()).toEqual([2]);
});

it('stays when another category is erased', async () => {
  await log.append(asked('q-1', 'northside'));
  await log.erase(LEARNER, 'assessment');
  expect(await positions()).toEqual([1]);
});
