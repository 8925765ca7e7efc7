// Whatever somebody who does not stand with a learner says of a programme under an id that they guessed, rows of others stay what they are
// (sharing-matrix.md, W2; views.md, D4).
import fc from 'fast-check';
import type { AnswerItem } from '#disclosure';
import { allocations } from '../allocations/allocations.list.ts';
import { caseload } from '../caseload/caseload.list.ts';
import { rowOf, seen } from '../fixtures/index.ts';
import { followUps } from '../follow-ups/follow-ups.list.ts';
import { reviews } from '../reviews/reviews.list.ts';
import { signOffs } from '../sign-offs/sign-offs.list.ts';

const ON = '2026-08-30';
const id = { programmeId: 'p-1' };
const TOLD: readonly AnswerItem[] = [
  seen('learner.adviser-assigned', { name: 'Sam Hughes', role: 'personal-adviser' }),
  seen('programme.started', { ...id, kind: 'e2e', startedOn: '2026-07-06' }, 'hts', { time: '2026-07-06' }),
  seen('adviser.informed', { ...id, on: '2026-07-08' }, 'careers', { time: '2026-07-08T09:00:00Z' }),
  seen('programme.agreed', { ...id, version: '1' }, 'hts', { time: '2026-07-20' }),
  seen('programme.signed-off', { ...id, signedOn: '2026-07-21' }, 'careers', { time: '2026-07-21T09:00:00Z' }),
  seen('review.scheduled', { ...id, reviewId: 'v-1', on: '2026-08-10' }, 'hts', { time: '2026-08-01' }),
];

/** Each by the event that makes its row. */
const LISTS = [
  ['follow-ups', followUps, 'adviser.informed'],
  ['sign-offs', signOffs, 'programme.started'],
  ['reviews', reviews, 'review.scheduled'],
  ['allocations', allocations, 'programme.started'],
] as const;

const DAYS = ['2026-07-01', '2026-07-20', '2026-08-10', '2026-08-20'] as const;
const guessed = fc
  .record({
    type: fc.constantFrom('programme.started', 'programme.left-early', 'programme.moved-on', 'programme.agreed', 'review.held'),
    day: fc.constantFrom(...DAYS),
    at: fc.nat(TOLD.length),
  })
  .map(({ type, day, at }): { readonly at: number; readonly item: AnswerItem } => {
    const data = { ...id, kind: 'e2e', version: '1', reviewId: 'v-1', startedOn: day, leftOn: day, on: day, heldOn: day };
    return { at, item: seen(type, data, 'mallory', { confirmed: false, time: day }) };
  });

/** They have begun one of that id: what they say is of that, whenever they say it. */
const attack = fc.array(guessed, { minLength: 1, maxLength: 4 }).map((moves) => {
  const started = seen('programme.started', { ...id, kind: 'e2e', startedOn: '2026-07-01' }, 'mallory', { confirmed: false });
  const all = TOLD.flatMap((told, at) => [...moves.filter((move) => move.at === at).map(({ item }) => item), told]);
  return [started, ...all, ...moves.filter((move) => move.at === TOLD.length).map(({ item }) => item)];
});

const isBy = (source: string, { source: by }: AnswerItem): boolean => by === `urn:concordat:agency:${source}`;

it.each(LISTS)('says the same in %s', (_, list, type) => {
  const row = (items: readonly AnswerItem[]): unknown => {
    const anchor = items.findIndex((item) => item.type === `uk.concordat.${type}.v1` && !isBy('mallory', item));
    return rowOf(list, ON, items, { anchor });
  };
  const alone = row(TOLD);
  expect(alone).toBeDefined();
  fc.assert(fc.property(attack, (items) => expect(row(items)).toEqual(alone)));
});

it('says the same of the programme and its follow-up in the caseload', () => {
  const row = (items: readonly AnswerItem[]): unknown => {
    const { programmes, followUp } = rowOf(caseload, ON, items) as { programmes: readonly { of: string }[]; followUp: unknown };
    return [programmes.filter(({ of }) => of === 'hts'), followUp];
  };
  fc.assert(fc.property(attack, (items) => expect(row(items)).toEqual(row(TOLD))));
});
