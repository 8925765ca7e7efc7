// What the data manager is told of decisions: as far as they could be opened, and which of them parted two.
import { decisionsOf } from './queue-findings.ts';

const OUTCOMES = ['deferred', 'same', 'different', 'different'] as const;
const opened = new Map(
  OUTCOMES.map((outcome, place) => [
    place,
    { position: place, match: 'm', outcome, reason: `reason ${place}`, staff: 'mo', decidedAt: 1000 + place },
  ]),
);
const told = (learners: readonly string[], decisions: readonly number[]) =>
  decisionsOf({ learners, decisions }, opened).decisions?.map(({ outcome, isUnmerge }) => [outcome, isUnmerge]);

it('of two who were merged the next one parted them, and no other', () => {
  expect(told(['l-1', 'l-2'], [0, 1, 2, 3])).toEqual([
    ['deferred', false],
    ['same', false],
    ['different', true],
    ['different', false],
  ]);
});

it('whose something is can be said otherwise, and parts nobody', () => {
  expect(told(['l-1'], [1, 2])).toEqual([
    ['same', false],
    ['different', false],
  ]);
});

it('what was erased is left out, and nothing says of what it was told', () => {
  expect(told(['l-1', 'l-2'], [9, 0])).toEqual([['deferred', false]]);
  expect(decisionsOf({ learners: ['l-1', 'l-2'], decisions: [0] }, opened).decisions).toEqual([
    { position: 0, outcome: 'deferred', reason: 'reason 0', staff: 'mo', decidedAt: 1000, isUnmerge: false },
  ]);
});
