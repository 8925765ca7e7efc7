// When what a learner agreed to changes by time alone: a consent begins on a day and ends after one, in London.
import { addDays, type Instant, type IsoDate, londonDayStart } from '#kernel';
import type { ConsentState } from './consent.ts';

/** The next day, after this one, on which a consent that could count begins or no longer counts. */
const consentsChangeOn = ({ consents }: ConsentState, today: IsoDate): IsoDate | undefined => {
  const days = consents.flatMap(({ refused, validFrom, expires, changes }) => {
    const ends = [expires, ...changes.map((change) => change.expires)].flatMap((day) => (day === undefined ? [] : [addDays(day, 1)]));
    return refused ? [] : [validFrom, ...ends];
  });
  return days.filter((day) => today < day).sort()[0];
};

/** The instant at which that day begins; undefined where none will. */
export const consentsChangeAt = (state: ConsentState, today: IsoDate): Instant | undefined => {
  const day = consentsChangeOn(state, today);
  return day === undefined ? undefined : londonDayStart(day);
};
