// Whether a duty is made, and what came of it (views.md, part 4).
import { type Asked, ENDS } from './asked.ts';
import { inOrder, itemsOf } from './facts.ts';
import { isAdvised } from './passing.ts';
import { isWordOn } from './rows-of-referrals.ts';
import type { Item, Question, Seen } from './sight.ts';
import { areOfOneThing, begunBy, dayOf, endOf, factsOf, HAPPENED, hasHappened, isHeeded, startsOn, wordsOn } from './things-of-duties.ts';
import { plusDays, text } from './told.ts';

export interface Term {
  readonly since: string;
  readonly due: string;
  readonly earliest: string;
}

/** What nobody answers is refused by time. */
export const isOfRefusal = ({ after: [type] }: Asked, trigger: Item): boolean =>
  type === 'referral.declined' && trigger.type === 'referral.made';

/** The framework of an assessment is told by its category, where a clause leaves it out. */
export const isWanted = (when: Asked['when'] | Asked['doneWhen'], { data, raw }: Item): boolean => {
  const [field = '', ...values] = when ?? [];
  const said = data[field] ?? (field === 'framework' ? raw[field] : undefined);
  return when === undefined || values.some((value) => value === said);
};

export interface Made {
  readonly trigger: Item;
  readonly term: Term;
}

export const isMade = (seen: Seen, { only }: Asked, { trigger, term }: Made): boolean => {
  if (trigger.type === 'referral.made' && !isHeeded(trigger)) return false;
  if (only === 'on-programme') return begunBy(seen, term.due).length > 0;
  if (only === undefined) return true;
  const isOtherWay = itemsOf(seen, 'referral.made').some((made) => isAnotherWay(made) && stoodAt(seen, made, trigger));
  return !isOtherWay && !isAdvised(seen, term.since);
};

const isAnotherWay = (made: Item): boolean => isHeeded(made) && ![undefined, 'connexions'].includes(text(made.data, 'route'));

/** That began on it, and nobody had said no before. */
const stoodAt = (seen: Seen, made: Item, start: Item): boolean =>
  startsOn(seen, made).includes(start) &&
  wordsOn(seen, made).every(({ type, order }) => type === 'referral.accepted' || order > start.order);

export interface Outcome {
  readonly done: Item | undefined;
  readonly settledOn: string | undefined;
}

export const outcomeOf = (
  seen: Seen,
  asked: Asked,
  trigger: Item,
  { question, ...term }: Term & { readonly question: Question },
): Outcome => {
  const { on } = question;
  const isByWhom = mayBeDoneBy(asked, trigger, question);
  const [done] = itemsOf(seen, ...asked.done)
    .filter((one) => one !== trigger && isWanted(asked.doneWhen, one) && (one.counts || one.own || one.by === trigger.by))
    .filter((one) => isAnswer(seen, asked, { trigger, one }) && isLateEnough(seen, asked, { trigger, one, term }))
    .filter((one) => hasHappened(seen, on)(one) && isByWhom(one))
    .toSorted(inOrder((one) => dayOf(seen, one)));
  if (done) return { done, settledOn: dayOf(seen, done) };
  return { done, settledOn: overOn(seen, asked, { trigger, term }, on) };
};

/** Who takes a learner over is to find an adviser of its own. */
const mayBeDoneBy = ({ done }: Asked, trigger: Item, { rolesOf }: Question): ((one: Item) => boolean) => {
  const named = text(trigger.data, 'to');
  const isHandedOver = done.includes('learner.adviser-assigned') && named !== undefined && rolesOf?.(named).includes('connexions');
  return ({ by }) => !isHandedOver || by === named;
};

interface Pair {
  readonly trigger: Item;
  readonly one: Item;
}

const isAnswer = (seen: Seen, { after: [type] }: Asked, { trigger, one }: Pair): boolean => {
  if (type !== 'referral.made') return areOfOneThing(seen, trigger, one);
  if (one.type === 'programme.started') return startsOn(seen, trigger).includes(one);
  return !one.type.startsWith('referral.') || isWordOn(seen, one, trigger);
};

/** What has no day of its own is put in order by when it was told; an assessment counts as long as it is valid. */
const isLateEnough = (seen: Seen, { after, before }: Asked, { trigger, one, term }: Pair & { readonly term: Term }): boolean => {
  if ((after[0] === 'referral.made' && one.type === 'programme.started') || isThatReview(trigger, one)) return true;
  const happened = dayOf(seen, one);
  if (isInOrder(trigger, one)) return isFurtherOn([happened, one.order], [term.earliest, trigger.order]);
  const lastDay = before === undefined ? lastDayOf(seen, one) : undefined;
  return lastDay === undefined ? happened >= term.earliest : lastDay >= term.since;
};

const lastDayOf = (seen: Seen, item: Item): string | undefined =>
  item.type === 'assessment.recorded' ? text(factsOf(seen, item), 'validUntil') : undefined;

type When = readonly [day: string, order: number];

const isFurtherOn = ([day, order]: When, [other, before]: When): boolean => day > other || (day === other && order > before);

const isThatReview = (trigger: Item, { type, by, data: { reviewId } }: Item): boolean =>
  type === 'review.held' && trigger.type === 'review.scheduled' && by === trigger.by && reviewId === trigger.data['reviewId'];

const isInOrder = (trigger: Item, { type }: Item): boolean => {
  const isUndated = [trigger.type, type].every((one) => HAPPENED[one] === undefined);
  return isUndated || type === trigger.type || (type === 'referral.made' && trigger.type === 'referral.declined');
};

/** Day on which what it is about came to nothing, or to its end. */
const overOn = (seen: Seen, { after: [type], only }: Asked, { trigger, term }: Made, on: string): string | undefined => {
  if (ENDS.includes(trigger.type)) return undefined;
  if (trigger.type === 'referral.made') return referralOver(seen, trigger, type === trigger.type, on);
  if (only === 'on-programme') return lastEnd(seen, begunBy(seen, term.due), on);
  return lastEnd(seen, [trigger], on);
};

const lastEnd = (seen: Seen, starts: readonly Item[], on: string): string | undefined => {
  const ends = starts.map((start) => endOf(seen, start, on));
  const days = ends.flatMap((end) => (end ? [dayOf(seen, end)] : [])).toSorted();
  return days.length === starts.length ? days.at(-1) : undefined;
};

const referralOver = (seen: Seen, made: Item, waits: boolean, on: string): string | undefined => {
  const words = wordsOn(seen, made).filter(hasHappened(seen, on));
  const first = startsOn(seen, made)[0]?.order ?? Infinity;
  const word = words.find(({ type, order }) => !waits || (type !== 'referral.accepted' && order < first));
  if (word || !waits) return word && dayOf(seen, word);
  const begun = itemsOf(seen, 'programme.started').filter((one) => one.by === made.data['to'] && one.order > made.order);
  const running = begun.filter(hasHappened(seen, on));
  if (running.length > 0) return lastEnd(seen, running, on);
  const lapse = plusDays(made.toldOn, 181);
  return lapse <= on ? lapse : undefined;
};
