import { issueGroups, measureLines, noticesCounted, type OwnIssue } from './own-data.ts';

const issue = (says: string, more: Partial<OwnIssue> = {}): OwnIssue => ({
  ...{ says, severity: 'warns', advice: 'Look.', position: '7', since: '2026-09-03', overdue: false, askedOn: null, ...more },
});

it('groups what is amiss by rule: what blocks first, then by how many there are', () => {
  const groups = issueGroups([
    issue('No postcode.'),
    issue('No ULN.', { since: '2026-09-01' }),
    issue('No ULN.', { position: null, askedOn: '2026-09-20' }),
    issue('Ended before it began.', { severity: 'blocks', overdue: true }),
  ]);
  expect(groups.map(({ says, count, overdue, oldest }) => [says, count, overdue, oldest])).toEqual([
    ['Ended before it began.', 1, 1, '2026-09-03'],
    ['No ULN.', 2, 0, '2026-09-01'],
    ['No postcode.', 1, 0, '2026-09-03'],
  ]);
  expect(groups[1]?.positions).toEqual(['7']);
  expect(groups.map(({ asked, askedLast }) => [asked, askedLast])).toEqual([
    [0, undefined],
    [1, '2026-09-20'],
    [0, undefined],
  ]);
});

it('says what is known of how many, and what waits for an answer', () => {
  expect(measureLines([{ measure: 'some-new', have: 1, of: 2 }])).toEqual([{ name: 'some new', have: 1, of: 2 }]);
  expect(noticesCounted([{ due: '2026-09-30' }, { due: '2026-09-01' }], '2026-09-03')).toEqual({
    count: 2,
    overdue: 1,
    next: '2026-09-01',
  });
  expect(noticesCounted([], '2026-09-03')).toEqual({ count: 0, overdue: 0, next: undefined });
});
