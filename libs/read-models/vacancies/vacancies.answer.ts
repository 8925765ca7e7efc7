// One vacancy, as those who place young people may see it (views.md, S17).
import { addDays, type AgencySlug, type IsoDate, type Position } from '#kernel';
import { alike, type Chosen, daysBetween, isBy, orNull, type SeenItems } from '../lists/index.ts';

export const VACANCY_STATES = ['open', 'filled'] as const;
/** Days for which a vacancy is still shown when it is filled, and after which an open one is stale. */
const FILLED_DAYS = 28;
const STALE_DAYS = 90;

export interface VacancyRow {
  readonly vacancyId: string | null;
  readonly of: AgencySlug | null;
  readonly employer: string | null;
  readonly title: string | null;
  readonly area: string | null;
  readonly listedOn: IsoDate | null;
  readonly state: (typeof VACANCY_STATES)[number];
  readonly filledOn: IsoDate | null;
  readonly stale: boolean;
  readonly confidential: boolean;
}

/** Undefined where it is not seen, not listed by then, or filled for long. */
export const vacancyRow = (seen: SeenItems, on: IsoDate, anchor: Position): VacancyRow | undefined => {
  const listed = seen.at('vacancy.listed', anchor);
  if (!listed?.toldOn || !isBy(listed.toldOn, on)) return undefined;
  const filledOn = filledSince(seen, listed.place, on);
  if (filledOn !== null && addDays(filledOn, FILLED_DAYS) < on) return undefined;
  return {
    ...orNull(listed.data, 'vacancyId'),
    of: listed.source ?? null,
    ...orNull(listed.data, 'employer', 'title', 'area'),
    listedOn: listed.toldOn,
    state: filledOn === null ? 'open' : 'filled',
    filledOn,
    stale: isStale(listed.toldOn, filledOn, on),
    confidential: listed.data.confidentialTo !== undefined,
  };
};

const isStale = (listedOn: IsoDate, filledOn: IsoDate | null, on: IsoDate): boolean =>
  filledOn === null && daysBetween(listedOn, on) > STALE_DAYS;

const filledSince = (seen: SeenItems, listed: Position, on: IsoDate): IsoDate | null =>
  seen.of('vacancy.filled').find(({ place, toldOn }) => place > listed && isBy(toldOn, on))?.toldOn ?? null;

export const isChosenVacancy = ({ area, title, state }: VacancyRow, chosen: Chosen): boolean =>
  (chosen['area'] === undefined || alike(area) === alike(chosen['area'])) &&
  (chosen['occupation'] === undefined || alike(title).includes(alike(chosen['occupation']))) &&
  (chosen['state'] ?? state) === state;

/** The latest listed first. */
export const vacancyOrder = (one: VacancyRow, other: VacancyRow): number => (other.listedOn ?? '').localeCompare(one.listedOn ?? '');
