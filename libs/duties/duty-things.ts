// Of which things events speak, and whose these are: ids are each agency's own (contracts.md, `of`). Pure.
import type { AgencySlug, Revision } from '#kernel';
import type { DutyEvent, DutyKinds } from './duty-event.ts';
import { assessmentFacts, ENDINGS, inPlaces, REFERRAL_WORDS } from './duty-types.ts';
import { ReferralsSeen } from './referrals.ts';

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
export interface Owner {
  readonly slug: AgencySlug | undefined;
  readonly isOneOfSeveral: boolean;
}

type Owners = WeakMap<DutyEvent, Map<string, Owner>>;

type Facts = DutyEvent['data'];

type ById = ReadonlyMap<unknown, readonly DutyEvent[]>;

/** Of two whose source is not seen nobody knows that it is one. */
export const areOfOne = (one: DutyEvent, other: DutyEvent): boolean => one.source !== undefined && one.source === other.source;

const firstOfEach = (events: readonly DutyEvent[]): readonly DutyEvent[] => {
  const bySource = Map.groupBy(events, ({ source, confirmed }) => JSON.stringify([source, confirmed === false]));
  return [...bySource.values()].flatMap(([first]) => first ?? []);
};

const assessmentOf = ({ source, data: { assessmentId } }: DutyEvent): string => JSON.stringify([source, assessmentId]);

export class DutyThings {
  readonly #kinds: DutyKinds;
  /** Each in the order of their places. */
  readonly #byType = new Map<string, readonly DutyEvent[]>();
  /** Of several types together, likewise. */
  readonly #ofTypes = new Map<string, readonly DutyEvent[]>();
  /** As they were found, by event and field. */
  readonly #owners: Owners;
  /** What gives the ids of a field, by these. */
  readonly #byId = new Map<string, ById>();
  /** Of one type, by its source and the id that it gives. */
  readonly #given = new Map<string, ReadonlyMap<string, readonly DutyEvent[]>>();
  readonly #facts = new WeakMap<DutyEvent, Facts>();
  #rectified: ReadonlyMap<string, readonly DutyEvent[]> | undefined;
  readonly #before: ReferralsSeen | undefined;
  #referrals: ReferralsSeen | undefined;

  /** `before`: see `with`. */
  constructor(events: readonly DutyEvent[], kinds: DutyKinds, before?: DutyThings) {
    this.#kinds = kinds;
    this.#owners = before ? before.#owners : new WeakMap();
    const byType = Map.groupBy(events, ({ type }) => type);
    if (before) {
      this.#byType = new Map(before.#byType);
      this.#before = before.#referrals ?? before.#before;
      const isAsBefore = (type: string): boolean => !byType.has(type as DutyEvent['type']);
      this.#ofTypes = new Map([...before.#ofTypes].filter(([types]) => types.split(' ').every(isAsBefore)));
      const isGivenAnew = (name: string): boolean => [...byType.keys()].some((type) => kinds(type).identifies === name);
      this.#byId = new Map([...before.#byId].filter(([name]) => !isGivenAnew(name)));
      this.#given = new Map([...before.#given].filter(([type]) => isAsBefore(type)));
    }
    for (const [type, added] of byType) {
      this.#byType.set(type, this.of(type).concat(added).sort(inPlaces));
    }
  }

  /** With events of which none identifies what is named already: whose things the earlier ones speak of was found, and stays so. */
  with(added: readonly DutyEvent[]): DutyThings {
    return new DutyThings(added, this.#kinds, this);
  }

  /** Of some types, in the order of their places. */
  of(...types: readonly string[]): readonly DutyEvent[] {
    const [only] = types;
    if (types.length === 1 && only !== undefined) return this.#byType.get(only) ?? [];
    const known = this.#ofTypes.get(types.join(' '));
    if (known) return known;
    const found = types.flatMap((type) => this.#byType.get(type) ?? []).sort(inPlaces);
    this.#ofTypes.set(types.join(' '), found);
    return found;
  }

  get referrals(): ReferralsSeen {
    this.#referrals ??= new ReferralsSeen(
      { made: this.of('referral.made'), words: this.of(...REFERRAL_WORDS), starts: this.of('programme.started') },
      this.#before,
    );
    return this.#referrals;
  }

  /** Types that are seen and give ids of that field. */
  #giving(name: string): readonly string[] {
    return [...this.#byType.keys()].filter((type) => this.#kinds(type as DutyEvent['type']).identifies === name);
  }

  /** To which somebody gave that id: of each agency the first, and the first while it does not stand, however often it gave it. */
  identifying(name: string, id: unknown): readonly DutyEvent[] {
    const known = this.#byId.get(name) ?? this.#firstsById(name);
    this.#byId.set(name, known);
    return known.get(id) ?? [];
  }

  #firstsById(name: string): ById {
    const byId = Map.groupBy(this.of(...this.#giving(name)), ({ data }) => data[name]);
    return new Map([...byId].map(([id, events]) => [id, events.length > 1 ? firstOfEach(events) : events]));
  }

  /** Of one type, what a source gave an id. */
  givenBy(type: DutyEvent['type'], source: AgencySlug, id: unknown): readonly DutyEvent[] {
    const { identifies = '' } = this.#kinds(type);
    const known = this.#given.get(type) ?? Map.groupBy(this.of(type), (one) => JSON.stringify([one.source, one.data[identifies]]));
    this.#given.set(type, known);
    return known.get(JSON.stringify([source, id])) ?? [];
  }

  /** Fields by which the second speaks of what the first is, or is about. */
  sharedNames(one: DutyEvent['type'], other: DutyEvent['type']): readonly string[] {
    const { refersTo, identifies } = this.#kinds(one);
    return this.#kinds(other).refersTo.filter((name) => name === identifies || refersTo.includes(name));
  }

  /**
   * Whether both speak of the same thing: they agree in every id that both name, but for those that the other gives to something new. What
   * shares no id is about the learner.
   */
  areOne(one: DutyEvent, other: DutyEvent): boolean {
    return this.sharedNames(one.type, other.type).every((name) => {
      const [id, otherId] = [one.data[name], other.data[name]];
      return id === undefined || otherId === undefined || (id === otherId && this.#haveOneOwner(one, other, name));
    });
  }

  /**
   * Ids are each agency's own: the same id of two agencies names two things. Where none of that id is seen, the id alone tells; of several
   * of which none is meant for sure, only whoever spoke of it may mean the same again.
   */
  #haveOneOwner(one: DutyEvent, other: DutyEvent, name: string): boolean {
    const [owner, otherOwner] = [this.owner(one, name), this.owner(other, name)];
    if (owner.slug !== undefined && otherOwner.slug !== undefined) return owner.slug === otherOwner.slug;
    if (!owner.isOneOfSeveral && !otherOwner.isOneOfSeveral) return true;
    return owner.slug === otherOwner.slug && areOfOne(one, other);
  }

  /** What an event says, as its source set it right since. */
  factsOf(event: DutyEvent): Facts {
    if (event.type !== 'assessment.recorded') return event.data;
    const facts = this.#facts.get(event) ?? this.#assessed(event);
    this.#facts.set(event, facts);
    return facts;
  }

  #assessed(event: DutyEvent): Facts {
    this.#rectified ??= Map.groupBy(this.of('assessment.rectified'), assessmentOf);
    return assessmentFacts(event, this.#rectified.get(assessmentOf(event)) ?? []);
  }

  /** Whose the id in that field of an event is; undefined where that is not seen. */
  ownerOf(event: DutyEvent, name: string): AgencySlug | undefined {
    return this.owner(event, name).slug;
  }

  owner(event: DutyEvent, name: string): Owner {
    const known = this.#owners.get(event) ?? new Map<string, Owner>();
    this.#owners.set(event, known);
    const found = known.get(name) ?? this.#ownerFound(event, name);
    known.set(name, found);
    return found;
  }

  #referrerIn(word: DutyEvent): AgencySlug | undefined {
    return this.referrals.meantBy(word)?.source;
  }

  #ownerFound(event: DutyEvent, name: string): Owner {
    const isOwn = this.#kinds(event.type).identifies === name || (name === 'programmeId' && OF_ITS_SOURCE.includes(event.type));
    if (isOwn) return { slug: event.source, isOneOfSeveral: false };
    const { of } = event.data;
    if (name === 'referralId' && REFERRAL_WORDS.includes(event.type)) return { slug: this.#referrerIn(event), isOneOfSeveral: false };
    if (typeof of === 'string') return { slug: of, isOneOfSeveral: false };
    const { source, place } = event;
    const things = this.identifying(name, event.data[name]);
    const slug = ownerAmong(things, { source, place });
    return { slug, isOneOfSeveral: new Set(things.map((one) => one.source)).size > 1 && slug === undefined };
  }
}
