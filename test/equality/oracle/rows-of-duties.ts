// What protocols ask of the agencies around a person, and whether it was done (views.md, part 4), with a table of duties of its own.
import { ASKED, type Asked, ENDS } from './asked.ts';
import { itemsOf, personOf, type Row, stateOf } from './facts.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Question, Seen } from './sight.ts';
import { daysFrom, londonDay, plusDays, text } from './told.ts';

export const duties: RowsOf = (seen, question) =>
  ASKED.flatMap((asked) => itemsOf(seen, asked.after[0]).flatMap((trigger) => dutyRow(seen, asked, trigger, question)));

/** Whether the asker has something to do that is overdue, beside these; of all that is seen it is known what their sources say. */
export const isBehind = (seen: Seen, question: Question, beside: readonly string[]): boolean =>
  ASKED.filter(({ duty }) => !beside.includes(duty)).some((asked) =>
    itemsOf(seen, asked.after[0]).some((trigger) => {
      const found = reckoned(seen, asked, trigger, { on: question.on, knownOn: trigger.toldOn });
      return found?.['state'] === 'overdue' && bornBy(seen, asked, trigger, question)['bearer'] === 'me';
    }),
  );

/** Of the event itself it is known when the broker had it; of others what their sources say. */
const dutyRow = (seen: Seen, asked: Asked, trigger: Item, question: Question): readonly Row[] => {
  const found = reckoned(seen, asked, trigger, { on: question.on, knownOn: londonDay(trigger.knownAt) });
  if (found === undefined) return [];
  const { protocol, duty } = asked;
  return [{ ...personOf(seen), protocol, duty, ...found, ...bornBy(seen, asked, trigger, question), ...programmeOf(seen, trigger) }];
};

interface Days {
  readonly on: string;
  readonly knownOn: string;
}

const reckoned = (seen: Seen, asked: Asked, trigger: Item, { on, knownOn }: Days): Row | undefined => {
  const [, field] = asked.after;
  const day = field === undefined ? knownOn : text(trigger.data, field);
  if (day === undefined || knownOn > on || !isWanted(asked.when, trigger)) return undefined;
  const term = termOf(asked, { day, knownOn, happened: dayOf(trigger, knownOn) });
  return { since: term.since, due: term.due, ...standing(seen, asked, trigger, { ...term, on }) };
};

/** The framework of an assessment is told by its category, where a clause leaves it out. */
const isWanted = (when: Asked['when'] | Asked['doneWhen'], { data, raw }: Item): boolean => {
  const [field = '', ...values] = when ?? [];
  const said = data[field] ?? (field === 'framework' ? raw[field] : undefined);
  return when === undefined || values.some((value) => value === said);
};

interface Term {
  readonly since: string;
  readonly due: string;
  readonly earliest: string;
}

const HALF_A_YEAR = 180;
const earlier = (one: string, other: string): string => (one < other ? one : other);

/** What was done a term before the day counts too; towards a day, what was done within half a year before. */
const termOf = (
  { after: [, field], days, before }: Asked,
  { day, knownOn, happened }: { readonly day: string; readonly knownOn: string; readonly happened: string },
): Term => {
  if (before === undefined) {
    const beforehand = field === undefined ? happened : earlier(plusDays(day, -days), happened);
    return { since: day, due: plusDays(day, days), earliest: beforehand };
  }
  const [wanted, least] = [plusDays(day, -before), plusDays(knownOn, days)];
  const due = before === 0 || wanted > least ? wanted : least;
  return { since: knownOn, due, earliest: plusDays(due, -HALF_A_YEAR) };
};

/** By the name of the field that says when it happened; what has none happened when it was told. */
const HAPPENED: Readonly<Record<string, string>> = {
  'adviser.informed': 'on',
  'assessment.recorded': 'assessedOn',
  'case-conference.held': 'on',
  'follow-up.made': 'on',
  'placement.started': 'on',
  'programme.left-early': 'leftOn',
  'programme.moved-on': 'on',
  'programme.signed-off': 'signedOn',
  'programme.started': 'startedOn',
  'release.planned': 'on',
  'review.held': 'heldOn',
  'review.scheduled': 'on',
};

const dayOf = (item: Item, knownOn = item.toldOn): string => text(item.data, HAPPENED[item.type] ?? '') ?? knownOn;

const standing = (seen: Seen, asked: Asked, trigger: Item, { due, earliest, on }: Term & { readonly on: string }): Row => {
  const [done] = itemsOf(seen, ...asked.done)
    .filter((one) => one !== trigger && isWanted(asked.doneWhen, one) && areOfOneThing(seen, trigger, one))
    .filter((one) => dayOf(one) >= earliest && dayOf(one) <= on && one.toldOn <= on)
    .toSorted((one, other) => (dayOf(one) < dayOf(other) ? -1 : Number(dayOf(one) > dayOf(other))));
  if (done) {
    const late = daysFrom(due, dayOf(done));
    const lateByDays = late > 0 ? late : null;
    return { state: 'discharged', dischargedOn: dayOf(done), lateByDays, knownLate: lateByDays === null && done.toldOn > due };
  }
  const nothing = { dischargedOn: null, lateByDays: null, knownLate: false };
  if (isOver(seen, trigger, on)) return { state: 'void', ...nothing };
  return { state: due < on ? 'overdue' : 'open', ...nothing };
};

/** The programme that it is about has ended. */
const isOver = (seen: Seen, trigger: Item, on: string): boolean =>
  !ENDS.includes(trigger.type) &&
  trigger.data['programmeId'] !== undefined &&
  itemsOf(seen, ...ENDS).some((end) => dayOf(end) <= on && end.toldOn <= on && areOfOneThing(seen, trigger, end));

const IDS = ['programmeId', 'referralId', 'endorsementId', 'reviewId', 'placementId', 'assessmentId', 'offerId'];
/** Whose ids those types give. */
const GIVES: Readonly<Record<string, string>> = {
  'programme.started': 'programmeId',
  'referral.made': 'referralId',
  'review.held': 'reviewId',
  'review.scheduled': 'reviewId',
  'placement.started': 'placementId',
  'assessment.recorded': 'assessmentId',
  'offer.made': 'offerId',
};

/** They name nothing otherwise; what each gives an id of its own is two things. */
const areOfOneThing = (seen: Seen, one: Item, other: Item): boolean =>
  IDS.filter((id) => one.data[id] !== undefined && other.data[id] !== undefined)
    .filter((id) => !(GIVES[one.type] === id && GIVES[other.type] === id))
    .every((id) => one.data[id] === other.data[id] && isOneOwner(ownerOf(seen, one, id), ownerOf(seen, other, id)));

const isOneOwner = (one: string | undefined, other: string | undefined): boolean =>
  one === undefined || other === undefined || one === other;

const ownerOf = (seen: Seen, item: Item, id: string): string | undefined => {
  if (GIVES[item.type] === id) return item.by;
  const named = text(item.data, 'of');
  if (named !== undefined) return named;
  const givers = seen.items.filter(({ type, data }) => GIVES[type] === id && data[id] === item.data[id]).map(({ by }) => by);
  if (givers.includes(item.by)) return item.by;
  return givers.length === 1 ? givers[0] : undefined;
};

const programmeOf = (seen: Seen, trigger: Item): Row => {
  const programmeId = text(trigger.data, 'programmeId');
  return programmeId === undefined ? { of: null, programmeId: null } : { of: ownerOf(seen, trigger, 'programmeId') ?? null, programmeId };
};

/** Whom the event names; else the agency of the responsible adviser, the source of the programme, or whoever of the role said something. */
const bornBy = (seen: Seen, { who }: Asked, trigger: Item, question: Question): Row => {
  const { asker, rolesOf = () => [] } = question;
  const isOf = (agency: string | undefined, roles: readonly string[]): boolean =>
    agency !== undefined && rolesOf(agency).some((role) => roles.includes(role));
  const named = text(trigger.data, 'to') ?? text(trigger.data, 'about');
  const adviser = responsible(seen, question);
  const isBearer = (role: string): boolean => {
    if (!asker.roles.includes(role)) return false;
    if (role === 'connexions') return adviser.agency === asker.slug;
    if (!['provider', 'college', 'school'].includes(role)) return seen.items.some(({ by }) => by === asker.slug);
    const source = trigger.data['programmeId'] === undefined ? trigger.by : ownerOf(seen, trigger, 'programmeId');
    return source === asker.slug;
  };
  const isMine = isOf(named, who) ? named === asker.slug : who.some(isBearer);
  return { bearer: isMine ? 'me' : 'others', byFallback: isMine && adviser.agency === asker.slug && adviser.byFallback };
};

/**
 * By role the adviser assigned last who has not left, one's own counted whatever others hold of it; else the link adviser of where the
 * last programme to begin goes on.
 */
const responsible = (seen: Seen, { on, linkOf }: Question): { readonly agency: string | undefined; readonly byFallback: boolean } => {
  const ended = itemsOf(seen, 'learner.adviser-ended');
  const hasLeft = ({ by, order, data: { role } }: Item): boolean =>
    ended.some((end) => end.order > order && end.by === by && end.data['role'] === role && (text(end.data, 'on') ?? '') <= on);
  const advisers = itemsOf(seen, 'learner.adviser-assigned').filter(({ counts, own }) => counts || own);
  for (const role of ['personal-adviser', 'dedicated-adviser', 'link-adviser']) {
    const all = advisers.filter(({ data }) => data['role'] === role);
    // Whoever was displaced stays so; of dedicated advisers there may be several.
    const last = role === 'dedicated-adviser' ? all.findLast((one) => !hasLeft(one)) : all.at(-1);
    if (last && !hasLeft(last)) return { agency: last.by, byFallback: false };
  }
  const [latest] = itemsOf(seen, 'programme.started')
    .filter((start) => stateOf(seen, start, on) === 'running')
    .toSorted((one, other) => ((text(one.data, 'startedOn') ?? '') > (text(other.data, 'startedOn') ?? '') ? -1 : 1));
  return { agency: latest && linkOf?.(latest.by), byFallback: true };
};
