// What a share is about: every pair of event type and category that it covers, by the catalogue.
import type { Catalogue, Category, EventType, Nature, Role } from '#catalogue';
import type { Contribution, Flow, Prohibition, ProtocolDocument, Share, When } from './language.ts';

export interface Kind {
  readonly type: EventType;
  readonly category: Category;
}

type Facts = Readonly<Record<string, string>>;

export const typeNamed = (catalogue: Catalogue, short: string): EventType | undefined =>
  catalogue.types.find((type) => type.short === short);

const propertiesOf = (type: EventType): Readonly<Record<string, { readonly enum?: readonly unknown[] }>> =>
  (type.schema['properties'] ?? {}) as Readonly<Record<string, { readonly enum?: readonly unknown[] }>>;

export const fieldsOf = (type: EventType): readonly string[] => Object.keys(propertiesOf(type));

/** The values that a fact may take; undefined: any text. */
export const valuesOf = (type: EventType, fact: string): readonly string[] | undefined => propertiesOf(type)[fact]?.enum?.map(String);

/** Every combination of the facts that decide between categories, within `when`. */
const combinations = (type: EventType, when: When): readonly Facts[] =>
  type.facts.reduce<readonly Facts[]>(
    (made, fact) => {
      const values = when[fact] ?? valuesOf(type, fact);
      return values === undefined ? made : made.flatMap((facts) => values.map((value) => ({ ...facts, [fact]: value })));
    },
    [{}],
  );

/** A type that takes the category of what it speaks of may have any that this has. */
const followed = (catalogue: Catalogue, type: EventType): readonly EventType[] =>
  type.categoryFollows === undefined ? [type] : catalogue.types.filter(({ identifies }) => identifies === type.categoryFollows);

const categoriesWhen = (catalogue: Catalogue, type: EventType, when: When): ReadonlySet<Category> =>
  new Set(followed(catalogue, type).flatMap((source) => combinations(source, when).map((facts) => source.categoryOf(facts))));

const unconditional = new WeakMap<EventType, ReadonlySet<Category>>();

const categoriesOf = (catalogue: Catalogue, type: EventType, when: When): ReadonlySet<Category> => {
  if (Object.keys(when).length > 0) return categoriesWhen(catalogue, type, when);
  const categories = unconditional.get(type) ?? categoriesWhen(catalogue, type, when);
  unconditional.set(type, categories);
  return categories;
};

const canHold = (type: EventType, when: When): boolean => Object.keys(when).every((fact) => type.facts.includes(fact));

const kindsOfType = (catalogue: Catalogue, type: EventType, when: When): readonly Kind[] =>
  canHold(type, when) ? [...categoriesOf(catalogue, type, when)].map((category) => ({ type, category })) : [];

/** What the merged identity is made of. */
const IDENTITY: Share = { type: 'learner.registered' };

const kindsNamed = (catalogue: Catalogue, { category, type, when = {} }: Share): readonly Kind[] => {
  if (category === undefined && type === undefined) return [];
  return catalogue.types
    .filter(({ short }) => type === undefined || short === type)
    .flatMap((one) => kindsOfType(catalogue, one, when))
    .filter((kind) => category === undefined || kind.category === category);
};

/** Protocols speak of few, and of each in many places; but a draft may say anything. */
const known = new WeakMap<Catalogue, Map<string, readonly Kind[]>>();
const MOST_KNOWN = 5000;

/** None: the share names nothing that the catalogue knows. The merged identity has the fields of the statements that it is made of. */
export const kindsOf = (catalogue: Catalogue, share: Share): readonly Kind[] => {
  const asked = share.merged === true ? IDENTITY : share;
  const name = JSON.stringify([asked.category, asked.type, asked.when]);
  const ofCatalogue = known.get(catalogue) ?? new Map<string, readonly Kind[]>();
  const kinds = ofCatalogue.get(name) ?? kindsNamed(catalogue, asked);
  if (ofCatalogue.size >= MOST_KNOWN) ofCatalogue.clear();
  known.set(catalogue, ofCatalogue.set(name, kinds));
  return kinds;
};

/** An event about no learner is about no person, whatever its category. */
export const naturesOf = (catalogue: Catalogue, shares: readonly Share[]): ReadonlySet<Nature> => {
  const natures = new Map(catalogue.codes.categories.codes.map(({ code, nature }) => [code, nature]));
  return new Set(
    shares
      .flatMap((share) => kindsOf(catalogue, share))
      .flatMap(({ type, category }) => (type.subject === 'none' ? 'not-personal' : (natures.get(category) ?? []))),
  );
};

export const rolesOf = (from: 'any' | readonly Role[], document: ProtocolDocument): readonly Role[] =>
  from === 'any' ? [...new Set(document.parties.map(({ role }) => role))] : from;

/** The roles from which a share of the clause comes. */
export const sharers = (share: Share, clause: Pick<Flow | Prohibition, 'from'>, document: ProtocolDocument): readonly Role[] =>
  rolesOf(share.merged === true ? 'any' : (share.from ?? clause.from), document);

/** Both conditions at once; undefined: no item can meet both. */
const both = (a: When = {}, b: When = {}): When | undefined => {
  const facts = [...new Set([...Object.keys(a), ...Object.keys(b)])];
  const entries = facts.map((fact) => [fact, (a[fact] ?? b[fact] ?? []).filter((value) => b[fact]?.includes(value) ?? true)] as const);
  return entries.some(([, values]) => values.length === 0) ? undefined : Object.fromEntries(entries);
};

/** Whether an item so contributed, by one of the roles, can be of the share. */
export const brings = (catalogue: Catalogue, contribution: Contribution, share: Share, roles: readonly Role[]): boolean => {
  const when = both(contribution.when, share.when);
  const byRole = typeof contribution.roles === 'string' || contribution.roles.some((role) => roles.includes(role));
  if (when === undefined || !byRole) return false;
  return kindsOf(catalogue, { ...share, when }).some(({ type }) => contribution.types.includes(type.short));
};

const within = (narrow: When = {}, wide: When = {}): boolean =>
  Object.entries(wide).every(([fact, values]) => narrow[fact]?.every((value) => values.includes(value)) ?? false);

/** Whether everything that the one share is about is something that the other is about. */
export const liesWithin = (catalogue: Catalogue, narrow: Share, wide: Share): boolean => {
  const covered = kindsOf(catalogue, { ...wide, when: narrow.when ?? {} });
  const kinds = kindsOf(catalogue, narrow);
  return (
    within(narrow.when, wide.when) &&
    kinds.length > 0 &&
    kinds.every(({ type, category }) => covered.some((kind) => kind.type === type && kind.category === category))
  );
};
