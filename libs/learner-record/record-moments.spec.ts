// What duties are reckoned from is kept of each event that they ask about, and no text of it.
import { NOON, programme, provider, told } from '#contribution/fixtures';
import { given } from './fixtures/index.ts';
import { evolveRecord, initialRecord, type Moment, momentsIn } from './index.ts';

const review = {
  reviewId: 'v-1',
  programmeId: 'p-1',
  heldOn: '2026-02-03',
  nextReviewDue: '2026-03-03',
  attendees: ['learner'],
  summary: 'Went well.',
};
const only = (...moments: readonly Moment[]): Moment => {
  const [moment] = moments;
  if (moment === undefined || moments.length > 1) throw new Error(`${moments.length} moments in place of one.`);
  return moment;
};

it('has ids, days and codes as they were told, whatever else the record keeps of them', () => {
  const moments = momentsIn(given(told(provider, 'programme.started', programme('p-1')), told(provider, 'review.held', review as never)));
  expect([...moments.values()].map(({ data }) => data)).toEqual([
    expect.objectContaining({ programmeId: 'p-1', kind: programme('p-1').kind, startedOn: programme('p-1').startedOn }),
    { reviewId: 'v-1', programmeId: 'p-1', heldOn: '2026-02-03', nextReviewDue: '2026-03-03' },
  ]);
});

it('tells ids that are alike apart from days and from one another', () => {
  const alike = { ...review, reviewId: 'p-1', heldOn: '2026-02-03', nextReviewDue: '2026-02-03' };
  const { data } = only(...momentsIn(given(told(provider, 'review.held', alike as never))).values());
  expect(data).toEqual({ reviewId: 'p-1', programmeId: 'p-1', heldOn: '2026-02-03', nextReviewDue: '2026-02-03' });
});

it('knows when the broker took it, before or after it is said to have happened', () => {
  for (const taken of [NOON, NOON + 86_400_000, NOON - 1]) {
    const event = { ...told(provider, 'programme.started', programme('p-1')), revision: 0, at: NOON - 1, time: NOON, taken };
    expect(only(...momentsIn(evolveRecord(initialRecord, event)).values()).taken).toBe(taken);
  }
});

it('is kept of nothing that no duty asks about', () => {
  expect(momentsIn(given(told(provider, 'attendance.concern', { programmeId: 'p-1', on: '2026-02-03', kind: 'absence' }))).size).toBe(0);
});
