// Referrals and what came of them (views.md, S5 and D2).
import { day, first, itemsOf, pick, type Row, value } from './facts.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Question, Seen } from './sight.ts';
import { daysFrom, plusDays, text, texts } from './told.ts';

export const referrals: RowsOf = (seen, question) => [
  ...itemsOf(seen, 'referral.made').map((made) => referralRow(seen, made, question)),
  ...itemsOf(seen, 'referral.declined')
    .filter((declined) => declined.own && !itemsOf(seen, 'referral.made').some((made) => mayAnswer(declined, made)))
    .map(({ toldOn, data }) => ({
      ...{ of: value(data, 'of'), to: null, office: null, route: null, madeOn: null, reason: null, daysWaiting: null, due: null },
      ...{ referralId: data['referralId'], direction: 'received', assessments: [], state: 'declined', answeredOn: toldOn, overdue: false },
      answerReason: value(data, 'reason'),
      isUnnamed: true,
    })),
];

/** By its id, and by whose it says that it is. */
const mayAnswer = ({ data }: Item, made: Item): boolean =>
  made.data['referralId'] === data['referralId'] && [undefined, made.by].includes(text(data, 'of'));

const referralRow = (seen: Seen, made: Item, { on, asker }: Question): Row => {
  const { to } = made.data;
  const answer = answerTo(seen, made);
  const answeredOn = answer?.toldOn ?? null;
  const state = first(
    ['enrolled', isEnrolled(seen, made, on)],
    [answer?.type.slice('referral.'.length), answer !== undefined],
    ['lapsed', plusDays(made.toldOn, 180) < on],
    ['waiting', true],
  );
  const due = plusDays(made.toldOn, 14);
  return {
    ...pick(made.data, 'referralId', 'to', 'office', 'route', 'reason'),
    direction: first(['made', made.own], ['received', to === asker.slug], ['learners', true]),
    of: made.by,
    madeOn: made.toldOn,
    assessments: texts(made.data, 'assessments'),
    state,
    answeredOn,
    answerReason: value(answer?.data, 'reason'),
    daysWaiting: daysFrom(made.toldOn, answeredOn ?? on),
    due,
    overdue: state === 'waiting' && due < on,
  };
};

/** The first: only the agency named accepts or declines, and only the referrer withdraws. */
export const answerTo = (seen: Seen, made: Item): Item | undefined =>
  itemsOf(seen, 'referral.accepted', 'referral.declined', 'referral.withdrawn').find((word) => isWordOn(seen, word, made));

const answered = new WeakMap<Seen, ReadonlyMap<Item, Item>>();

/** Whether that referral is the one that a word is about. */
export const isWordOn = (seen: Seen, word: Item, made: Item): boolean => {
  const found = answered.get(seen) ?? goneThrough(seen);
  answered.set(seen, found);
  return found.get(word) === made;
};

/**
 * One word after the other: who names no referrer answers what others who count asked first of what is not answered yet, and what it asked
 * of itself last.
 */
const goneThrough = (seen: Seen): ReadonlyMap<Item, Item> => {
  const found = new Map<Item, Item>();
  for (const word of itemsOf(seen, 'referral.accepted', 'referral.declined', 'referral.withdrawn')) {
    const alike = itemsOf(seen, 'referral.made').filter(
      ({ order, data }) => order < word.order && data['referralId'] === word.data['referralId'],
    );
    const taken = new Set(found.values());
    const one =
      word.type === 'referral.withdrawn'
        ? alike.find(({ by }) => by === word.by)
        : answeredBy(
            word,
            alike.filter((made) => !taken.has(made)),
          );
    if (one) found.set(word, one);
  }
  return found;
};

const answeredBy = (word: Item, open: readonly Item[]): Item | undefined => {
  const [asked, referrer] = [open.filter(({ data }) => data['to'] === word.by), text(word.data, 'of')];
  if (referrer !== undefined) return asked.find(({ by }) => by === referrer);
  return asked.find(({ by, counts, own }) => by !== word.by && (counts || own)) ?? asked.find(({ by }) => by === word.by);
};

/** Within half a year, if the same agency did not refer the learner there once more before. */
const isEnrolled = (seen: Seen, made: Item, on: string): boolean => {
  const {
    order,
    by,
    toldOn,
    data: { to },
  } = made;
  if (!['referral.accepted', undefined].includes(answerTo(seen, made)?.type)) return false;
  const untilAgain = itemsOf(seen, 'referral.made').find((one) => one.order > order && one.by === by && one.data['to'] === to);
  const last = plusDays(toldOn, 180);
  return itemsOf(seen, 'programme.started')
    .filter((one) => one.by === to && one.order > order && one.order < (untilAgain?.order ?? Infinity))
    .some((one) => day(one, 'startedOn') <= (last < on ? last : on));
};
