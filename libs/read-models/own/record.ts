// What is held about a learner, by kind, with whose it is, why it may be held and where it may go (console.md, 4.4).
import { categoryCode, isCategory } from '#catalogue';
import type { AnswerItem, ClauseTerms, OwnAnswer } from '#disclosure';
import { agencyOf, type AgencySlug, type IsoDate, londonDate, type Revision } from '#kernel';

export interface OwnItem {
  /** For this learner alone. */
  readonly id?: string;
  /** Short, as `assessment.recorded`. */
  readonly type: string;
  readonly category: string;
  readonly source?: AgencySlug;
  /** On which it happened, as its source says. */
  readonly on?: IsoDate;
  /** Present where it is no longer the current one. */
  readonly status?: AnswerItem['status'];
  /** Present where its source does not stand with the learner: it has no effect on anybody. */
  readonly confirmed?: false;
  /** Its source kept it from the learner until now. */
  readonly notShownBefore?: true;
  /** The agreement that lets its source record it, as `e2e-passport@1`. */
  readonly held?: string;
  /** Clauses by which agencies may be shown such a thing. */
  readonly shared: readonly string[];
  readonly data: Readonly<Record<string, unknown>>;
}

export interface OwnKind {
  readonly category: string;
  /** What it is, as it is said to a learner. */
  readonly sentence: { readonly en: string; readonly cy: string };
  readonly items: number;
  readonly sources: readonly AgencySlug[];
  /** The latest day of one of them. */
  readonly lastOn?: IsoDate;
}

export interface OwnRecord {
  /** By name, whatever page is asked for. */
  readonly kinds: readonly OwnKind[];
  /** The latest recorded first. */
  readonly items: readonly (readonly [Revision, OwnItem])[];
}

export interface OwnClause extends ClauseTerms {
  readonly clause: string;
}

const shortOf = (type: string): string => type.replace(/^uk\.concordat\./, '').replace(/\.v\d+$/, '');

const dayOf = (time: string | undefined): IsoDate | undefined =>
  time === undefined || time.length === 'YYYY-MM-DD'.length ? time : londonDate(Date.parse(time));

/** What is not known is left out. */
const present = <Members extends object>(members: Members): { readonly [Name in keyof Members]?: NonNullable<Members[Name]> } =>
  Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never;

const itemOf = (item: AnswerItem, revision: Revision, { grounds, wasWithheld }: OwnAnswer['facts']): OwnItem => {
  const { id, type, category, source = '', time, status, confirmed, data } = item;
  const { held, shared = [] } = grounds.get(revision) ?? {};
  const notShownBefore = wasWithheld.has(revision) ? (true as const) : undefined;
  return {
    type: shortOf(type),
    category,
    ...present({ id, source: agencyOf(source), on: dayOf(time), status, confirmed, notShownBefore, held }),
    shared,
    data,
  };
};

const sentenceOf = (category: string): OwnKind['sentence'] => {
  const { en, cy } = (isCategory(category) ? categoryCode(category).learner : undefined) ?? { en: category, cy: category };
  return { en, cy };
};

const kindOf = (category: string, items: readonly OwnItem[]): OwnKind => {
  const lastOn = items
    .flatMap(({ on }) => on ?? [])
    .sort()
    .at(-1);
  return {
    category,
    sentence: sentenceOf(category),
    items: items.length,
    sources: [...new Set(items.flatMap(({ source }) => source ?? []))].sort(),
    ...(lastOn !== undefined && { lastOn }),
  };
};

export const ownRecordOf = ({ items, facts }: Pick<OwnAnswer, 'items' | 'facts'>): OwnRecord => {
  const told = [...items].map(([revision, item]) => [revision, itemOf(item, revision, facts)] as const);
  const kinds = [...Map.groupBy(told, ([, { category }]) => category)].sort(([one], [other]) => (one < other ? -1 : 1));
  return {
    kinds: kinds.map(([category, some]) =>
      kindOf(
        category,
        some.map(([, item]) => item),
      ),
    ),
    items: told.sort(([one], [other]) => other - one),
  };
};

/** Those that these items name, by name. */
export const clausesOf = (items: readonly OwnItem[], { clauses }: OwnAnswer['facts']): readonly OwnClause[] =>
  [...new Set(items.flatMap(({ shared }) => shared))].sort().flatMap((clause) => {
    const terms = clauses.get(clause);
    return terms ? [{ clause, ...terms }] : [];
  });
