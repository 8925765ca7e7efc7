// Who left early, and what came of it (views.md, S10).
import { activityGroup, coded, reasonGroup } from './cuts.ts';
import {
  adviserOf,
  day,
  destinationOf,
  first,
  inOrder,
  isSameProgramme,
  itemsOf,
  personOf,
  pick,
  type Row,
  startOf,
  stateOf,
  value,
  weekOf,
} from './facts.ts';
import { dueOf, responsibleOn } from './passing.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Question, Seen } from './sight.ts';
import { daysFrom, londonDay, plusDays, text } from './told.ts';

export const earlyLeavers: RowsOf = (seen, question) =>
  itemsOf(seen, 'programme.left-early')
    .filter((left) => day(left, 'leftOn') <= question.on)
    .map((left) => leaverRow(seen, left, question));

const leaverRow = (seen: Seen, left: Item, question: Question): Row => {
  const { on } = question;
  const leftOn = day(left, 'leftOn');
  const start = startOf(seen, left);
  const [reason, group] = coded(left, 'reason', 'reasonGroup', reasonGroup);
  const knownOn = londonDay(left.knownAt);
  const since = sinceLeaving(seen, start, { leftOn, on });
  const followUp = leaverFollowUp(seen, left, knownOn, question);
  return {
    ...personOf(seen),
    of: left.by,
    ...pick(left.data, 'programmeId', 'note'),
    ...pick(start?.data, 'kind', 'startedOn'),
    leftOn,
    ...weeksOf(start, leftOn),
    reason,
    reasonGroup: group,
    achieved: achieved(seen, left, start),
    followUp,
    ...since,
    destinationNow: destinationNow(seen, on),
    adviser: value(adviserOf(seen)?.data, 'name'),
    late: knownOn > plusDays(leftOn, 14),
    state: first(
      ['re-engaged', since.reEngaged !== null],
      ['followed-up', followUp?.state === 'discharged'],
      ['overdue', followUp?.state === 'overdue'],
      ['open', true],
    ),
  };
};

/** Who left before the start has no week. */
const weeksOf = (start: Item | undefined, leftOn: string): Row => {
  const startedOn = start && text(start.data, 'startedOn');
  if (startedOn === undefined || startedOn > leftOn) return { week: null, first12: null };
  return { week: weekOf(startedOn, leftOn), first12: daysFrom(startedOn, leftOn) < 84 };
};

interface Between {
  readonly leftOn: string;
  readonly on: string;
}

const sinceLeaving = (seen: Seen, start: Item | undefined, { leftOn, on }: Between): Row & { readonly reEngaged: Row | null } => {
  const others = itemsOf(seen, 'programme.started').filter((one) => one !== start);
  const stillOn = others.some((one) => day(one, 'startedOn') <= leftOn && stateOf(seen, one, on) === 'running');
  if (stillOn) return { reEngaged: null, stillOn, daysOut: null };
  const [back] = others
    .filter((one) => day(one, 'startedOn') > leftOn && day(one, 'startedOn') <= on)
    .toSorted(inOrder((one) => day(one, 'startedOn')));
  const reEngaged = back ? { on: day(back, 'startedOn'), kind: value(back.data, 'kind'), of: back.by } : null;
  return { reEngaged, stillOn, daysOut: daysFrom(leftOn, reEngaged?.on ?? on) };
};

const destinationNow = (seen: Seen, on: string): Row | null => {
  const one = destinationOf(seen, on);
  return one ? { group: coded(one, 'activity', 'activityGroup', activityGroup)[1], ...pick(one.data, 'from', 'verifiedOn') } : null;
};

const achieved = (seen: Seen, left: Item, start: Item | undefined): readonly Row[] =>
  itemsOf(seen, 'achievement.recorded')
    .filter((one) => one.by === left.by && [undefined, left.data['programmeId']].includes(text(one.data, 'programmeId')))
    .filter(
      (one) =>
        day(one, 'awardedOn') >= (start ? day(start, 'startedOn') : '') && day(one, 'awardedOn') <= plusDays(day(left, 'leftOn'), 90),
    )
    .map(({ data }) => pick(data, 'title', 'level'));

/** From the day on which it was known; told to the agency of the adviser, and to whoever sees it made. */
const leaverFollowUp = (seen: Seen, left: Item, knownOn: string, question: Question): ({ readonly state: string } & Row) | null => {
  const { on, asker } = question;
  const leftOn = day(left, 'leftOn');
  const madeOn = itemsOf(seen, 'follow-up.made')
    .filter((one) => isSameProgramme(seen, left, one))
    .map((one) => day(one, 'on'))
    .filter((made) => made >= leftOn && made <= on)
    .toSorted()[0];
  const fortnight = plusDays(knownOn > leftOn ? knownOn : leftOn, 14);
  const due = dueOf(seen, question, { due: fortnight, toldOn: left.toldOn, settledOn: madeOn });
  if (madeOn !== undefined) return { due, madeOn, state: 'discharged' };
  if (!asker.roles.includes('connexions') || responsibleOn(seen, question, on).agency !== asker.slug) return null;
  return { due, madeOn: null, state: due < on ? 'overdue' : 'open' };
};
