// The individual learning plan: given what the gate let through, then what it says (views.md, S22).
import type { AnswerItem } from '#disclosure';
import { contentOf, seenItem } from '../fixtures/index.ts';
import { ilp } from './ilp.document.ts';

const agreed = (time: string, objectives: readonly string[], by = 'bct'): AnswerItem =>
  seenItem('programme.agreed', { programmeId: 'p', version: time, objectives, support: [`of ${time}`] }, { by, time });
const held = (heldOn: string, actions: readonly string[], by = 'bct'): AnswerItem =>
  seenItem('review.held', { reviewId: `v-${heldOn}`, programmeId: 'p', heldOn, actions }, { by });

describe('the individual learning plan', () => {
  it('has an objective since the version that first had it and each one since', () => {
    const versions = [agreed('2026-07-01', ['read', 'write']), agreed('2026-08-01', ['read']), agreed('2026-09-01', ['read', 'write'])];
    const { objectives } = contentOf(ilp, [...versions, held('2026-08-15', []), held('2026-09-15', [])]);
    expect(objectives).toMatchObject([
      { text: 'read', since: '2026-07-01', version: '2026-09-01', reviewed: ['2026-08-15', '2026-09-15'] },
      { text: 'write', since: '2026-09-01', reviewed: ['2026-09-15'] },
    ]);
  });

  it('has an action once, from the review that first named it, until a later one names it no more', () => {
    const { actions } = contentOf(ilp, [agreed('2026-07-01', []), held('2026-08-01', ['CV', 'bus']), held('2026-09-01', ['CV'])]);
    expect(actions).toEqual([
      { text: 'CV', fromReview: 'v-2026-08-01', programmeId: 'p', done: false },
      { text: 'bus', fromReview: 'v-2026-08-01', programmeId: 'p', done: true },
    ]);
  });

  it('keeps programmes of two providers apart that gave them one id', () => {
    const items = [
      seenItem('programme.started', { programmeId: 'p', startedOn: '2026-07-01' }),
      seenItem('programme.started', { programmeId: 'p', startedOn: '2026-07-01' }, { by: 'hts' }),
      agreed('2026-07-01', ['read']),
      agreed('2026-07-02', ['count'], 'hts'),
      held('2026-08-01', ['CV']),
    ];
    expect(contentOf(ilp, items)).toMatchObject({
      objectives: [
        { text: 'read', of: 'bct', reviewed: ['2026-08-01'] },
        { text: 'count', of: 'hts', reviewed: [] },
      ],
      actions: [{ text: 'CV' }],
      support: ['of 2026-07-01', 'of 2026-07-02'],
    });
  });

  it('has nothing of a programme that has ended', () => {
    const items = [
      seenItem('programme.started', { programmeId: 'p', startedOn: '2026-07-01' }),
      agreed('2026-07-01', ['read']),
      seenItem('programme.left-early', { programmeId: 'p', leftOn: '2026-09-01' }),
    ];
    expect([
      contentOf(ilp, items, { on: '2026-08-31' })['objectives'],
      contentOf(ilp, items, { on: '2026-09-01' })['objectives'],
    ]).toMatchObject([[{}], []]);
  });
});
