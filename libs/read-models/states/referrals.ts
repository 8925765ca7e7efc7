// What came of a referral: only the agency named answers, only the referrer withdraws, and ids are each referrer's own (views.md, S5).
import { LAPSE_DAYS, referralsMeant, type ReferralWord, startsOnReferral } from '#duties';
import { addDays, type IsoDate, type Revision } from '#kernel';
import { isBy, known, saidBy, type SeenItem, type SeenItems } from '../lists/index.ts';

export interface ReferralAnswer {
  readonly state: 'accepted' | 'declined' | 'withdrawn';
  readonly on: IsoDate;
  readonly reason: string | null;
}

type Made = SeenItem<'referral.made'>;

interface Word extends ReferralWord {
  readonly state: ReferralAnswer['state'];
  readonly toldOn: IsoDate | undefined;
  readonly data: { readonly referralId?: string; readonly of?: string; readonly reason?: string };
}

/** In the order in which they were told. */
const wordsIn = (seen: SeenItems): readonly Word[] =>
  (['accepted', 'declined', 'withdrawn'] as const)
    .flatMap((state) =>
      seen
        .of(`referral.${state}`)
        .map(({ source, place, toldOn, data }): Word => ({ state, source, place, toldOn, data, withdraws: state === 'withdrawn' })),
    )
    .sort((one, other) => one.place - other.place);

/** By the place of the referral that they are of. */
type Words = ReadonlyMap<Revision | undefined, readonly Word[]>;

const words = new WeakMap<SeenItems, Words>();

/** Rows of one learner on a page are made of the same items. */
const wordsByReferral = (seen: SeenItems): Words => {
  const known = words.get(seen);
  if (known) return known;
  const all = wordsIn(seen);
  const meant = referralsMeant(seen.of('referral.made'), all);
  const found = Map.groupBy(all, ({ place }) => meant.get(place)?.place);
  words.set(seen, found);
  return found;
};

/** The first that was told by that day, and before what is of that place. */
export const answerTo = (seen: SeenItems, made: Made, on: IsoDate, before: Revision = Infinity): ReferralAnswer | undefined => {
  const told = wordsByReferral(seen).get(made.place) ?? [];
  const found = told.filter(saidBy(on)).find(({ place }) => place < before);
  return found && { state: found.state, on: found.toldOn ?? on, reason: known(found.data.reason) };
};

/** The first day on which it is over if nobody answers it; of what it is not seen when it was told, none is. */
export const lapseOfReferral = ({ toldOn }: Made): IsoDate | undefined =>
  toldOn === undefined ? undefined : addDays(toldOn, LAPSE_DAYS + 1);

/** Told after it was made, and begun by that day. */
export const startsAfter = (seen: SeenItems, { data: { to }, place }: Made, on: IsoDate): readonly SeenItem<'programme.started'>[] =>
  seen.of('programme.started').filter((one) => one.source === to && one.place > place && isBy(one.data.startedOn, on));

/** A place was taken up on it: within half a year, and not on what the referrer asked anew of that agency since. */
export const isEnrolled = (seen: SeenItems, made: Made, on: IsoDate): boolean => {
  const last = addDays(made.toldOn ?? on, LAPSE_DAYS);
  const starts = startsOnReferral(made, startsAfter(seen, made, on), seen.of('referral.made').filter(saidBy(on)));
  return starts.some(({ data }) => isBy(data.startedOn, last));
};
