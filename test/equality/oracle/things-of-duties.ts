// What duties are told of: when things happened, whose they are, what ended and what came of referrals (views.md, part 4).
import { ENDS } from './asked.ts';
import { assessmentsOf, day, frameworkOf, isSameProgramme, itemsOf, runBy } from './facts.ts';
import { isWordOn } from './rows-of-referrals.ts';
import type { Item, Seen } from './sight.ts';
import { plusDays, text } from './told.ts';

const VALID: Readonly<Record<string, number>> = {
  ...{ apir: 90, initial: 180, screening: 365, 'learning-style': 365, vocational: 180 },
  ...{ 'risk-of-failing': 90, 'risk-of-reoffending': 90 },
};

/** The day itself, but for the leap day. */
const twoYearsAfter = (day: string): string => {
  const [year = '', rest = ''] = [day.slice(0, 4), day.slice(4)];
  return [Number(year) + 2, rest === '-02-29' ? '-02-28' : rest].join('');
};

/** As it was set right since, and with its last day. */
export const factsOf = (seen: Seen, item: Item): Item['data'] => {
  if (item.type !== 'assessment.recorded') return item.data;
  const right = assessmentsOf(seen).find(({ order }) => order === item.order) ?? item;
  const [assessedOn, usual] = [text(right.data, 'assessedOn'), VALID[frameworkOf(item)]];
  const validUntil = lastDay(text(right.data, 'validUntil'), assessedOn, usual);
  return validUntil === undefined ? right.data : { ...right.data, validUntil };
};

const lastDay = (said: string | undefined, assessedOn: string | undefined, usual: number | undefined): string | undefined => {
  if (assessedOn === undefined) return said;
  if (said === undefined) return usual === undefined ? undefined : plusDays(assessedOn, usual);
  const latest = twoYearsAfter(assessedOn);
  return said > latest ? latest : said;
};

/** By the name of the field that says when it happened; what has none happened when it was told. */
export const HAPPENED: Readonly<Record<string, string>> = {
  'adviser.informed': 'on',
  'assessment.recorded': 'assessedOn',
  'case-conference.held': 'on',
  'follow-up.made': 'on',
  'learner.adviser-ended': 'on',
  'placement.started': 'on',
  'programme.left-early': 'leftOn',
  'programme.moved-on': 'on',
  'programme.signed-off': 'signedOn',
  'programme.started': 'startedOn',
  'release.planned': 'on',
  'review.held': 'heldOn',
  'review.scheduled': 'on',
};

export const dayOf = (seen: Seen, item: Item): string => text(factsOf(seen, item), HAPPENED[item.type] ?? '') ?? item.toldOn;

export const hasHappened =
  (seen: Seen, on: string): ((item: Item) => boolean) =>
  (item) =>
    dayOf(seen, item) <= on && item.toldOn <= on;

/** What ended the programme that it is about. */
export const endOf = (seen: Seen, item: Item, on: string): Item | undefined =>
  itemsOf(seen, ...ENDS)
    .filter((end) => item.data['programmeId'] !== undefined && end.data['programmeId'] === item.data['programmeId'])
    .find((end) => hasHappened(seen, on)(end) && mayEnd(seen, end, item));

/** Its own agency; where no programme of that id is seen, whoever counts. */
const mayEnd = (seen: Seen, end: Item, trigger: Item): boolean => {
  const owner = runBy(seen, trigger);
  if (owner !== undefined) return owner === end.by;
  const isUnseen = !itemsOf(seen, 'programme.started').some(({ data }) => data['programmeId'] === trigger.data['programmeId']);
  return isUnseen && (end.own || end.counts);
};

export const begunBy = (seen: Seen, due: string): readonly Item[] =>
  itemsOf(seen, 'programme.started').filter(({ data }) => data['kind'] !== 'school-course' && (text(data, 'startedOn') ?? due) <= due);

/** What began where the learner was referred to, within half a year and before the same was asked anew. */
export const startsOn = (seen: Seen, { order, by, toldOn, data: { to } }: Item): readonly Item[] => {
  const again = itemsOf(seen, 'referral.made').find((one) => one.order > order && one.by === by && one.data['to'] === to);
  return itemsOf(seen, 'programme.started').filter(
    (one) => one.by === to && one.order > order && one.order < (again?.order ?? Infinity) && day(one, 'startedOn') <= plusDays(toldOn, 180),
  );
};

/** Who does not count sends nobody to others. */
export const isHeeded = ({ by, counts, own, data: { to } }: Item): boolean => counts || own || by === to;

export const lapseOf = (seen: Seen, made: Item, on: string): string | undefined => {
  const isAnswered = wordsOn(seen, made).some(hasHappened(seen, on)) || startsOn(seen, made).some(hasHappened(seen, on));
  return isAnswered ? undefined : plusDays(made.toldOn, 181);
};

export const wordsOn = (seen: Seen, made: Item): readonly Item[] =>
  itemsOf(seen, 'referral.accepted', 'referral.declined', 'referral.withdrawn').filter((word) => isWordOn(seen, word, made));

/** Whose ids those types give. */
const GIVES: Readonly<Record<string, string>> = {
  'programme.started': 'programmeId',
  'referral.made': 'referralId',
  'review.held': 'reviewId',
  'review.scheduled': 'reviewId',
  'placement.started': 'placementId',
  'assessment.recorded': 'assessmentId',
  'endorsement.given': 'endorsementId',
  'offer.made': 'offerId',
};
const IDS = [...new Set(Object.values(GIVES))];

/** They name nothing otherwise; to what the second gives an id of its own, the first does not refer yet. */
export const areOfOneThing = (seen: Seen, one: Item, other: Item): boolean =>
  IDS.filter((id) => one.data[id] !== undefined && other.data[id] !== undefined && GIVES[other.type] !== id).every(
    (id) => one.data[id] === other.data[id] && isOneOwner(seen, id, [one, other]),
  );

const isOneOwner = (seen: Seen, id: string, [one, other]: readonly [Item, Item]): boolean => {
  if (id === 'programmeId') return isSameProgramme(seen, one, other);
  const [owner, otherOwner] = [ownerOf(seen, one, id), ownerOf(seen, other, id)];
  if (owner !== undefined && otherOwner !== undefined) return owner === otherOwner;
  return new Set(giversOf(seen, one, id)).size < 2 || (owner === otherOwner && one.by === other.by);
};

const giversOf = (seen: Seen, item: Item, id: string): readonly string[] =>
  seen.items.filter(({ type, data }) => GIVES[type] === id && data[id] === item.data[id]).map(({ by }) => by);

export const ownerOf = (seen: Seen, item: Item, id: string): string | undefined => {
  if (id === 'programmeId') return runBy(seen, item);
  if (GIVES[item.type] === id) return item.by;
  if (id === 'referralId') return itemsOf(seen, 'referral.made').find((made) => isWordOn(seen, item, made))?.by;
  const named = text(item.data, 'of');
  if (named !== undefined) return named;
  const givers = giversOf(seen, item, id);
  if (givers.includes(item.by)) return item.by;
  return new Set(givers).size === 1 ? givers[0] : undefined;
};
