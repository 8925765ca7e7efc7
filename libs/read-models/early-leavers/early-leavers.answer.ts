// Who left early: in which week, why, with what, and what came of them since (views.md, S10; QPID study 90, 4.7–4.8 and 6.8–6.11).
import { addDays, type AgencySlug, type IsoDate, londonDate } from '#kernel';
import {
  type Chosen,
  chosenBy,
  compareDays,
  comparePlaces,
  daysBetween,
  daysFirst,
  isBy,
  known,
  orNull,
  type PersonRow,
  personIn,
  type Place,
  type RowAt,
  type SeenItem,
  type SeenItems,
} from '../lists/index.ts';
import {
  activityIn,
  adviserIn,
  destinationOn,
  dueOfAdviser,
  isByItsAgency,
  isOfThat,
  isResponsible,
  programmesIn,
  type ProgrammeRow,
  reasonIn,
  termDue,
  weekOn,
} from '../states/index.ts';

export const LEAVER_STATES = ['open', 'overdue', 'followed-up', 're-engaged'] as const;
/** Days of the first twelve weeks; within which the service follows up; after leaving for which an achievement is of that programme. */
const [FIRST_DAYS, FOLLOW_DAYS, ACHIEVED_DAYS] = [84, 14, 90];

export interface Achieved {
  readonly title: string | null;
  readonly level: string | null;
}

export interface LeaverFollowUp {
  readonly due: IsoDate;
  readonly madeOn: IsoDate | null;
  readonly state: 'open' | 'overdue' | 'discharged';
}

export interface ReEngaged {
  readonly on: IsoDate | null;
  readonly kind: string | null;
  readonly of: AgencySlug | null;
}

export interface DestinationNow {
  readonly group: string | null;
  readonly from: IsoDate | null;
  readonly verifiedOn: IsoDate | null;
}

export interface LeaverRow extends PersonRow {
  readonly of: AgencySlug | null;
  readonly programmeId: string | null;
  readonly kind: string | null;
  readonly startedOn: IsoDate | null;
  readonly leftOn: IsoDate | null;
  readonly week: number | null;
  readonly first12: boolean | null;
  readonly reason: string | null;
  readonly reasonGroup: string | null;
  readonly note: string | null;
  readonly achieved: readonly Achieved[];
  readonly followUp: LeaverFollowUp | null;
  readonly reEngaged: ReEngaged | null;
  readonly stillOn: boolean;
  readonly destinationNow: DestinationNow | null;
  readonly daysOut: number | null;
  readonly adviser: string | null;
  readonly late: boolean;
  readonly state: (typeof LEAVER_STATES)[number];
}

type Left = SeenItem<'programme.left-early'>;

export const leaverRow = (seen: SeenItems, at: RowAt): LeaverRow | undefined => {
  const left = seen.at('programme.left-early', at.anchor);
  const leftOn = left?.data.leftOn;
  return left && leftOn !== undefined && leftOn <= at.on ? rowOf(seen, at, { left, leftOn }) : undefined;
};

interface Leaving {
  readonly left: Left;
  readonly leftOn: IsoDate;
}

const rowOf = (seen: SeenItems, at: RowAt, leaving: Leaving): LeaverRow => {
  const { on, knownAt } = at;
  const { left, leftOn } = leaving;
  const programme = programmeLeft(seen, leaving);
  const { code: reason, group: reasonGroup } = reasonIn(left.data);
  const knownOn = knownAt === undefined ? leftOn : londonDate(knownAt);
  const since = sinceLeaving(seen, programme, { leftOn, on });
  const followUp = followUpOf(seen, at, { ...leaving, knownOn });
  return {
    ...personIn(seen),
    of: known(left.source),
    programmeId: known(left.data.programmeId),
    ...orNull(programme, 'kind', 'startedOn'),
    leftOn,
    ...weekOf(known(programme?.startedOn), leftOn),
    reason,
    reasonGroup,
    note: known(left.data.note),
    achieved: achievedIn(seen, leaving, programme),
    followUp,
    ...since,
    destinationNow: destinationNow(seen, on),
    adviser: known(adviserIn(seen, on)?.data.name),
    late: knownOn > addDays(leftOn, FOLLOW_DAYS),
    state: stateOf(since.reEngaged !== null, followUp),
  };
};

interface Between {
  readonly leftOn: IsoDate;
  readonly on: IsoDate;
}

const sinceLeaving = (
  seen: SeenItems,
  programme: ProgrammeRow | undefined,
  { leftOn, on }: Between,
): Pick<LeaverRow, 'reEngaged' | 'stillOn' | 'daysOut'> => {
  const others = programmesIn(seen, on).filter((one) => one.of !== programme?.of || one.programmeId !== programme?.programmeId);
  const stillOn = others.some((one) => isBy(one.startedOn ?? undefined, leftOn) && one.state === 'running');
  if (stillOn) return { reEngaged: null, stillOn, daysOut: null };
  const back = backIn(others, { leftOn, on });
  const reEngaged = back ? { on: back.startedOn, kind: back.kind, of: back.of } : null;
  return { reEngaged, stillOn, daysOut: daysBetween(leftOn, back?.startedOn ?? on) };
};

/** Whoever sees that programmes began, but not their ids, takes the last one of that agency. */
const programmeLeft = (seen: SeenItems, { left, leftOn }: Leaving): ProgrammeRow | undefined => {
  const of = programmesIn(seen, leftOn).filter(({ of: source }) => source === known(left.source));
  return (
    of.find((one) => isByItsAgency(one)(left)) ??
    of.filter(({ programmeId, startedOn }) => programmeId === null && (startedOn ?? '') <= leftOn).at(-1)
  );
};

/** Who left before the start is a contradiction, which the data manager sees. */
const weekOf = (startedOn: IsoDate | null, leftOn: IsoDate): Pick<LeaverRow, 'week' | 'first12'> => {
  const week = weekOn(startedOn, leftOn);
  return { week, first12: week === null || startedOn === null ? null : daysBetween(startedOn, leftOn) < FIRST_DAYS };
};

const achievedIn = (seen: SeenItems, { left, leftOn }: Leaving, programme: ProgrammeRow | undefined): readonly Achieved[] =>
  seen
    .of('achievement.recorded')
    .filter(({ source, data: { awardedOn, programmeId = left.data.programmeId } }) => {
      const isWithin = awardedOn !== undefined && awardedOn >= (programme?.startedOn ?? '') && awardedOn <= addDays(leftOn, ACHIEVED_DAYS);
      return source === left.source && programmeId === left.data.programmeId && isWithin;
    })
    .map(({ data }) => orNull(data, 'title', 'level'));

/** The first programme begun since. */
const backIn = (
  programmes: readonly ProgrammeRow[],
  { leftOn, on }: { readonly leftOn: IsoDate; readonly on: IsoDate },
): ProgrammeRow | undefined =>
  programmes
    .filter(({ startedOn }) => startedOn !== null && startedOn > leftOn && startedOn <= on)
    .toSorted((one, other) => compareDays(one.startedOn, other.startedOn))[0];

/**
 * The term runs from the day on which it became known. Told to whoever would see it made alone: to others it would look as if nobody had
 * followed up.
 */
const followUpOf = (
  seen: SeenItems,
  at: RowAt,
  { left, leftOn, knownOn }: Leaving & { readonly knownOn: IsoDate },
): LeaverFollowUp | null => {
  const { on } = at;
  const isOfIt = isOfThat(seen, left);
  const madeOn = seen
    .of('follow-up.made')
    .filter(isOfIt)
    .flatMap(({ data }) => (data.on !== undefined && data.on >= leftOn && data.on <= on ? [data.on] : []))
    .sort()[0];
  if (madeOn === undefined && !isResponsible(seen, at)) return null;
  const from = knownOn > leftOn ? knownOn : leftOn;
  const first = termDue(at, { duty: 'follow-up-leaver', usual: `P${FOLLOW_DAYS}D`, from });
  const due = dueOfAdviser(seen, at, { due: first, toldOn: left.toldOn, settledOn: madeOn });
  if (madeOn !== undefined) return { due, madeOn, state: 'discharged' };
  return { due, madeOn: null, state: due < on ? 'overdue' : 'open' };
};

const destinationNow = (seen: SeenItems, on: IsoDate): DestinationNow | null => {
  const found = destinationOn(seen, on);
  return found ? { group: activityIn(found.data).group, ...orNull(found.data, 'from', 'verifiedOn') } : null;
};

const stateOf = (isBack: boolean, followUp: LeaverFollowUp | null): LeaverRow['state'] => {
  if (isBack) return 're-engaged';
  if (followUp?.state === 'discharged') return 'followed-up';
  return followUp?.state === 'overdue' ? 'overdue' : 'open';
};

export const isChosen = chosenBy<LeaverRow>({
  provider: ({ of }, value) => of === value,
  first12: ({ first12 }, value) => String(first12) === value,
  reason: ({ reason, reasonGroup }, value) => reason === value || reasonGroup === value,
  state: ({ state }, value) => state === value,
});

/** Of those who wait. */
export const waitingRank = ({ followUp, leftOn }: LeaverRow): Place => daysFirst(known(followUp?.due), leftOn);

/** Who left last first; of those who wait, whose follow-up is due first. */
export const leaverOrder = (one: LeaverRow, other: LeaverRow, chosen: Chosen = {}): number =>
  isByDue(chosen) ? comparePlaces(waitingRank(one), waitingRank(other)) : compareDays(other.leftOn, one.leftOn);

/** Of those who wait alone: who left first waits longest. */
export const isByDue = ({ state }: Chosen): boolean => state === 'open' || state === 'overdue';
