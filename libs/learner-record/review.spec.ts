import { connexions, programme, provider, type Teller, told } from '#contribution/fixtures';
import { given, judge, rejection } from './fixtures/index.ts';

const starts = ['p-1', 'p-2'].map((id) => told(provider, 'programme.started', programme(id)));
const schedule = (by: Teller = provider, programmeId = 'p-1') =>
  told(by, 'review.scheduled', { reviewId: 'v-1', programmeId, on: '2026-02-02' });
const hold = (by: Teller = provider, programmeId = 'p-1') =>
  told(by, 'review.held', { reviewId: 'v-1', programmeId, heldOn: '2026-02-02', attendees: ['learner'], summary: 'Well' });

describe('a review', () => {
  it.each([
    ['scheduled', schedule(), []],
    ['scheduled anew', schedule(), [schedule()]],
    ['held as scheduled', hold(), [schedule()]],
    ['held unscheduled', hold(), []],
  ])('is %s', (_, contribution, before) => {
    expect(judge(contribution, given(...starts, ...before))).toEqual({ outcome: 'accepted' });
  });

  it.each([
    ['held twice', hold(), [hold()]],
    ['scheduled after it was held', schedule(), [hold()]],
    ['of another programme', schedule(provider, 'p-2'), [schedule()]],
  ])('is not %s under the same id: reference-taken', (_, contribution, before) => {
    expect(judge(contribution, given(...starts, ...before))).toMatchObject(rejection('reference-taken'));
  });

  it('of another agency may have the same id', () => {
    expect(judge(hold(connexions), given(...starts, hold()))).toEqual({
      outcome: 'accepted',
      notes: { of: 'heath-town-skills' },
    });
  });
});
