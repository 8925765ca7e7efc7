// Academic years begin on 1 August (views.md, V18), and are named here by the calendar year of that day.
import type { IsoDate } from '#kernel';

const BEGINS = '08-01';

export const firstDayOfYear = (year: number): IsoDate => `${year}-${BEGINS}`;

export const academicYearOf = (day: IsoDate): number => {
  const year = Number(day.slice(0, 4));
  return day < firstDayOfYear(year) ? year - 1 : year;
};
