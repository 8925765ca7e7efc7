// A learner's own progress file: given the own record, then what the page says (views.md, S22).
import type { AnswerItem } from '#disclosure';
import { NO_FACTS, seenItem } from '../fixtures/index.ts';
import { SeenItems } from '../lists/index.ts';
import { ownPlan } from './plan.ts';

const FACTS = { ...NO_FACTS, grounds: new Map(), clauses: new Map(), wasWithheld: new Set<number>() };
const planOf = (items: readonly AnswerItem[], on = '2026-10-01') => ownPlan.content(new SeenItems(items.entries()), { on, facts: FACTS });

const started = seenItem('programme.started', { programmeId: 'p', kind: 'e2e', title: 'Building', startedOn: '2026-07-01' });
const scheduled = (reviewId: string, on: string): AnswerItem => seenItem('review.scheduled', { reviewId, programmeId: 'p', on });
const held = (reviewId: string, heldOn: string, actions: readonly string[] = []): AnswerItem =>
  seenItem('review.held', { reviewId, programmeId: 'p', heldOn, attendees: ['learner'], summary: `Of ${heldOn}.`, actions });
const award = (title: string, more: Partial<AnswerItem> = {}): AnswerItem =>
  seenItem('achievement.recorded', { achievementId: title, kind: 'non-accredited', title, awardedOn: '2026-08-01' }, more);

describe('a learner’s own plan', () => {
  it('tells the programme, the last review first, and what is still to be done', () => {
    const plan = planOf([started, held('v-1', '2026-08-01', ['CV', 'bus']), held('v-2', '2026-09-01', ['CV'])]);
    expect(plan).toMatchObject({
      programmes: [{ title: 'Building', of: 'bct', primary: true }],
      reviews: [{ heldOn: '2026-09-01' }, { heldOn: '2026-08-01' }],
      actions: [
        { text: 'CV', done: false },
        { text: 'bus', done: true },
      ],
    });
  });

  it('tells of a review that is to come the day named last, and of one that was held or is past nothing', () => {
    const reviews = [
      scheduled('v-1', '2026-10-05'),
      scheduled('v-1', '2026-10-20'),
      scheduled('v-2', '2026-10-01'),
      held('v-3', '2026-09-01'),
    ];
    const plan = planOf([...reviews, scheduled('v-3', '2026-10-09'), scheduled('v-4', '2026-09-30')]);
    expect(plan['coming']).toMatchObject([
      { reviewId: 'v-2', on: '2026-10-01' },
      { reviewId: 'v-1', on: '2026-10-20' },
    ]);
  });

  it('leaves out what an agency said that does not stand with the learner, and what was taken back', () => {
    const items = [award('Team challenge'), award('Made up', { confirmed: false }), award('Mistake', { status: 'retracted' })];
    expect(planOf(items)['achievements']).toMatchObject([{ title: 'Team challenge' }]);
  });

  it('is empty where nothing is held', () =>
    expect(planOf([])).toEqual({ programmes: [], coming: [], reviews: [], actions: [], achievements: [] }));
});
