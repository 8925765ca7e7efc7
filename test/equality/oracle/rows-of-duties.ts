// What protocols ask of the agencies around a person, and whether it was done (views.md, part 4), with a table of duties of its own.
import { ASKED, type Asked, ENDS } from './asked.ts';
import { inOrder, itemsOf, personOf, type Row, runBy } from './facts.ts';
import { dueOf, lastOf, responsibleOn } from './passing.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Question, Seen } from './sight.ts';
import { daysFrom, londonDay, plusDays, text } from './told.ts';

export const duties: RowsOf = (seen, question) =>
  ASKED.flatMap((asked) => itemsOf(seen, asked.after[0]).flatMap((trigger) => dutyRow(seen, asked, trigger, question)));

/** What the asker has to do and is overdue, beside these; of all that is seen it is known what their sources say. */
export const behind = (seen: Seen, question: Question, beside: readonly string[]): readonly Row[] =>
  ASKED.filter(({ duty }) => !beside.includes(duty))
    .flatMap((asked) =>
      itemsOf(seen, asked.after[0]).flatMap((trigger) => {
        const found = reckoned(seen, asked, { trigger, knownOn: trigger.toldOn }, question);
        const isSo = found?.['state'] === 'overdue' && found['bearer'] === 'me';
        return isSo ? [{ duty: asked.duty, due: found['due'], ...programmeOf(seen, trigger) }] : [];
      }),
    )
    .toSorted(inOrder((one) => [one.due, one.duty].join(' ')));

/** Of the event itself it is known when the broker had it; of others what their sources say. */
const dutyRow = (seen: Seen, asked: Asked, trigger: Item, question: Question): readonly Row[] => {
  const found = reckoned(seen, asked, { trigger, knownOn: londonDay(trigger.knownAt) }, question);
  const { protocol, duty } = asked;
  return found === undefined ? [] : [{ ...personOf(seen), protocol, duty, ...found, ...programmeOf(seen, trigger) }];
};

interface Triggered {
  readonly trigger: Item;
  readonly knownOn: string;
}

const reckoned = (seen: Seen, asked: Asked, { trigger, knownOn }: Triggered, question: Question): Row | undefined => {
  const { on } = question;
  const [, field] = asked.after;
  const day = field === undefined ? knownOn : text(trigger.data, field);
  if (day === undefined || knownOn > on || !isWanted(asked.when, trigger)) return undefined;
  const term = termOf(asked, { day, knownOn, happened: dayOf(trigger, knownOn) });
  const outcome = outcomeOf(seen, asked, trigger, { ...term, on });
  const { toldOn } = trigger;
  const whose = bornBy(seen, asked, trigger, { question, on: lastOf({ toldOn, settledOn: outcome.settledOn }, on) });
  const due = whose.isAdvisers ? dueOf(seen, question, { due: term.due, toldOn, settledOn: outcome.settledOn }) : term.due;
  return { since: term.since, due, ...standing(outcome, due, on), bearer: whose.bearer, byFallback: whose.byFallback };
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

interface Outcome {
  readonly done: Item | undefined;
  readonly settledOn: string | undefined;
}

const outcomeOf = (seen: Seen, asked: Asked, trigger: Item, { earliest, on }: Term & { readonly on: string }): Outcome => {
  const [done] = itemsOf(seen, ...asked.done)
    .filter((one) => one !== trigger && isWanted(asked.doneWhen, one) && areOfOneThing(seen, trigger, one))
    .filter((one) => dayOf(one) >= earliest && dayOf(one) <= on && one.toldOn <= on)
    .toSorted((one, other) => (dayOf(one) < dayOf(other) ? -1 : Number(dayOf(one) > dayOf(other))));
  const ended = done ? undefined : endOf(seen, trigger, on);
  const settling = done ?? ended;
  return { done, settledOn: settling && dayOf(settling) };
};

const standing = ({ done, settledOn }: Outcome, due: string, on: string): Row => {
  if (done) {
    const late = daysFrom(due, dayOf(done));
    const lateByDays = late > 0 ? late : null;
    return { state: 'discharged', dischargedOn: dayOf(done), lateByDays, knownLate: lateByDays === null && done.toldOn > due };
  }
  const nothing = { dischargedOn: null, lateByDays: null, knownLate: false };
  if (settledOn !== undefined) return { state: 'void', ...nothing };
  return { state: due < on ? 'overdue' : 'open', ...nothing };
};

/** What ended the programme that it is about. */
const endOf = (seen: Seen, trigger: Item, on: string): Item | undefined => {
  if (ENDS.includes(trigger.type) || trigger.data['programmeId'] === undefined) return undefined;
  return itemsOf(seen, ...ENDS)
    .filter((end) => dayOf(end) <= on && end.toldOn <= on && end.data['programmeId'] === trigger.data['programmeId'])
    .find((end) => mayEnd(seen, end, trigger));
};

/** Its own agency; where no programme of that id is seen, whoever counts. */
const mayEnd = (seen: Seen, end: Item, trigger: Item): boolean => {
  const owner = runBy(seen, trigger);
  if (owner !== undefined) return owner === end.by;
  const isUnseen = !itemsOf(seen, 'programme.started').some(({ data }) => data['programmeId'] === trigger.data['programmeId']);
  return isUnseen && (end.own || end.counts);
};

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
  if (id === 'programmeId') return runBy(seen, item);
  if (GIVES[item.type] === id) return item.by;
  const named = text(item.data, 'of');
  if (named !== undefined) return named;
  const givers = seen.items.filter(({ type, data }) => GIVES[type] === id && data[id] === item.data[id]).map(({ by }) => by);
  if (givers.includes(item.by)) return item.by;
  return new Set(givers).size === 1 ? givers[0] : undefined;
};

const programmeOf = (seen: Seen, trigger: Item): Row => {
  const programmeId = text(trigger.data, 'programmeId');
  return programmeId === undefined ? { of: null, programmeId: null } : { of: ownerOf(seen, trigger, 'programmeId') ?? null, programmeId };
};

interface Whose {
  readonly bearer: 'me' | 'others';
  readonly byFallback: boolean;
  /** For the asker its last day is that of whoever is responsible: as the bearer for nothing else, or as one of those who see it borne. */
  readonly isAdvisers: boolean;
}

/** Whom the event names; else the agency of the responsible adviser, the source of the programme, or whoever of the role said something. */
const bornBy = (
  seen: Seen,
  { who }: Asked,
  trigger: Item,
  { question, on }: { readonly question: Question; readonly on: string },
): Whose => {
  const isOf: IsOf = (agency, roles) => agency !== undefined && (question.rolesOf?.(agency) ?? []).some((role) => roles.includes(role));
  const { asker } = question;
  const named = text(trigger.data, 'to') ?? text(trigger.data, 'about');
  if (isOf(named, who)) return { bearer: named === asker.slug ? 'me' : 'others', byFallback: false, isAdvisers: false };
  return bornUnnamed(seen, who, othersOf(seen, who, trigger, isOf), { question, on });
};

const bornUnnamed = (
  seen: Seen,
  who: Asked['who'],
  others: readonly (string | undefined)[],
  { question, on }: { readonly question: Question; readonly on: string },
): Whose => {
  const { asker } = question;
  const isOther = others.includes(asker.slug);
  const adviser = responsibleOn(seen, question, on);
  const isAlone = !isOther && [who, asker.roles].every((roles) => roles.includes('connexions')) && adviser.agency === asker.slug;
  const isAdvisers = others.length === 0 ? who.includes('connexions') : isAlone;
  return { bearer: isAlone || isOther ? 'me' : 'others', byFallback: isAlone && adviser.byFallback, isAdvisers };
};

type IsOf = (agency: string | undefined, roles: readonly string[]) => boolean;

/** Beside the adviser's agency. */
const othersOf = (seen: Seen, who: Asked['who'], trigger: Item, isOf: IsOf): readonly (string | undefined)[] => {
  const source = trigger.data['programmeId'] === undefined ? trigger.by : ownerOf(seen, trigger, 'programmeId');
  return who
    .filter((role) => role !== 'connexions')
    .flatMap((role) => (LEARNING.includes(role) ? [source] : seen.items.map(({ by }) => by)).filter((agency) => isOf(agency, [role])));
};

const LEARNING = ['provider', 'college', 'school'];
