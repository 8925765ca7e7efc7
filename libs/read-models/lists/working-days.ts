// Terms in working days: Monday to Friday. Bank holidays are none of the broker's knowledge, so they count.
import { addDays, type IsoDate } from '#kernel';

const isWorkingDay = (day: IsoDate): boolean => ![0, 6].includes(new Date(`${day}T00:00:00Z`).getUTCDay());

/** The last of so many working days after that day. */
export const workingDaysAfter = (from: IsoDate, many: number): IsoDate => {
  let [day, left] = [from, many];
  while (left > 0) {
    day = addDays(day, 1);
    if (isWorkingDay(day)) left -= 1;
  }
  return day;
};
