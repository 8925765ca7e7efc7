// What has become of a review (views.md, S6).
import type { AnswerItem } from '#disclosure';
import { rowOf, seen } from '../fixtures/index.ts';
import { reviews } from './reviews.list.ts';

const started = (kind = 'e2e') => seen('programme.started', { programmeId: 'p', kind, startedOn: '2026-07-06' }, 'bct');
const scheduled = (on: string, reviewId = 'v') => seen('review.scheduled', { reviewId, programmeId: 'p', on }, 'bct');
const held = (heldOn: string, data = {}) => seen('review.held', { reviewId: 'h', programmeId: 'p', heldOn, ...data }, 'bct');
const on = (day: string, items: readonly AnswerItem[], anchor = 0) => rowOf(reviews, day, items, { anchor });

describe('a review', () => {
  it('is missed a week after its day, unless one of that programme was held within a week of it', () => {
    const stateOn = (day: string, ...more: readonly AnswerItem[]) => on(day, [scheduled('2026-08-10'), ...more])?.['state'];
    expect([stateOn('2026-08-17'), stateOn('2026-08-18')]).toEqual(['scheduled', 'missed']);
    expect([stateOn('2026-08-18', held('2026-08-17')), stateOn('2026-08-30', held('2026-08-18'))]).toEqual(['held', 'missed']);
    expect(stateOn('2026-08-30', held('2026-08-25', { reviewId: 'v' }))).toBe('held');
  });

  it('that is scheduled again under its id, by whoever did so before, is one: on the last day that was said', () => {
    const moved = [scheduled('2026-08-10'), scheduled('2026-08-24')];
    expect([on('2026-08-12', moved, 0), on('2026-08-12', moved, 1)?.['scheduledOn']]).toEqual([undefined, '2026-08-24']);
    const others = [scheduled('2026-08-10'), seen('review.scheduled', { reviewId: 'v', programmeId: 'p', on: '2026-08-24' }, 'careers')];
    expect([on('2026-08-12', others, 0), on('2026-08-12', others, 1)].map((row) => row?.['scheduledOn'])).toEqual([
      '2026-08-10',
      '2026-08-24',
    ]);
  });

  it('that was held without being scheduled counts, and once', () => {
    expect(on('2026-08-20', [held('2026-08-17')])).toMatchObject({ state: 'held', scheduledOn: null, heldOn: '2026-08-17' });
    expect(on('2026-08-20', [held('2026-08-17'), scheduled('2026-08-15')])).toBeUndefined();
    expect(on('2026-08-16', [held('2026-08-17')])).toBeUndefined();
  });

  it('is due of Entry to Employment within four weeks, then as the last one said, unless one is scheduled', () => {
    expect([on('2026-07-20', [started()])?.['dueOn'], on('2026-07-20', [started('apprenticeship')])]).toEqual(['2026-08-03', undefined]);
    const said = [started(), held('2026-08-01', { nextReviewDue: '2026-09-01' })];
    expect(on('2026-08-10', said)?.['dueOn']).toBe('2026-09-01');
    expect(on('2026-08-10', [...said, scheduled('2026-08-28')])).toBeUndefined();
    expect(on('2026-09-05', [...said, scheduled('2026-08-28')])?.['dueOn']).toBe('2026-09-01');
    expect(on('2026-08-10', [...said, seen('programme.moved-on', { programmeId: 'p', on: '2026-08-09' }, 'bct')])).toBeUndefined();
  });

  it('is overdue once it is missed, or not held by its day; of a programme that is over none is', () => {
    const overdue = (day: string, items: readonly AnswerItem[]) => on(day, items)?.['overdue'];
    const left = seen('programme.left-early', { programmeId: 'p', leftOn: '2026-08-12' }, 'bct');
    expect(['2026-08-17', '2026-08-18'].map((day) => overdue(day, [scheduled('2026-08-10'), started()]))).toEqual([false, true]);
    expect(overdue('2026-08-18', [scheduled('2026-08-10'), started(), left])).toBe(false);
    expect(['2026-08-03', '2026-08-04'].map((day) => overdue(day, [started()]))).toEqual([false, true]);
    expect(overdue('2026-08-20', [held('2026-08-17')])).toBe(false);
  });

  it.each([
    [['learner', 'key-worker', 'personal-adviser'], true],
    [['Learner', 'Key worker', 'link-adviser'], true],
    [['learner', 'key-worker', 'tutor'], false],
    [['key-worker', 'personal-adviser'], false],
  ])('held with %j is tripartite: %s', (attendees, tripartite) => {
    expect(on('2026-08-20', [held('2026-08-17', { attendees })])?.['tripartite']).toBe(tripartite);
  });

  it('is followed up by what names it, or the programme, on that day or later', () => {
    const made = (day: string, data = {}) => seen('follow-up.made', { programmeId: 'p', on: day, ...data });
    const after = (...more: readonly AnswerItem[]) => on('2026-09-20', [held('2026-08-17'), ...more])?.['followUpAfter'];
    expect(after(made('2026-08-16'), made('2026-08-20', { reviewId: 'other' }))).toEqual({ due: '2026-08-31', madeOn: null });
    expect(after(made('2026-08-20', { reviewId: 'h' }), made('2026-08-25'))).toEqual({ due: '2026-08-31', madeOn: '2026-08-20' });
  });
});
