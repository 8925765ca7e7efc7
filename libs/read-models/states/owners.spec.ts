// Two agencies give one id, and nothing said of the one's programme or review is of the other's (views.md, D4 and W2).
import type { AnswerItem } from '#disclosure';
import { allocations } from '../allocations/allocations.list.ts';
import { caseload } from '../caseload/caseload.list.ts';
import { followUps } from '../follow-ups/follow-ups.list.ts';
import { rowOf, seen } from '../fixtures/index.ts';
import { reviews } from '../reviews/reviews.list.ts';
import { signOffs } from '../sign-offs/sign-offs.list.ts';

type Data = Readonly<Record<string, unknown>>;

const ON = '2026-08-05';
const id = { programmeId: 'p-1' };
const started = (by: string, more: Partial<AnswerItem> = {}): AnswerItem =>
  seen('programme.started', { ...id, kind: 'e2e', startedOn: '2026-07-06' }, by, more);
const said = (short: string, data: Data, by?: string, more?: Partial<AnswerItem>): AnswerItem => seen(short, { ...id, ...data }, by, more);
const left = (by: string, more?: Partial<AnswerItem>): AnswerItem => said('programme.left-early', { leftOn: '2026-07-20' }, by, more);
const informed = (data: Data = {}): AnswerItem => said('adviser.informed', { on: '2026-07-08', ...data });
const ASSIGNED = seen('learner.adviser-assigned', { name: 'Sam Hughes', role: 'personal-adviser' });
/** Of whoever does not stand with the learner. */
const GUESSED = { confirmed: false } as const;

describe('a learner who left one of two programmes of one id', () => {
  it('goes on with the other, on the caseload', () => {
    const row = rowOf(caseload, ON, [ASSIGNED, started('bct'), started('hts'), left('bct')]);
    expect(row).toMatchObject({
      programmes: [
        { of: 'bct', state: 'left' },
        { of: 'hts', state: 'running' },
      ],
    });
  });

  it('has moved on from none but that of who says so', () => {
    const moved = said('programme.moved-on', { on: '2026-07-20' }, 'hts');
    const row = rowOf(caseload, ON, [ASSIGNED, started('bct'), started('hts'), moved]);
    expect(row).toMatchObject({ programmes: [{ state: 'running' }, { state: 'moved-on' }] });
  });

  it('is to be allocated still', () => {
    expect(rowOf(allocations, ON, [started('hts'), started('bct'), left('bct')])).toMatchObject({ provider: 'hts', state: 'to-allocate' });
    expect(rowOf(allocations, ON, [started('hts'), started('bct', GUESSED), left('bct', GUESSED)])).toMatchObject({ state: 'to-allocate' });
  });
});

describe('a follow-up of one of two programmes of one id', () => {
  const stateOf = (...items: readonly AnswerItem[]): unknown => rowOf(followUps, ON, [...items], { anchor: items.length - 1 })?.['state'];

  it.each<readonly [says: string, items: readonly AnswerItem[], state: string]>([
    ['is void, where that was named', [started('bct'), started('hts'), left('bct'), informed({ of: 'bct' })], 'void'],
    ['is to be made, where the other was named', [started('bct'), started('hts'), left('bct'), informed({ of: 'hts' })], 'overdue'],
    ['is to be made, where it is not seen which was meant', [started('bct'), started('hts'), left('bct'), informed()], 'overdue'],
    [
      'is to be made, whatever who does not stand says',
      [started('hts'), started('bct', GUESSED), left('bct', GUESSED), informed()],
      'overdue',
    ],
    ['is void, where no start is seen', [left('bct'), informed()], 'void'],
    ['is to be made, where no start is seen of whoever does not stand', [left('bct', GUESSED), informed()], 'overdue'],
  ])('%s', (_, items, state) => {
    expect(stateOf(...items)).toBe(state);
  });

  it('is of the only one that there was by then', () => {
    const items = [informed(), started('hts'), started('bct'), left('bct')];
    const inOrder = [started('hts'), informed(), started('bct'), left('bct')];
    expect([rowOf(followUps, ON, inOrder, { anchor: 1 }), rowOf(followUps, ON, items)]).toMatchObject([
      { of: 'hts', state: 'overdue' },
      { of: null, state: 'overdue' },
    ]);
  });
});

describe('what is agreed and signed of one of two programmes of one id', () => {
  const agreed = said('programme.agreed', { version: '1' }, 'bct', { time: '2026-07-20' });
  const signed = (data: Data = {}, by?: string): AnswerItem => said('programme.signed-off', { signedOn: '2026-07-21', ...data }, by);
  const both = (of: string): readonly AnswerItem[] => (of === 'bct' ? [started('bct'), started('hts')] : [started('hts'), started('bct')]);
  const statesOf = (...items: readonly AnswerItem[]): readonly unknown[] =>
    ['bct', 'hts'].map((of) => rowOf(signOffs, ON, [...both(of), ...items])).map((row) => [row?.['version'], row?.['state']]);

  it('is not agreed of the other', () => {
    expect(statesOf(agreed)).toEqual([
      ['1', 'to-sign'],
      [null, 'to-sign'],
    ]);
  });

  it('is signed of the one that is named, of the signer’s own, and of neither where both may be meant', () => {
    const one = [
      ['1', 'signed'],
      [null, 'to-sign'],
    ];
    expect(statesOf(agreed, signed({ of: 'bct' }))).toEqual(one);
    expect(statesOf(agreed, signed({}, 'bct'))).toEqual(one);
    expect(statesOf(agreed, signed())).toEqual([['1', 'to-sign'], one[1]]);
  });

  it('is signed of the one that counts, whoever else has begun one of that id', () => {
    const items = [started('bct'), started('mallory', GUESSED), agreed, signed()];
    expect(rowOf(signOffs, ON, items)).toMatchObject({ state: 'signed' });
  });
});

describe('a review', () => {
  const scheduled = said('review.scheduled', { reviewId: 'v-1', on: '2026-07-20' }, 'bct');
  const held = (data: Data = {}, by = 'hts'): AnswerItem => said('review.held', { reviewId: 'v-1', heldOn: '2026-07-21', ...data }, by);
  const stateOf = (...items: readonly AnswerItem[]): unknown =>
    rowOf(reviews, ON, [scheduled, started('bct'), started('hts'), ...items])?.['state'];

  it('of another agency’s id, or of another’s programme, is not the one that was scheduled', () => {
    expect([stateOf(held()), stateOf(held({ reviewId: 'v-2' }))]).toEqual(['missed', 'missed']);
  });

  it('of that agency’s id, or of that programme at about that time, is', () => {
    const states = [held({}, 'bct'), held({ heldOn: '2026-08-04' }, 'bct'), held({ of: 'bct', reviewId: 'v-2' }, 'careers')];
    expect(states.map((one) => stateOf(one))).toEqual(['held', 'held', 'held']);
  });

  it('is followed up by what names it, or its programme, as that agency’s', () => {
    const made = (data: Data): AnswerItem => said('follow-up.made', { on: '2026-07-25', ...data });
    const followed = (data: Data): unknown =>
      rowOf(reviews, ON, [held({}, 'bct'), started('bct'), started('hts'), held(), made(data)])?.['followUpAfter'];
    const [yes, no] = [{ madeOn: '2026-07-25' }, { madeOn: null }];
    expect(['bct', 'hts'].map((of) => followed({ of }))).toMatchObject([yes, no]);
    expect(['bct', 'hts'].map((of) => followed({ of, reviewId: 'v-1' }))).toMatchObject([yes, no]);
    expect(followed({ of: 'bct', reviewId: 'v-3' })).toMatchObject(no);
  });
});
