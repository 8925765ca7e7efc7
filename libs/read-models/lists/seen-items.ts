// What the gate let through of one learner, by type, for the rows of lists.
import type { CatalogueData, ShortType } from '#catalogue';
import type { DisplacedFor } from '#duties';
import { type AnswerItem, MERGED_IDENTITY_TYPE } from '#disclosure';
import { agencyOf, type AgencySlug, type IsoDate, londonDate, type Revision } from '#kernel';

/** Cut down as its clause says: any field may be missing. */
export interface SeenItem<Type extends ShortType> {
  readonly data: Partial<CatalogueData[Type]>;
  /** Undefined where whose it is would tell too much. */
  readonly source: AgencySlug | undefined;
  readonly own: boolean;
  /** False of the word of whoever does not stand with the learner, which has no effect on anybody (sharing-matrix.md, W2). */
  readonly confirmed: boolean;
  readonly level: AnswerItem['level'];
  /** In London, on which it was told, as its source says; the merged identity has none. */
  readonly toldOn: IsoDate | undefined;
  readonly status: AnswerItem['status'] | undefined;
  /** Its category, which tells of an assessment what its clause may leave out. */
  readonly category: string;
  /** The asker's name for it. */
  readonly id: string | undefined;
  /** In the log; of one's own items alone. */
  readonly position: string | undefined;
  /** In the learner's stream, or of what is about no learner in the log: greater is later. Never told. */
  readonly place: Revision;
  /** Of an adviser of one's own whose place another agency's has. */
  readonly displaced: DisplacedFor | undefined;
}

/** What is known of items beside what they say. */
export interface ItemsKnown {
  /** The one that a row tells to be withdrawn. */
  readonly withdrawn?: Revision;
  readonly displaced?: ReadonlyMap<Revision, DisplacedFor>;
}

type Identity = Partial<CatalogueData['learner.registered']>;

const shortOf = (type: string): string => type.replace(/^uk\.concordat\./, '').replace(/\.v\d+$/, '');

const A_DAY = 'YYYY-MM-DD'.length;

/** Of one's own items the time is told, of others' the day. */
const dayOf = (time: string | undefined): IsoDate | undefined =>
  time === undefined || time.length === A_DAY ? time : londonDate(Date.parse(time));

const seenAt = (place: Revision, item: AnswerItem, displaced: DisplacedFor | undefined): SeenItem<ShortType> => {
  const { data, source, clause, level, time, status, category, id, position, confirmed = true } = item;
  const from = source === undefined ? undefined : agencyOf(source);
  const own = clause === 'own';
  const seen = { data, source: from, own, confirmed, level, status, category, id, position, place, displaced };
  return Object.defineProperty(seen, 'toldOn', { get: () => dayOf(time) }) as SeenItem<ShortType>;
};

export class SeenItems {
  readonly all: readonly AnswerItem[];
  readonly #byType = new Map<string, SeenItem<ShortType>[]>();

  /** By their places. What was retracted is none, but for what is withdrawn. */
  constructor(items: Iterable<readonly [Revision, AnswerItem]>, { withdrawn, displaced }: ItemsKnown = {}) {
    const stands = ([place, { status }]: readonly [Revision, AnswerItem]): boolean => status !== 'retracted' || place === withdrawn;
    const standing = [...items].filter(stands).sort(([one], [other]) => one - other);
    this.all = standing.map(([, item]) => item);
    for (const [place, item] of standing) {
      const seen = seenAt(place, item, displaced?.get(place));
      const short = shortOf(item.type);
      const known = this.#byType.get(short);
      if (known) known.push(seen);
      else this.#byType.set(short, [seen]);
    }
  }

  of<Type extends ShortType>(type: Type): readonly SeenItem<Type>[] {
    return (this.#byType.get(type) ?? []) as unknown as readonly SeenItem<Type>[];
  }

  /** That one alone. */
  at<Type extends ShortType>(type: Type, place: Revision | undefined): SeenItem<Type> | undefined {
    return this.of(type).find((one) => one.place === place);
  }

  last<Type extends ShortType>(type: Type): SeenItem<Type> | undefined {
    return this.of(type).at(-1);
  }

  /** Merged by the broker, or, where that is not seen, of one's own statements, field by field the last (views.md, V10). */
  get identity(): Identity {
    const merged = this.all.find(({ type }) => type === MERGED_IDENTITY_TYPE);
    if (merged) return merged.data;
    const own = [...this.of('learner.registered'), ...this.of('learner.corrected')].sort((one, other) => one.place - other.place);
    return Object.assign({}, ...own.map(({ data }) => data)) as Identity;
  }
}

/** As rows say it. */
export const known = <Value>(value: Value | null | undefined): Value | null => value ?? null;

type OrNull<Data, Name extends keyof Data> = { readonly [Member in Name]-?: NonNullable<Data[Member]> | null };

/** These members, null where one is not seen. */
export const orNull = <Data extends object, Name extends keyof Data & string>(
  data: Data | undefined,
  ...names: readonly Name[]
): OrNull<Data, Name> => Object.fromEntries(names.map((name) => [name, data?.[name] ?? null])) as unknown as OrNull<Data, Name>;

type ListsOf<Data> = { readonly [Name in keyof Data as NonNullable<Data[Name]> extends readonly unknown[] ? Name : never]: Data[Name] };
type OrEmpty<Data, Name extends keyof Data> = { readonly [Member in Name]-?: NonNullable<Data[Member]> };

/** These lists, empty where one is not seen. */
export const orEmpty = <Data extends object, Name extends keyof ListsOf<Data> & keyof Data & string>(
  data: Data,
  ...names: readonly Name[]
): OrEmpty<Data, Name> => Object.fromEntries(names.map((name) => [name, data[name] ?? []])) as unknown as OrEmpty<Data, Name>;

/** What a row rests on, item by item (views.md, V5). */
export interface Via {
  /** Short type. */
  readonly item: string;
  readonly clause: string;
  readonly basis: string;
  readonly level: string;
  readonly purpose: string | null;
  /** Of one's own items alone. */
  readonly position: string | null;
}

/** Each ground once for each type of item. */
export const viaOf = (seen: SeenItems): readonly Via[] => {
  const found = new Map<string, Via>();
  for (const { type, clause, basis, level, purpose = null, position = null } of seen.all) {
    const via = { item: shortOf(type), clause, basis, level, purpose, position };
    found.set(JSON.stringify(via), via);
  }
  return [...found.values()];
};

/** Of whom the row is. */
export interface PersonRow {
  readonly givenName: string | null;
  readonly familyName: string | null;
}

export const personIn = (seen: SeenItems): PersonRow => orNull(seen.identity, 'givenName', 'familyName');
