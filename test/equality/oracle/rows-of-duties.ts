// What protocols ask of the agencies around a person, and whether it was done (views.md, part 4), with a table of duties of its own.
import { ASKED, type Asked } from './asked.ts';
import { inOrder, itemsOf, personOf, type Row } from './facts.ts';
import { isMade, isOfRefusal, isWanted, type Made, type Outcome, outcomeOf, type Term } from './outcomes-of-duties.ts';
import { dueOf, lastOf } from './passing.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Question, Seen } from './sight.ts';
import { dayOf, factsOf, lapseOf, ownerOf } from './things-of-duties.ts';
import { daysFrom, londonDay, plusDays, text } from './told.ts';
import { bornBy } from './whose-duties.ts';

export const duties: RowsOf = (seen, question) =>
  ASKED.flatMap((asked) => triggersOf(seen, asked).flatMap((trigger) => dutyRow(seen, asked, trigger, question)));

const triggersOf = (seen: Seen, { after: [type] }: Asked): readonly Item[] =>
  itemsOf(seen, type, ...(type === 'referral.declined' ? ['referral.made'] : []));

/** What the asker has to do and is overdue, beside these; of all that is seen it is known what their sources say. */
export const behind = (seen: Seen, question: Question, beside: readonly string[]): readonly Row[] =>
  ASKED.filter(({ duty }) => !beside.includes(duty))
    .flatMap((asked) =>
      triggersOf(seen, asked).flatMap((trigger) => {
        const found = reckoned(seen, asked, { trigger, knownOn: trigger.toldOn }, question);
        const isSo = found?.['state'] === 'overdue' && found['bearer'] === 'me';
        return isSo ? [{ duty: asked.duty, due: found['due'], ...programmeOf(seen, trigger), ...aboutOf(seen, trigger) }] : [];
      }),
    )
    .toSorted(inOrder((one) => [one.due, one.duty].join(' ')));

/** Of the event itself it is known when the broker had it; of others what their sources say. */
const dutyRow = (seen: Seen, asked: Asked, trigger: Item, question: Question): readonly Row[] => {
  const found = reckoned(seen, asked, { trigger, knownOn: londonDay(trigger.knownAt) }, question);
  const { protocol, duty } = asked;
  return found === undefined
    ? []
    : [{ ...personOf(seen), protocol, duty, ...found, ...programmeOf(seen, trigger), ...aboutOf(seen, trigger) }];
};

interface Triggered {
  readonly trigger: Item;
  readonly knownOn: string;
}

const reckoned = (seen: Seen, asked: Asked, { trigger, knownOn }: Triggered, question: Question): Row | undefined => {
  const { on } = question;
  const lapsedOn = isOfRefusal(asked, trigger) ? lapseOf(seen, trigger, on) : undefined;
  const since = lapsedOn === undefined ? knownOn : theLater(lapsedOn, knownOn);
  const term = lapsedOn === undefined ? termOf(seen, asked, { trigger, knownOn }) : lapseTerm(asked, since, lapsedOn);
  const isDue = term !== undefined && since <= on && isMade(seen, asked, { trigger, term });
  return isDue ? ofTerm(seen, asked, { trigger, term, toldOn: lapsedOn ?? trigger.toldOn }, question) : undefined;
};

const ofTerm = (seen: Seen, asked: Asked, { trigger, term, toldOn }: Made & { readonly toldOn: string }, question: Question): Row => {
  const { on } = question;
  const outcome = outcomeOf(seen, asked, trigger, { ...term, question });
  const whose = bornBy(seen, asked, { trigger, term }, { question, on: lastOf({ toldOn, settledOn: outcome.settledOn }, on) });
  const due = whose.isAdvisers ? dueOf(seen, question, { due: term.due, toldOn, settledOn: outcome.settledOn }) : term.due;
  return { since: term.since, due, ...standing(outcome, due, on), bearer: whose.bearer, byFallback: whose.byFallback };
};

const HALF_A_YEAR = 180;
const earlier = (one: string, other: string): string => (one < other ? one : other);

const theLater = (one: string, other: string): string => (one > other ? one : other);

const lapseTerm = ({ days }: Asked, since: string, earliest: string): Term => ({ since, due: plusDays(since, days), earliest });

/** What was done before the day counts as far as it is asked for; towards a day, what was done within half a year before. */
const termOf = (seen: Seen, asked: Asked, { trigger, knownOn }: Triggered): Term | undefined => {
  const { after, days, before, ahead } = asked;
  const [type, field] = after;
  const day = field === undefined ? knownOn : text(factsOf(seen, trigger), field);
  if (type !== trigger.type || day === undefined || !isWanted(asked.when, trigger)) return undefined;
  if (before !== undefined) return towards(day, { before, days, knownOn });
  const happened = dayOf(seen, trigger);
  return { since: day, due: plusDays(day, days), earliest: ahead === undefined ? happened : earlier(plusDays(day, -ahead), happened) };
};

const towards = (
  day: string,
  { before, days, knownOn }: { readonly before: number; readonly days: number; readonly knownOn: string },
): Term => {
  const [wanted, least] = [plusDays(day, -before), plusDays(knownOn, days)];
  const due = before === 0 || wanted > least ? wanted : least;
  return { since: knownOn, due, earliest: plusDays(due, -HALF_A_YEAR) };
};

const standing = ({ done, settledOn }: Outcome, due: string, on: string): Row => {
  if (done && settledOn !== undefined) {
    const late = daysFrom(due, settledOn);
    const lateByDays = late > 0 ? late : null;
    return { state: 'discharged', dischargedOn: settledOn, lateByDays, knownLate: lateByDays === null && done.toldOn > due };
  }
  const nothing = { dischargedOn: null, lateByDays: null, knownLate: false };
  if (settledOn !== undefined) return { state: 'void', ...nothing };
  return { state: due < on ? 'overdue' : 'open', ...nothing };
};

const KINDS: Readonly<Record<string, readonly [kind: string, id?: string]>> = {
  ...{ adviser: ['programme', 'programmeId'], programme: ['programme', 'programmeId'], learner: ['adviser'], release: ['release'] },
  ...Object.fromEntries(['review', 'referral', 'endorsement', 'assessment', 'placement'].map((kind) => [kind, [kind, `${kind}Id`]])),
};

const aboutOf = (seen: Seen, trigger: Item): Row => {
  const [kind = '', id = ''] = KINDS[trigger.type.split('.')[0] ?? ''] ?? [];
  const of = id === '' ? trigger.by : ownerOf(seen, trigger, id);
  return { about: { kind, id: text(trigger.data, id) ?? null, of: of ?? null } };
};

const programmeOf = (seen: Seen, trigger: Item): Row => {
  const programmeId = text(trigger.data, 'programmeId');
  return programmeId === undefined ? { of: null, programmeId: null } : { of: ownerOf(seen, trigger, 'programmeId') ?? null, programmeId };
};
