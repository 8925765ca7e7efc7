// What came of a learner's referrals, each found without going through all others: words by what they are of, and what began where a
// learner was referred to by its place (ADR 90). Pure.
import { addDays, type AgencySlug, type IsoDate, type Revision } from '#kernel';
import type { DutyEvent } from './duty-event.ts';
import { LAPSE_DAYS, referralsMeant, refers, type ReferralWord, startsOnReferral } from './referrals.ts';
import { firstWhere } from './timeline.ts';

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
    const since = this.begunAfter(referral);
    const starts = again === undefined ? since : since.slice(0, firstWhere(since, isAfter(again.place)));
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

  /** Where it was referred to, since. */
  begunAfter({ place, data: { to } }: DutyEvent): readonly DutyEvent[] {
    const starts = typeof to === 'string' ? (this.#startsAt.get(to) ?? []) : [];
    return starts.slice(firstWhere(starts, isAfter(place)));
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
