// What the gate let through of one learner, by type, for the rows of lists.
import type { CatalogueData, ShortType } from '#catalogue';
import { type AnswerItem, MERGED_IDENTITY_TYPE } from '#disclosure';
import { agencyOf, type AgencySlug, type IsoDate, londonDate, type Revision } from '#kernel';

/** Cut down as its clause says: any field may be missing. */
export interface SeenItem<Type extends ShortType> {
  readonly data: Partial<CatalogueData[Type]>;
  /** Undefined where whose it is would tell too much. */
  readonly source: AgencySlug | undefined;
  readonly own: boolean;
  /** On which it happened, as its source says. */
  readonly day: IsoDate | undefined;
  /** In the learner's stream, or of what is about no learner in the log: greater is later. Never told. */
  readonly place: Revision;
}

type Identity = Partial<CatalogueData['learner.registered']>;

const DAY = /^\d{4}-\d{2}-\d{2}$/;

/** Of others' items the day alone is told, of one's own the moment. */
const dayOf = ({ time }: AnswerItem): IsoDate | undefined => (time === undefined || DAY.test(time) ? time : londonDate(Date.parse(time)));

const shortOf = (type: string): string => type.replace(/^uk\.concordat\./, '').replace(/\.v\d+$/, '');

export class SeenItems {
  readonly all: readonly AnswerItem[];
  readonly #byType = new Map<string, SeenItem<ShortType>[]>();

  /** By their places. What was retracted is none. */
  constructor(items: Iterable<readonly [Revision, AnswerItem]>) {
    const standing = [...items].filter(([, { status }]) => status !== 'retracted').sort(([one], [other]) => one - other);
    this.all = standing.map(([, item]) => item);
    for (const [place, item] of standing) {
      const { type, data, source, clause } = item;
      const seen = { data, source: source === undefined ? undefined : agencyOf(source), own: clause === 'own', day: dayOf(item), place };
      const short = shortOf(type);
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

type OrNull<Data, Name extends keyof Data> = { readonly [Member in Name]-?: NonNullable<Data[Member]> | null };

/** These members, null where one is not seen. */
export const orNull = <Data extends object, Name extends keyof Data & string>(data: Data, ...names: readonly Name[]): OrNull<Data, Name> =>
  Object.fromEntries(names.map((name) => [name, data[name] ?? null])) as unknown as OrNull<Data, Name>;

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
