// How many stand how in the Guarantee, on a day or Monday by Monday: a count of rows that the asker may list anyway (views.md, S9, ST1).
import { addDays, type IsoDate } from '#kernel';
import { type CohortAsked, cohortOf, type GuaranteeState, guaranteeRow } from '../guarantee/index.ts';
import type { RowAt, SeenItems, SourceRow, WorkedOutRow } from '../lists/index.ts';

/** How somebody stands on a day. */
export interface DayState {
  readonly day: IsoDate;
  readonly state: GuaranteeState;
  readonly attention: boolean;
  readonly school: string | null;
}

export interface SummaryRow {
  readonly on: IsoDate;
  readonly deadline: IsoDate;
  readonly learners: number;
  readonly inLearning: number;
  readonly accepted: number;
  readonly placed: number;
  readonly offerHeld: number;
  readonly offerNotSuitable: number;
  readonly declinedAll: number;
  readonly applied: number;
  readonly noApplication: number;
  readonly attention: number;
}

const MONDAY = 1;
const WEEK = 7;

const weekdayOf = (day: IsoDate): number => new Date(`${day}T00:00:00Z`).getUTCDay();

/** The day asked about; or, from the September before the places begin, each Monday until then. */
export const daysOf = (at: CohortAsked): readonly IsoDate[] => {
  if (at.chosen['weekly'] === undefined) return [at.on];
  const first = `${cohortOf(at) - 1}-09-01`;
  const days: IsoDate[] = [];
  for (let day = addDays(first, (MONDAY + WEEK - weekdayOf(first)) % WEEK); day <= at.on; day = addDays(day, WEEK)) days.push(day);
  return days;
};

/** Of one learner, on each of the days: as all that is known now has it of that day. */
export const dayStates = (seen: SeenItems, at: RowAt): readonly DayState[] => {
  const chosen = { ...at.chosen, cohort: String(cohortOf(at)) };
  return daysOf(at).flatMap((day) => {
    const row = guaranteeRow(seen, { ...at, chosen, on: day });
    return row ? [{ day, state: row.state, attention: row.attention, school: row.homeInstitution }] : [];
  });
};

const summaryOn = ({ on, deadline }: Pick<SummaryRow, 'on' | 'deadline'>, rows: readonly DayState[]): SummaryRow => {
  const count = (state: GuaranteeState): number => rows.filter((row) => row.state === state).length;
  return {
    on,
    deadline,
    learners: rows.length,
    inLearning: count('in-learning'),
    accepted: count('accepted'),
    placed: count('placed'),
    offerHeld: count('offer-held'),
    offerNotSuitable: count('offer-not-suitable'),
    declinedAll: count('declined-all'),
    applied: count('applied'),
    noApplication: count('no-application'),
    attention: rows.filter(({ attention }) => attention).length,
  };
};

/** A day on which there is nobody has a row of noughts: that is what the asker would count itself. */
export const summaryRows = (at: CohortAsked, rows: readonly SourceRow[]): readonly WorkedOutRow<SummaryRow>[] => {
  const days = daysOf(at);
  const deadline = `${cohortOf(at)}-${at.partnership.guaranteeBy}`;
  const byDay = new Map<unknown, SourceRow[]>(days.map((day) => [day, []]));
  for (const row of rows) byDay.get(row.row['day'])?.push(row);
  return days.map((day) => {
    const of = byDay.get(day) ?? [];
    return {
      row: summaryOn(
        { on: day, deadline },
        of.map(({ row }) => row as unknown as DayState),
      ),
      of,
    };
  });
};
