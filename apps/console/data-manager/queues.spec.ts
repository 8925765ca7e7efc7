import { byRule, type Issue } from './issues.ts';
import { comparedOf, hangingOn, isToDecide, type Match, nothingWaits, outcomeNamesOf, queuesOf, type SideBySide } from './queues.ts';
import { askRecorded, decisionRecorded } from './recorded-words.ts';

const match = (more: Partial<Match>): Match => ({
  ...{ match: 'possible-match.a.b', kind: 'possible-match', state: 'open', learners: ['a', 'b'], since: '2026-10-05T08:00:00.000Z' },
  ...{ agreeOn: [], differOn: [], waiting: [], overdue: false },
  ...more,
});

it('queues hold what waits, with their oldest and how many are overdue', () => {
  const [possible, number] = queuesOf([
    match({ since: '2026-10-05T08:00:00.000Z' }),
    match({ since: '2026-09-01T08:00:00.000Z', state: 'deferred', overdue: true }),
    match({ since: '2026-08-01T08:00:00.000Z', state: 'same' }),
  ]);
  expect([possible?.open.length, possible?.overdue, possible?.oldest]).toEqual([2, 1, '2026-09-01T08:00:00.000Z']);
  expect([number?.open.length, number?.oldest]).toEqual([0, undefined]);
});

it('all queues are empty where nothing is open, nothing blocks, and no further page may hold anything', () => {
  const none = queuesOf([match({ state: 'different' })]);
  expect(nothingWaits(none, {}, { count: 0, overdue: 0, oldest: undefined })).toBe(true);
  expect(nothingWaits(none, {}, { count: 1, overdue: 0, oldest: '2026-09-01' })).toBe(false);
  expect(nothingWaits(none, { 'residence-unconfirmed': 'further' }, { count: 0, overdue: 0, oldest: undefined })).toBe(false);
  expect(nothingWaits(queuesOf([match({ state: 'deferred' })]), {}, { count: 0, overdue: 0, oldest: undefined })).toBe(false);
});

const registered = (source: string, givenName: string, time: string) => ({
  ...{ type: 'uk.concordat.learner.registered.v1', source: `urn:concordat:agency:${source}`, time },
  data: { givenName, familyName: 'Smyth', dateOfBirth: '2010-02-03' },
});
const PAIR: SideBySide = {
  ...match({ agreeOn: ['familyName'], differOn: ['givenName'] }),
  records: [
    { learner: 'a', statements: [registered('north', 'John', '2026-09-01'), registered('college', 'Jon', '2026-09-02')] },
    {
      learner: 'b',
      statements: [
        registered('bct', 'Jonny', '2026-09-03'),
        {
          ...registered('bct', '', '2026-09-07'),
          type: 'uk.concordat.programme.started.v1',
          data: { programmeId: 'p', startedOn: '2026-09-07' },
        },
      ],
    },
  ],
};

it('two records stand side by side, statement by statement, and what differs is marked', () => {
  const [given, family, born] = comparedOf(PAIR);
  expect(given).toEqual({
    name: 'Given name',
    differs: true,
    cells: [
      [
        { value: 'Jon', source: 'college', on: '2026-09-02' },
        { value: 'John', source: 'north', on: '2026-09-01' },
      ],
      [{ value: 'Jonny', source: 'bct', on: '2026-09-03' }],
    ],
  });
  expect([family?.differs, born?.cells[0]?.[0]?.value]).toEqual([false, '3 February 2010']);
  expect(hangingOn(PAIR)).toEqual([[], [{ value: 'programme started, from 7 September 2026', source: 'bct', on: '2026-09-07' }]]);
});

it('of identifiers of one learner it is decided which are right', () => {
  const conflict = match({ kind: 'link-conflict', learners: ['a'], state: 'different' });
  expect([isToDecide(conflict), outcomeNamesOf(conflict).different]).toEqual([true, 'What was told first is right']);
  const two = match({ kind: 'link-conflict', learners: ['a', 'b'] });
  expect([isToDecide(two), outcomeNamesOf(two).different]).toEqual([true, 'They are two people']);
  expect(isToDecide(match({ kind: 'recorded-apart', learners: ['a'] }))).toBe(false);
});

it('findings stand by their rules, those that block first', () => {
  const issue = (rule: string, severity: Issue['severity']): Issue => ({
    ...{
      rule,
      severity,
      position: '1',
      source: 'bct',
      since: '2026-09-01',
      says: `${rule}.`,
      advice: 'Look.',
      state: 'open',
      overdue: false,
      askedOn: null,
    },
  });
  const grouped = byRule([issue('a', 'warns'), issue('a', 'warns'), issue('b', 'blocks'), issue('c', 'warns')]);
  expect(grouped.map(({ rule, issues }) => [rule, issues.length])).toEqual([
    ['b', 1],
    ['a', 2],
    ['c', 1],
  ]);
});

it('the page after a decision leads to what undoes it, where something can be undone', () => {
  const learnersOf: Readonly<Record<string, readonly string[]>> = { 'under-number-alone': ['a'], 'link-conflict': ['a'] };
  const waysOf = (kind: Match['kind'], outcome: 'same' | 'different'): readonly string[] =>
    decisionRecorded({ match: 'possible-match.a.b', kind, learners: learnersOf[kind] ?? ['a', 'b'], outcome }, { position: '7' }).ways.map(
      ({ href }) => href,
    );
  expect(waysOf('possible-match', 'same')).toContain('/data/matches/possible-match.a.b#undo');
  expect(waysOf('possible-match', 'different')).not.toContain('/data/matches/possible-match.a.b#undo');
  expect(waysOf('under-number-alone', 'same')).not.toContain('/data/matches/possible-match.a.b#undo');
  expect(waysOf('link-conflict', 'same')).not.toContain('/data/matches/possible-match.a.b#undo');
  const { title, positions, act } = decisionRecorded({ match: 'm', kind: 'under-number-alone', learners: ['a'], outcome: 'same' }, {});
  expect([title, positions, act]).toEqual(['Recorded: it is this learner’s', [], { act: 'match-decided', match: 'm', decision: 'same' }]);
  expect(askRecorded({ position: '3', rule: 'r' }, {}).title).toBe('The agency was asked today already');
});
