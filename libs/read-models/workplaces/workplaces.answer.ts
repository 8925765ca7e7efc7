// What is known of the risks of a workplace, so that nobody inspects it twice (views.md, S18).
import type { AgencySlug, IsoDate, Position } from '#kernel';
import { alike, type Chosen, isBy, orNull, type SeenItem, type SeenItems } from '../lists/index.ts';

export const WORKPLACE_STATES = ['valid', 'expired'] as const;

export interface WorkplaceRow {
  readonly employer: string | null;
  readonly employerId: string | null;
  readonly area: string | null;
  readonly on: IsoDate | null;
  readonly result: string | null;
  readonly outcome: string | null;
  readonly by: AgencySlug | null;
  readonly validUntil: IsoDate | null;
  readonly state: (typeof WORKPLACE_STATES)[number];
}

type Assessed = SeenItem<'workplace.risk-assessed'>;

/** Of 29 February, 28 February. */
const yearAfter = (day: IsoDate): IsoDate => `${Number(day.slice(0, 4)) + 1}${day.slice(4).replace('-02-29', '-02-28')}`;

/** Later by its day, then as it was recorded. */
const isLater = (one: Assessed, other: Assessed): boolean => {
  const [day, otherDay] = [one.data.on ?? '', other.data.on ?? ''];
  return day === otherDay ? one.place > other.place : day > otherDay;
};

/** Undefined where it is not seen, not made by then, or its source made a later one that is seen. */
export const workplaceRow = (seen: SeenItems, on: IsoDate, anchor: Position): WorkplaceRow | undefined => {
  const assessed = seen.at('workplace.risk-assessed', anchor);
  if (assessed?.data.on === undefined || assessed.data.on > on) return undefined;
  if (
    seen
      .of('workplace.risk-assessed')
      .some((other) => other.source === assessed.source && isBy(other.data.on, on) && isLater(other, assessed))
  )
    return undefined;
  const validUntil = assessed.data.validUntil ?? yearAfter(assessed.data.on);
  return {
    ...orNull(assessed.data, 'employer', 'employerId', 'area', 'on', 'result', 'outcome'),
    by: assessed.source ?? null,
    validUntil,
    state: validUntil < on ? 'expired' : 'valid',
  };
};

export const isChosenWorkplace = ({ employer, area, state }: WorkplaceRow, chosen: Chosen): boolean =>
  (chosen['employer'] === undefined || alike(employer) === alike(chosen['employer'])) &&
  (chosen['area'] === undefined || alike(area) === alike(chosen['area'])) &&
  (chosen['state'] ?? state) === state;

/** The latest first. */
export const workplaceOrder = (one: WorkplaceRow, other: WorkplaceRow): number => (other.on ?? '').localeCompare(one.on ?? '');
