// Of which things events speak, and whose these are: ids are each agency's own (contracts.md, `of`). Pure.
import { addDays, type AgencySlug, type IsoDate, type Revision } from '#kernel';
import type { DutyEvent, DutyKinds } from './duty-event.ts';
import { assessmentFacts, ENDINGS, inPlaces, LAPSE_DAYS, REFERRAL_WORDS, referralsMeant, refers, startsOnReferral } from './duty-types.ts';

/** To which its source gave an id. */
export interface Owned {
  readonly source: AgencySlug | undefined;
  readonly place: Revision;
  /** False of the word of whoever does not stand with the learner. */
  readonly confirmed?: boolean;
}

/** What is said of something by its id. */
export interface Naming {
  readonly source?: AgencySlug | undefined;
  readonly place?: Revision | undefined;
  /** Whose it is, as the speaker says. */
  readonly of?: AgencySlug | undefined;
}

/**
 * Whose is meant, of all the things of one id: as admission finds it (contracts.md, `of`), the one named, else the speaker's own, else the
 * only one there is. The word of whoever does not stand takes nothing for itself, nor does what began after that was said.
 */
export const ownerAmong = (things: readonly Owned[], { source, place = Infinity, of }: Naming): AgencySlug | undefined => {
  if (of !== undefined) return of;
  if (source !== undefined && things.some((one) => one.source === source)) return source;
  const counting = things.filter(({ confirmed }) => confirmed !== false);
  const among = counting.length > 0 ? counting : things;
  return onlyOwner(among) ?? onlyOwner(among.filter((one) => one.place < place));
};

const onlyOwner = (things: readonly Owned[]): AgencySlug | undefined => {
  const owners = new Set(things.map(({ source }) => source));
  return owners.size === 1 ? [...owners][0] : undefined;
};

/** Of no programme but one of their source's. */
const OF_ITS_SOURCE: readonly string[] = ['programme.agreed', ...ENDINGS];

/** `isOneOfSeveral`: things of that id are seen, and none of them is meant for sure. */
interface Owner {
  readonly slug: AgencySlug | undefined;
  readonly isOneOfSeveral: boolean;
}

type Owners = WeakMap<DutyEvent, Map<string, Owner>>;

type Facts = DutyEvent['data'];

/** Route by which a careers service refers. */
const OWN_WAY = 'connexions';
const isAnotherWay = (referral: DutyEvent): boolean => {
  const { route } = referral.data;
  return refers(referral) && typeof route === 'string' && route !== OWN_WAY;
};

/** Of two whose source is not seen nobody knows that it is one. */
export const areOfOne = (one: DutyEvent, other: DutyEvent): boolean => one.source !== undefined && one.source === other.source;

const refuses = ({ type }: DutyEvent): boolean => type !== 'referral.accepted';

/** Of a word of which no referral is seen. */
const NONE = -1;

/** By the end of a day, as its source says, and as it was known. */
export type HappenedBy = (event: DutyEvent) => boolean;

export class DutyThings {
  readonly #kinds: DutyKinds;
  /** Each in the order of their places. */
  readonly #byType = new Map<string, readonly DutyEvent[]>();
  /** As they were found, by event and field. */
  readonly #owners: Owners;
  #words: ReadonlyMap<Revision, readonly DutyEvent[]> | undefined;

  /** `before`: see `with`. */
  constructor(events: readonly DutyEvent[], kinds: DutyKinds, before?: DutyThings) {
    this.#kinds = kinds;
    this.#owners = before ? before.#owners : new WeakMap();
    if (before) this.#byType = new Map(before.#byType);
    for (const [type, added] of Map.groupBy(events, ({ type: name }) => name)) {
      this.#byType.set(type, this.of(type).concat(added).sort(inPlaces));
    }
  }

  /** With events of which none identifies what is named already: whose things the earlier ones speak of was found, and stays so. */
  with(added: readonly DutyEvent[]): DutyThings {
    return new DutyThings(added, this.#kinds, this);
  }

  /** Of some types, in the order of their places. */
  of(...types: readonly string[]): readonly DutyEvent[] {
    const [first = [], ...others] = types.flatMap((type) => [this.#byType.get(type) ?? []]);
    return others.length === 0 ? first : [first, ...others].flat().sort(inPlaces);
  }

  #identifying(name: string, id: unknown): readonly DutyEvent[] {
    const types = [...this.#byType.keys()].filter((type) => this.#kinds(type as DutyEvent['type']).identifies === name);
    return this.of(...types).filter(({ data }) => data[name] === id);
  }

  /**
   * Whether both speak of the same thing: they agree in every id that both name, but for those that the other gives to something new. What
   * shares no id is about the learner.
   */
  areOne(one: DutyEvent, other: DutyEvent): boolean {
    const { refersTo, identifies } = this.#kinds(one.type);
    const shared = this.#kinds(other.type).refersTo.filter((name) => name === identifies || refersTo.includes(name));
    return shared.every((name) => {
      const [id, otherId] = [one.data[name], other.data[name]];
      return id === undefined || otherId === undefined || (id === otherId && this.#haveOneOwner(one, other, name));
    });
  }

  /**
   * Ids are each agency's own: the same id of two agencies names two things. Where none of that id is seen, the id alone tells; of several
   * of which none is meant for sure, only whoever spoke of it may mean the same again.
   */
  #haveOneOwner(one: DutyEvent, other: DutyEvent, name: string): boolean {
    const [owner, otherOwner] = [this.#owner(one, name), this.#owner(other, name)];
    if (owner.slug !== undefined && otherOwner.slug !== undefined) return owner.slug === otherOwner.slug;
    if (!owner.isOneOfSeveral && !otherOwner.isOneOfSeveral) return true;
    return owner.slug === otherOwner.slug && areOfOne(one, other);
  }

  /** What an event says, as its source set it right since. */
  factsOf(event: DutyEvent): Facts {
    return event.type === 'assessment.recorded' ? assessmentFacts(event, this.of('assessment.rectified')) : event.data;
  }

  /** Acceptances, refusals and withdrawals of a referral, in their order. */
  wordsOf({ place }: DutyEvent): readonly DutyEvent[] {
    this.#words ??= this.#wordsByReferral();
    return this.#words.get(place) ?? [];
  }

  #wordsByReferral(): ReadonlyMap<Revision, readonly DutyEvent[]> {
    const words = this.of(...REFERRAL_WORDS).map((word) => ({ ...word, withdraws: word.type === 'referral.withdrawn' }));
    const meant = referralsMeant(this.of('referral.made'), words);
    return Map.groupBy(words, ({ place }) => meant.get(place)?.place ?? NONE);
  }

  #referrerIn(word: DutyEvent): AgencySlug | undefined {
    const isOfIt = (referral: DutyEvent): boolean => this.wordsOf(referral).some(({ place }) => place === word.place);
    return this.of('referral.made').find(isOfIt)?.source;
  }

  /** Programmes that began on a referral. */
  takenUp(referral: DutyEvent): readonly DutyEvent[] {
    const last = addDays(referral.knownOn, LAPSE_DAYS);
    const starts = startsOnReferral(referral, this.of('programme.started'), this.of('referral.made'));
    return starts.filter(({ data: { startedOn } }) => typeof startedOn === 'string' && startedOn <= last);
  }

  /** Whether a programme began on a referral of somebody else than a careers service that had not come to nothing by then. */
  cameByAnotherWay(start: DutyEvent): boolean {
    if (start.type !== 'programme.started') return false;
    return this.of('referral.made').some(
      (one) =>
        isAnotherWay(one) &&
        this.takenUp(one).some(({ place }) => place === start.place) &&
        !this.wordsOf(one).some((word) => refuses(word) && word.place < start.place),
    );
  }

  /** What refused or took back a referral before a place was taken up on it: what comes later undoes that no more. */
  refusalOf(referral: DutyEvent, happened: HappenedBy): DutyEvent | undefined {
    const [begun] = this.takenUp(referral);
    return this.wordsOf(referral).find((word) => refuses(word) && happened(word) && word.place < (begun?.place ?? Infinity));
  }

  /** Where it was referred to, since. */
  begunAfter({ place, data: { to } }: DutyEvent): readonly DutyEvent[] {
    return this.of('programme.started').filter((start) => start.place > place && start.source !== undefined && start.source === to);
  }

  /** The first day on which a referral that nobody answered is over, whether or not that has come. */
  lapseOf(referral: DutyEvent, happened: HappenedBy): IsoDate | undefined {
    const isAnswered = this.wordsOf(referral).some(happened) || this.takenUp(referral).some(happened);
    return isAnswered ? undefined : addDays(referral.knownOn, LAPSE_DAYS + 1);
  }

  /** Those that somebody may be on: a pupil's course is none. */
  begunBy(day: IsoDate): readonly DutyEvent[] {
    const isBegun = ({ startedOn }: Facts): boolean => typeof startedOn !== 'string' || startedOn <= day;
    return this.of('programme.started').filter(({ data }) => data['kind'] !== 'school-course' && isBegun(data));
  }

  /** The first that ends a programme which an event is, or is about. */
  endOf(event: DutyEvent, happened: HappenedBy): DutyEvent | undefined {
    if (event.data['programmeId'] === undefined) return undefined;
    return this.of(...ENDINGS)
      .filter(happened)
      .find((ending) => this.areOne(event, ending) && this.#mayEnd(ending, event));
  }

  /** Nobody ends another's programme; where it is not seen whose the event's is, the id alone tells, unless several are of it. */
  #mayEnd({ source, confirmed }: DutyEvent, event: DutyEvent): boolean {
    const owner = this.ownerOf(event, 'programmeId');
    if (owner !== undefined) return owner === source;
    return confirmed !== false && this.#identifying('programmeId', event.data['programmeId']).length === 0;
  }

  /** Whose the id in that field of an event is; undefined where that is not seen. */
  ownerOf(event: DutyEvent, name: string): AgencySlug | undefined {
    return this.#owner(event, name).slug;
  }

  #owner(event: DutyEvent, name: string): Owner {
    const known = this.#owners.get(event) ?? new Map<string, Owner>();
    this.#owners.set(event, known);
    const found = known.get(name) ?? this.#ownerFound(event, name);
    known.set(name, found);
    return found;
  }

  #ownerFound(event: DutyEvent, name: string): Owner {
    const isOwn = this.#kinds(event.type).identifies === name || (name === 'programmeId' && OF_ITS_SOURCE.includes(event.type));
    if (isOwn) return { slug: event.source, isOneOfSeveral: false };
    const { of } = event.data;
    if (name === 'referralId' && REFERRAL_WORDS.includes(event.type)) return { slug: this.#referrerIn(event), isOneOfSeveral: false };
    if (typeof of === 'string') return { slug: of, isOneOfSeveral: false };
    const { source, place } = event;
    const things = this.#identifying(name, event.data[name]);
    const slug = ownerAmong(things, { source, place });
    return { slug, isOneOfSeveral: new Set(things.map((one) => one.source)).size > 1 && slug === undefined };
  }
}
