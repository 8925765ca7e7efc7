// Which referral a word about one is of, and what began on it: ids are each referrer's own, only the agency named answers, and only the
// referrer withdraws (views.md, D2 and D4; ADR 87). Pure.
import type { AgencySlug, Revision } from '#kernel';
import { inPlaces } from './duty-types.ts';

/** After which a referral that nobody answered lapses, and a start follows from it no more. */
export const LAPSE_DAYS = 180;

export interface ReferralMade {
  readonly source: AgencySlug | undefined;
  readonly place: Revision;
  readonly confirmed?: boolean;
  readonly data: { readonly referralId?: unknown; readonly to?: unknown };
}

/** The word of whoever does not stand refers nobody elsewhere; who runs a place may say that somebody came there. */
export const refers = ({ source, confirmed, data: { to } }: Omit<ReferralMade, 'place'>): boolean =>
  confirmed !== false || (source !== undefined && source === to);

/** An acceptance, a refusal, or what takes the referral back. */
export interface ReferralWord {
  readonly source: AgencySlug | undefined;
  readonly place: Revision;
  readonly withdraws: boolean;
  readonly data: { readonly referralId?: unknown; readonly of?: unknown };
}

/**
 * By the place of each word what it is of, as admission finds it: word by word, of the agency that it names; else of those of others that
 * wait for an answer the one made first, and of its own last. What was answered before takes no second answer. `earlier`: what words were
 * found to be of that all came before these.
 */
export const referralsMeant = <Made extends ReferralMade>(
  made: readonly Made[],
  words: readonly ReferralWord[],
  earlier: ReadonlyMap<Revision, Made> = new Map(),
): ReadonlyMap<Revision, Made> => {
  if (words.length === 0) return earlier;
  const meant = new Map(earlier);
  const spokenOf = new Set(earlier.values());
  const byId = Map.groupBy(made, ({ data }) => data.referralId);
  for (const word of words.toSorted(inPlaces)) {
    const before = (byId.get(word.data.referralId) ?? []).filter(({ place }) => place < word.place);
    const one = word.withdraws ? takenBack(before, word) : answerable(before, word).find((referral) => !spokenOf.has(referral));
    if (one === undefined) continue;
    meant.set(word.place, one);
    spokenOf.add(one);
  }
  return meant;
};

/** Of several whose referrers are not seen nobody knows whose was taken back: none is meant. */
const takenBack = <Made extends ReferralMade>(before: readonly Made[], { source }: ReferralWord): Made | undefined => {
  const [one, ...others] = before.filter((made) => made.source === source);
  return source === undefined && others.length > 0 ? undefined : one;
};

const answerable = <Made extends ReferralMade>(before: readonly Made[], { source, data: { of } }: ReferralWord): readonly Made[] => {
  const toSpeaker = before.filter(({ data }) => source !== undefined && data.to === source).toSorted(inPlaces);
  if (of !== undefined) {
    const named = toSpeaker.filter((one) => one.source === of);
    return named.length > 0 ? named : toSpeaker.filter((one) => one.source === undefined);
  }
  const others = toSpeaker.filter((one) => one.source !== source && one.confirmed !== false);
  return [...others, ...toSpeaker.filter((one) => one.source === source)];
};

interface Started {
  readonly source: AgencySlug | undefined;
  readonly place: Revision;
}

/** What began at the agency named after it was made, before the same referrer asked that agency anew. */
export const startsOnReferral = <Start extends Started>(
  { source, place, data: { to } }: ReferralMade,
  starts: readonly Start[],
  made: readonly ReferralMade[],
): readonly Start[] => {
  if (to === undefined) return [];
  const again = made
    .filter((one) => one.place > place && source !== undefined && one.source === source && one.data.to === to)
    .toSorted(inPlaces)[0];
  return starts.filter((one) => one.source === to && one.place > place && (again === undefined || one.place < again.place));
};
