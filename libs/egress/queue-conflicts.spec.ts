// What the data manager is told of identifiers in conflict: all that are about the same learners.
import { conflictsOf } from './queue-findings.ts';

const entry = (kind: 'link-conflict' | 'possible-match', match: string, more: object) => ({
  ...({ match, kind, state: 'open', learners: ['L', 'N'], position: 1, openedAt: 1000, decisions: [] } as const),
  ...more,
});

it('are told agency by agency and identifier by identifier, and of nobody else', () => {
  const among = [
    entry('link-conflict', 'link-conflict.L.N', { agency: 'bct', identifier: 'uln' }),
    entry('link-conflict', 'link-conflict.L.N', { agency: 'bct', identifier: 'localId', openedAt: 2000 }),
    entry('link-conflict', 'link-conflict.L.N', { agency: 'hts' }),
    entry('link-conflict', 'link-conflict.M.N', { agency: 'forge', identifier: 'uln' }),
    entry('possible-match', 'possible-match.L.M', {}),
  ];
  expect(conflictsOf('link-conflict.L.N', among)).toEqual([
    { agency: 'bct', identifier: 'uln', openedAt: 1000 },
    { agency: 'bct', identifier: 'localId', openedAt: 2000 },
    { agency: 'hts', openedAt: 1000 },
  ]);
  expect(conflictsOf('possible-match.L.M', among)).toEqual([]);
});
