// Academic years begin on 1 August (views.md, V18), and are named here by the calendar year of that day.
import type { IsoDate } from '#kernel';

const BEGINS = '08-01';

export const firstDayOfYear = (year: number): IsoDate => `${year}-${BEGINS}`;

/** By when everybody is to have the offer of a place (views.md, S9): month and day, where the operator sets nothing else. */
export const USUAL_GUARANTEE_DAY = '09-30';
export const GUARANTEE_DAY_FORM = /^(?:(?:08|10|12)-(?:0[1-9]|[12]\d|3[01])|(?:09|11)-(?:0[1-9]|[12]\d|30))$/;

export const academicYearOf = (day: IsoDate): number => {
  const year = Number(day.slice(0, 4));
  return day < firstDayOfYear(year) ? year - 1 : year;
};
