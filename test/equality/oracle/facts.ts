// What several lists say of a person alike: programmes, advisers, follow-ups, sign-offs, reviews (views.md, S6 and V10).
import { dueOf } from './passing.ts';
import { day, type Item, itemsOf, type Question, type Seen } from './sight.ts';
import { type Data, daysFrom, plusDays, text, texts } from './told.ts';

export { day, itemsOf } from './sight.ts';

export type Row = Readonly<Record<string, unknown>>;

export const value = (data: Data | undefined, name: string): unknown => data?.[name] ?? null;
export const pick = (data: Data | undefined, ...names: readonly string[]): Row =>
  Object.fromEntries(names.map((name) => [name, value(data, name)]));

/** For sorting: what is alike stays in the order in which it was told. */
export const inOrder =
  <One>(of: (one: One) => string) =>
  (one: One, other: One): number =>
    of(one) < of(other) ? -1 : Number(of(one) > of(other));

export const personOf = ({ identity }: Seen): Row => pick(identity, 'givenName', 'familyName');

/** What only the agency itself tells of its programmes. */
const OF_ONES_OWN = ['programme.started', 'programme.agreed', 'programme.left-early', 'programme.moved-on'];

/** Whose programme it speaks of (D4): its own, the one named, that of the speaker, or the only one that it can have been. */
export const runBy = (seen: Seen, { type, by, order, data }: Item): string | undefined => {
  if (OF_ONES_OWN.includes(type)) return by;
  const named = text(data, 'of');
  if (named !== undefined) return named;
  const alike = itemsOf(seen, 'programme.started').filter((start) => start.data['programmeId'] === data['programmeId']);
  if (alike.some((start) => start.by === by)) return by;
  const serious = alike.some(({ counts }) => counts) ? alike.filter(({ counts }) => counts) : alike;
  return onlyOne(serious) ?? onlyOne(serious.filter((start) => start.order < order));
};

const onlyOne = ([one, ...others]: readonly Item[]): string | undefined => (others.every(({ by }) => by === one?.by) ? one?.by : undefined);

/** Of an item that names a programme: whether it is that one. */
export const isAbout = (seen: Seen, start: Item, item: Item): boolean =>
  item.data['programmeId'] === start.data['programmeId'] && runBy(seen, item) === start.by;

/**
 * Of two that name programmes, whether it may be one. Who sees no start goes by the id; of several agencies' with that id what is unclear
 * is the same only in one mouth.
 */
export const isSameProgramme = (seen: Seen, one: Item, other: Item): boolean => {
  const { programmeId } = one.data;
  const [owner, otherOwner] = [runBy(seen, one), runBy(seen, other)];
  if (programmeId !== other.data['programmeId']) return false;
  if (owner !== undefined && otherOwner !== undefined) return owner === otherOwner;
  const runners = new Set(itemsOf(seen, 'programme.started').flatMap(({ by, data }) => (data['programmeId'] === programmeId ? [by] : [])));
  return runners.size < 2 || (owner === otherOwner && one.by === other.by);
};

export const startOf = (seen: Seen, item: Item): Item | undefined =>
  itemsOf(seen, 'programme.started').find((start) => isAbout(seen, start, item));

export const weekOf = (startedOn: string | undefined, on: string): number | null =>
  startedOn === undefined || startedOn > on ? null : Math.floor(daysFrom(startedOn, on) / 7) + 1;

export const stateOf = (seen: Seen, start: Item, on: string): string => {
  const ends = (type: string, name: string): boolean =>
    itemsOf(seen, type).some((one) => isAbout(seen, start, one) && day(one, name) <= on);
  if (ends('programme.left-early', 'leftOn')) return 'left';
  if (ends('programme.moved-on', 'on')) return 'moved-on';
  return day(start, 'startedOn') > on ? 'planned' : 'running';
};

/** Of each role the one assigned last, unless that one has left: the personal adviser, else a dedicated one, else the link adviser. */
export const advisersOf = (seen: Seen): readonly Item[] =>
  ['personal-adviser', 'dedicated-adviser', 'link-adviser'].flatMap((role) => {
    const all = itemsOf(seen, 'learner.adviser-assigned').filter(({ data }) => data['role'] === role);
    // Of dedicated advisers there may be several.
    const last = role === 'dedicated-adviser' ? all.filter((one) => !hasEnded(seen, one)).at(-1) : all.at(-1);
    return last && !hasEnded(seen, last) ? [last] : [];
  });

export const adviserOf = (seen: Seen): Item | undefined => advisersOf(seen)[0];

/** Whoever assigned an adviser ends it, and nobody else. */
export const hasEnded = (seen: Seen, { order, by, data: { role } }: Item): boolean =>
  itemsOf(seen, 'learner.adviser-ended').some((one) => one.order > order && one.by === by && one.data['role'] === role);

export interface FollowUp {
  readonly informedOn: string;
  readonly due: string;
  readonly state: string;
  readonly madeOn: string | null;
}

export const followUpOf = (seen: Seen, informed: Item, question: Question): FollowUp => {
  const { on } = question;
  const informedOn = day(informed, 'on');
  const madeOn =
    itemsOf(seen, 'follow-up.made')
      .filter((one) => isSameProgramme(seen, one, informed))
      .map((one) => day(one, 'on'))
      .filter((made) => made >= plusDays(informedOn, -14) && made <= on)
      .toSorted()[0] ?? null;
  const endedOn = programmeEnd(seen, informed, on);
  const term = { due: plusDays(informedOn, 14), toldOn: informed.toldOn, settledOn: madeOn ?? endedOn };
  const due = dueOf(seen, question, term);
  const state =
    first<string>(['discharged', madeOn !== null], ['void', endedOn !== undefined], ['overdue', due < on], ['open', true]) ?? '';
  return { informedOn, due, madeOn, state };
};

/** When the programme that is named had ended: by its own agency's word; by any that counts, where it is not seen whose it can be. */
export const programmeEnd = (seen: Seen, item: Item, on: string): string | undefined => {
  const { programmeId } = item.data;
  const owner = runBy(seen, item);
  const isUnseen = !itemsOf(seen, 'programme.started').some(({ data }) => data['programmeId'] === programmeId);
  const ends = itemsOf(seen, 'programme.left-early', 'programme.moved-on')
    .filter(({ data }) => programmeId !== undefined && data['programmeId'] === programmeId)
    .filter(({ by, own, counts }) => (owner === undefined ? isUnseen && (own || counts) : by === owner));
  return ends.map((end) => day(end, end.type === 'programme.moved-on' ? 'on' : 'leftOn')).find((ended) => ended <= on);
};

export interface SignOff {
  readonly state: string;
  readonly due: string;
  readonly agreed: Item | undefined;
  readonly signed: Item | undefined;
  readonly queried: Item | undefined;
}

/** Of several, the first that holds. */
export const first = <Value>(...cases: readonly (readonly [Value, boolean])[]): Value | undefined => cases.find(([, holds]) => holds)?.[0];

/** Of those agreed, in order: whether the last is what was signed, by its version or as the last of those agreed by the day of signing. */
const isSigned = (signed: Item, agreed: readonly Item[]): boolean => {
  const version = text(signed.data, 'version');
  const byThen = agreed.filter(({ toldOn }) => toldOn <= day(signed, 'signedOn'));
  const last = agreed.at(-1);
  if (!last) return true;
  return version === undefined ? byThen.includes(last) : version === text(last.data, 'version');
};

const orderOf = (item: Item | undefined): number => item?.order ?? -1;

/** Until it is signed, or the programme has ended. */
const signDue = (seen: Seen, start: Item, question: Question, signed: Item | undefined): string => {
  const settledOn = signed ? day(signed, 'signedOn') : programmeEnd(seen, start, question.on);
  return dueOf(seen, question, { due: plusDays(day(start, 'startedOn'), 28), toldOn: start.toldOn, settledOn });
};

export const signOffOf = (seen: Seen, start: Item, question: Question): SignOff | undefined => {
  const { on } = question;
  const all = (type: string): readonly Item[] => itemsOf(seen, type).filter((one) => isAbout(seen, start, one));
  const [versions, signatures] = [all('programme.agreed'), all('programme.signed-off').filter((one) => day(one, 'signedOn') <= on)];
  const [agreed, asked] = [versions.at(-1), all('programme.queried').at(-1)];
  const queried = orderOf(asked) > Math.max(orderOf(agreed), orderOf(signatures.at(-1))) ? asked : undefined;
  const valid = signatures.filter((one) => isSigned(one, versions)).at(-1);
  const due = signDue(seen, start, question, queried === undefined ? valid : undefined);
  const signed = valid ?? signatures.at(-1);
  const state = first(
    ['queried', queried !== undefined],
    ['signed', valid !== undefined],
    ['agreed-anew', signed !== undefined],
    ['to-sign', agreed !== undefined || due < on],
  );
  return state === undefined ? undefined : { state, due, agreed, signed, queried };
};

export const heldOf = (seen: Seen, scheduled: Item, on: string): Item | undefined =>
  itemsOf(seen, 'review.held').find((held) => {
    const isNear = Math.abs(daysFrom(day(scheduled, 'on'), day(held, 'heldOn'))) <= 7;
    const isNamed = held.by === scheduled.by && held.data['reviewId'] === scheduled.data['reviewId'];
    const isIt = isNamed || (isNear && isSameProgramme(seen, scheduled, held));
    return isIt && day(held, 'heldOn') <= on;
  });

export const isTripartite = (attendees: readonly string[]): boolean =>
  attendees.includes('learner') &&
  attendees.includes('key-worker') &&
  attendees.some((one) => one === 'personal-adviser' || one === 'link-adviser');

export const attendeesOf = ({ data }: Item): readonly string[] => texts(data, 'attendees');

/** The destination that stands (V10). */
export const destinationOf = (seen: Seen, on: string): Item | undefined =>
  itemsOf(seen, 'destination.recorded')
    .filter((one) => day(one, 'from') <= on && day(one, 'verifiedOn') <= on)
    .toSorted((one, other) =>
      `${day(one, 'from')} ${day(one, 'verifiedOn')}` < `${day(other, 'from')} ${day(other, 'verifiedOn')}` ? -1 : 1,
    )
    .at(-1);

/** Assessments as their sources set them right since, each field the last word (V12). */
export const assessmentsOf = (seen: Seen): readonly Item[] =>
  itemsOf(seen, 'assessment.recorded').map((item) => {
    const isOfIt = ({ by, order, data }: Item): boolean =>
      by === item.by && order > item.order && data['assessmentId'] === item.data['assessmentId'];
    const { reason: _, ...words }: Data = Object.assign(
      {},
      ...itemsOf(seen, 'assessment.rectified')
        .filter(isOfIt)
        .map(({ data }) => data),
    ) as Data;
    return { ...item, data: { ...item.data, ...words } };
  });

/** Where a clause leaves the framework out, the category tells it. */
export const frameworkOf = ({ data, raw }: Item): string => text(data, 'framework') ?? text(raw, 'framework') ?? '';
