// Of which things events speak, and whose these are: ids are each agency's own (contracts.md, `of`). Pure.
import type { AgencySlug, Revision } from '#kernel';
import type { DutyEvent, DutyKinds } from './duty-event.ts';
import { ENDINGS } from './duty-types.ts';

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

type Owners = WeakMap<DutyEvent, Map<string, AgencySlug | undefined>>;

const inPlaces = (one: DutyEvent, other: DutyEvent): number => one.place - other.place;

export class DutyThings {
  readonly #kinds: DutyKinds;
  /** Each in the order of their places. */
  readonly #byType = new Map<string, readonly DutyEvent[]>();
  /** As they were found, by event and field. */
  readonly #owners: Owners;

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
   * Whether both speak of the same thing: they agree in every id that both name, but for those that each of them gives to something of its
   * own, as two assessments do. What shares no id is about the learner.
   */
  areOne(one: DutyEvent, other: DutyEvent): boolean {
    const [kind, otherKind] = [this.#kinds(one.type), this.#kinds(other.type)];
    const shared = [...kind.refersTo, ...(kind.identifies === undefined ? [] : [kind.identifies])].filter(
      (name) => otherKind.refersTo.includes(name) || (otherKind.identifies === name && kind.identifies !== name),
    );
    return shared.every((name) => {
      const [id, otherId] = [one.data[name], other.data[name]];
      return id === undefined || otherId === undefined || (id === otherId && this.#haveOneOwner(one, other, name));
    });
  }

  /** Ids are each agency's own: the same id of two agencies names two things. Where it is not seen whose it is, the id alone tells. */
  #haveOneOwner(one: DutyEvent, other: DutyEvent, name: string): boolean {
    const [owner, otherOwner] = [this.ownerOf(one, name), this.ownerOf(other, name)];
    return owner === undefined || otherOwner === undefined || owner === otherOwner;
  }

  /** Nobody ends another's programme; where it is not seen whose the event's is, the id alone tells, unless several are of it. */
  mayEnd({ source, confirmed }: DutyEvent, event: DutyEvent): boolean {
    const owner = this.ownerOf(event, 'programmeId');
    if (owner !== undefined) return owner === source;
    return confirmed !== false && this.#identifying('programmeId', event.data['programmeId']).length === 0;
  }

  /** Whose the id in that field of an event is; undefined where that is not seen. */
  ownerOf(event: DutyEvent, name: string): AgencySlug | undefined {
    const known = this.#owners.get(event) ?? new Map<string, AgencySlug | undefined>();
    this.#owners.set(event, known);
    if (!known.has(name)) known.set(name, this.#ownerFound(event, name));
    return known.get(name);
  }

  #ownerFound(event: DutyEvent, name: string): AgencySlug | undefined {
    if (this.#kinds(event.type).identifies === name || (name === 'programmeId' && OF_ITS_SOURCE.includes(event.type))) return event.source;
    const { of } = event.data;
    if (typeof of === 'string') return of;
    const { source, place } = event;
    return ownerAmong(this.#identifying(name, event.data[name]), { source, place });
  }
}
