// Which referral a word about one is of, and what came of it: ids are each referrer's own, only the agency named answers, and only the
// referrer withdraws (views.md, D2 and D4; ADR 87). Pure.
import { addDays, type AgencySlug, type IsoDate, type Revision } from '#kernel';
import type { DutyEvent } from './duty-event.ts';
import { inPlaces } from './duty-types.ts';
import { firstWhere } from './timeline.ts';

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

// All of a learner's, each found without going through all others: words by what they are of, and what began where a learner was referred
// to by its place (ADR 90).

/** By the end of a day, as its source says, and as it was known. */
export type HappenedBy = (event: DutyEvent) => boolean;

type Meant = ReadonlyMap<Revision, DutyEvent>;

/** Route by which a careers service refers. */
const OWN_WAY = 'connexions';
const isAnotherWay = (referral: DutyEvent): boolean => {
  const { route } = referral.data;
  return refers(referral) && typeof route === 'string' && route !== OWN_WAY;
};

const refuses = ({ type }: DutyEvent): boolean => type !== 'referral.accepted';

const isAfter =
  (place: Revision) =>
  (event: DutyEvent): boolean =>
    event.place > place;

const askedOf = ({ source, data: { to } }: DutyEvent): string => JSON.stringify([source, to]);

/** Of each type in the order of their places. */
export interface ReferralEvents {
  readonly made: readonly DutyEvent[];
  readonly words: readonly DutyEvent[];
  readonly starts: readonly DutyEvent[];
}

export class ReferralsSeen {
  readonly #events: ReferralEvents;
  readonly #meant: Meant;
  readonly #words: ReadonlyMap<Revision, readonly DutyEvent[]>;
  readonly #startsAt: ReadonlyMap<AgencySlug | undefined, readonly DutyEvent[]>;
  #asked: ReadonlyMap<string, readonly DutyEvent[]> | undefined;
  #otherWays: ReadonlySet<Revision> | undefined;

  /** `before`: of the same but for some of which no earlier word speaks. */
  constructor(events: ReferralEvents, before?: ReferralsSeen) {
    this.#events = events;
    this.#meant = before?.reckonedOn(events) ?? referralsMeant(events.made, events.words.map(asWord));
    const { words, starts } = events;
    const isAsBefore = before !== undefined && before.#meant === this.#meant;
    this.#words = isAsBefore ? before.#words : Map.groupBy(words, ({ place }) => this.#meant.get(place)?.place ?? NONE);
    const isNoneNew = before !== undefined && before.#events.starts === starts;
    this.#startsAt = isNoneNew ? before.#startsAt : Map.groupBy(starts, ({ source }) => source);
  }

  /** With what came after all words that were seen; undefined where some of it came before one. */
  reckonedOn({ made, words }: ReferralEvents): Meant | undefined {
    const { made: madeBefore, words: wordsBefore } = this.#events;
    const last = wordsBefore.at(-1)?.place ?? -Infinity;
    const isOn = begins(made, madeBefore) && begins(words, wordsBefore) && (made[madeBefore.length]?.place ?? Infinity) > last;
    return isOn ? referralsMeant(made, words.slice(wordsBefore.length).map(asWord), this.#meant) : undefined;
  }

  /** The referral that a word is of. */
  meantBy({ place }: DutyEvent): DutyEvent | undefined {
    return this.#meant.get(place);
  }

  /** Acceptances, refusals and withdrawals of a referral, in their order. */
  wordsOf({ place }: DutyEvent): readonly DutyEvent[] {
    return this.#words.get(place) ?? [];
  }

  /** Programmes that began on a referral. */
  takenUp(referral: DutyEvent): readonly DutyEvent[] {
    const last = addDays(referral.knownOn, LAPSE_DAYS);
    const again = this.#askedAgain(referral);
    const starts = this.#begunBetween(referral, again?.place);
    return startsOnReferral(referral, starts, again === undefined ? [] : [again]).filter(
      ({ data: { startedOn } }) => typeof startedOn === 'string' && startedOn <= last,
    );
  }

  /** By the same referrer of the same agency. */
  #askedAgain(referral: DutyEvent): DutyEvent | undefined {
    if (referral.source === undefined) return undefined;
    this.#asked ??= Map.groupBy(this.#events.made, askedOf);
    const asked = this.#asked.get(askedOf(referral)) ?? [];
    return asked[firstWhere(asked, isAfter(referral.place))];
  }

  /** Where it was referred to, since, and before the same was asked anew. */
  #begunBetween({ place, data: { to } }: DutyEvent, again = Infinity): readonly DutyEvent[] {
    const starts = typeof to === 'string' ? (this.#startsAt.get(to) ?? []) : [];
    return starts.slice(firstWhere(starts, isAfter(place)), firstWhere(starts, isAfter(again)));
  }

  /** Whether a programme began on a referral of somebody else than a careers service that had not come to nothing by then. */
  cameByAnotherWay({ place }: DutyEvent): boolean {
    this.#otherWays ??= new Set(this.#events.made.filter(isAnotherWay).flatMap((one) => this.#begunOn(one)));
    return this.#otherWays.has(place);
  }

  #begunOn(referral: DutyEvent): readonly Revision[] {
    const refusal = this.wordsOf(referral).find(refuses)?.place ?? Infinity;
    return this.takenUp(referral).flatMap(({ place }) => (refusal < place ? [] : [place]));
  }

  /** What refused or took back a referral before a place was taken up on it: what comes later undoes that no more. */
  refusalOf(referral: DutyEvent, happened: HappenedBy): DutyEvent | undefined {
    const [begun] = this.takenUp(referral);
    return this.wordsOf(referral).find((word) => refuses(word) && happened(word) && word.place < (begun?.place ?? Infinity));
  }

  /** The first day on which a referral that nobody answered is over, whether or not that has come. */
  lapseOf(referral: DutyEvent, happened: HappenedBy): IsoDate | undefined {
    const isAnswered = this.wordsOf(referral).some(happened) || this.takenUp(referral).some(happened);
    return isAnswered ? undefined : addDays(referral.knownOn, LAPSE_DAYS + 1);
  }
}

const begins = (events: readonly DutyEvent[], some: readonly DutyEvent[]): boolean => some.every((event, at) => event === events[at]);

/** Of a word of which no referral is seen. */
const NONE = -1;

const asWord = (word: DutyEvent): ReferralWord => ({ ...word, withdraws: word.type === 'referral.withdrawn' });
