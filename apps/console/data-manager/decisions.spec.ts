// What was decided, line by line.
import { decisionLines, linesOf } from './decisions.ts';
import type { Decision, Match } from './queues.ts';

const decision = (position: string, more: Partial<Decision>): Decision => ({
  ...{ position, outcome: 'same', isUnmerge: false, reason: `reason ${position}`, staff: 'sam', decidedAt: '2026-10-05T08:00:00Z' },
  ...more,
});
const match = (more: Partial<Match>): Match => ({
  ...{ match: 'possible-match.a.b', kind: 'possible-match', state: 'same', learners: ['a', 'b'], since: '2026-10-01T08:00:00Z' },
  ...{ agreeOn: [], differOn: [], waiting: [], overdue: false },
  ...more,
});
const parted = [decision('5', {}), decision('9', { outcome: 'different', isUnmerge: true })];

it('an un-merge is a line of its own, and the merge before it is not to be undone again', () => {
  expect(linesOf(match({ decisions: parted })).map(({ says, reason, isToUndo }) => [says, reason, isToUndo])).toEqual([
    ['They are one person', 'reason 5', false],
    ['The merge was undone: they are two people', 'reason 9', false],
  ]);
  const again = linesOf(match({ decisions: [...parted, decision('12', {})] }));
  expect(again.map(({ isToUndo }) => isToUndo)).toEqual([false, false, true]);
});

it('the latest stands first, and what two findings about the same two have in common once', () => {
  const other = match({ match: 'same-number.a.b', kind: 'same-number', decisions: parted });
  const later = match({ match: 'possible-match.c.d', learners: ['c', 'd'], decisions: [decision('10', { outcome: 'deferred' })] });
  const lines = decisionLines([match({ decisions: parted }), later, other, match({ learners: ['e', 'f'] })]);
  expect(lines.map(({ position }) => position)).toEqual(['10', '9', '5']);
});

it('whose something is can be said anew, and is nothing to undo', () => {
  const told = match({ kind: 'under-number-alone', learners: ['a'], decisions: [decision('5', {})] });
  expect(linesOf(told)).toEqual([expect.objectContaining({ says: 'It is this learner’s', isToUndo: false })]);
});
