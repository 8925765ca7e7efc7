// What came of a referral: only the agency named answers, only the referrer withdraws, and ids are each referrer's own (views.md, S5).
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import { isBy, known, saidBy, type SeenItem, type SeenItems } from '../lists/index.ts';

/** After which a referral that nobody answered lapses, and a start follows from it no more. */
export const LAPSE_DAYS = 180;

export interface ReferralAnswer {
  readonly state: 'accepted' | 'declined' | 'withdrawn';
  readonly on: IsoDate;
  readonly reason: string | null;
}

type Made = SeenItem<'referral.made'>;

const isOf = ({ source, data: { referralId } }: Made, owner: AgencySlug | undefined, id: string | undefined): boolean =>
  referralId !== undefined && id === referralId && (owner === undefined || source === undefined || owner === source);

/** The first that was told by that day. */
export const answerTo = (seen: SeenItems, made: Made, on: IsoDate): ReferralAnswer | undefined => {
  const found = (['accepted', 'declined', 'withdrawn'] as const).flatMap((state) =>
    seen
      .of(`referral.${state}`)
      .filter(({ source, data, place }) => {
        const [by, owner] = state === 'withdrawn' ? [made.source, source] : [made.data.to, 'of' in data ? data.of : undefined];
        return source === by && place > made.place && isOf(made, owner, data.referralId);
      })
      .filter(saidBy(on))
      .map(({ toldOn = on, data, place }) => ({ state, on: toldOn, reason: known(data.reason), place })),
  );
  return found.sort((one, other) => one.place - other.place)[0];
};

/** Told after it was made, and begun by that day. */
export const startsAfter = (seen: SeenItems, { data: { to }, place }: Made, on: IsoDate): readonly SeenItem<'programme.started'>[] =>
  seen.of('programme.started').filter((one) => one.source === to && one.place > place && isBy(one.data.startedOn, on));

/** A place was taken up on it: within half a year, and not on what the referrer asked anew of that agency since. */
export const isEnrolled = (seen: SeenItems, made: Made, on: IsoDate): boolean => {
  const again = seen
    .of('referral.made')
    .find((one) => one.place > made.place && one.source === made.source && one.data.to === made.data.to && saidBy(on)(one));
  const last = addDays(made.toldOn ?? on, LAPSE_DAYS);
  return startsAfter(seen, made, on).some(({ place, data }) => isBy(data.startedOn, last) && (again === undefined || place < again.place));
};
