// By when what is to be settled, for whoever plans: the day on which each plan closes, and what agreements on planning ask of their parties
// by the calendar (views.md, S19; Learning Partnerships guidance, annex §10).
import { type ChecklistRow, Checklist, type KnownUndertaking } from '#duties';
import { type AgencySlug, daysBetween, type IsoDate } from '#kernel';
import { type AnyRow, type Chosen, compareDays, known, type SourceRow, type WorkedOutRow, type WorkingOut } from '../lists/index.ts';
import type { PartnershipRow } from '../partnerships/index.ts';
import { undertakingList, type UndertakingRow } from '../undertakings/index.ts';

export const WHAT = ['planning-closes', 'undertaking'] as const;
export const STATES = ['overdue', 'open', 'ahead', 'done', 'passed'] as const;

export interface PlanningDateRow {
  readonly on: IsoDate | null;
  readonly what: (typeof WHAT)[number];
  readonly says: string | null;
  readonly partnership: string | null;
  readonly protocol: string | null;
  readonly duty: string | null;
  readonly agencies: readonly AgencySlug[];
  readonly state: (typeof STATES)[number];
  readonly daysLeft: number | null;
}

const PURPOSE = 'plan-provision';

const NOTHING_TO_DO: ChecklistRow['state'][] = ['done', 'not-applicable'];

export const planningDates = (found: WorkingOut): readonly WorkedOutRow<PlanningDateRow>[] =>
  [...found.rows.flatMap((source) => closingOf(source, found.on)), ...undertakenIn(found)]
    .filter(({ row }) => isChosen(row, found.chosen))
    .toSorted((one, other) => compareDays(one.row.on, other.row.on) || (one.row.says ?? '').localeCompare(other.row.says ?? ''));

const isChosen = ({ on, state }: PlanningDateRow, { from = '', to, state: asked = state }: Chosen): boolean =>
  state === asked && on !== null && on >= from && (to === undefined || on <= to);

/** Until the end of the day. */
const closingOf = (source: SourceRow, on: IsoDate): readonly WorkedOutRow<PlanningDateRow>[] => {
  const { name, members, planningCloses: closes } = source.row as unknown as PartnershipRow;
  if (closes === null) return [];
  const isAhead = closes >= on;
  const row: PlanningDateRow = {
    ...{ on: closes, what: 'planning-closes', says: 'Last day for what is to enter the plan.', partnership: name },
    ...{ protocol: null, duty: null, agencies: members },
    ...{ state: isAhead ? 'ahead' : 'passed', daysLeft: isAhead ? daysBetween(on, closes) : null },
  };
  return [{ row, of: [source] }];
};

/** Agreements are in the open; that a party has met what it undertook, only who may see that is told. */
const undertakenIn = ({ on, things, agreements: { versions, agencies } }: WorkingOut): readonly WorkedOutRow<PlanningDateRow>[] => {
  const undertakings = undertakingsIn(things.get(undertakingList.name) ?? []);
  const checklist = new Checklist({ on, agencies, versions, undertakings, active: new Set() });
  return checklist.undertakenFor(PURPOSE).map((line) => ({ row: dateOf(line, on), of: [] }));
};

const dateOf = ({ question: says, protocol, duty, agencies, state, due }: ChecklistRow, on: IsoDate): PlanningDateRow => {
  const isOver = NOTHING_TO_DO.includes(state);
  const daysLeft = isOver || due === null || due < on ? null : daysBetween(on, due);
  const told = { on: due, what: 'undertaking', says, partnership: null, protocol, duty, agencies: [...agencies] } as const;
  return { ...told, state: isOver ? 'done' : (state as 'open' | 'overdue'), daysLeft };
};

/** The latest come first. */
const undertakingsIn = (rows: readonly AnyRow[]): readonly KnownUndertaking[] =>
  (rows as unknown as readonly UndertakingRow[]).toReversed().flatMap(({ protocol, duty, doneOn, by }, position) => {
    const [said, of, day, who] = [known(protocol), known(duty), known(doneOn), known(by)];
    return said === null || of === null || day === null || who === null ? [] : [{ protocol: said, duty: of, on: day, by: who, position }];
  });
