// Rules on names: every role, category, type, field, fact, purpose and relationship means something, and every role named is a party.
import type { Catalogue, EventType } from '#catalogue';
import { isCategory, isRole } from '#catalogue';
import { RECORDED_DECISION, RELATIONSHIPS } from './decision.ts';
import type { Fields, Flow, Prohibition, ProtocolDocument, Share, When } from './language.ts';
import type { Found, LintContext, LintRule } from './lint-findings.ts';
import { foundIf, inEach } from './lint-findings.ts';
import { fieldsOf, kindsOf, typeNamed, valuesOf } from './lint-kinds.ts';

interface Named {
  readonly path: string;
  readonly name: string;
}

const named = (path: string, names: string | readonly string[] | undefined): readonly Named[] =>
  typeof names === 'string' || names === undefined ? [] : names.map((name, index) => ({ path: `${path}.${index}`, name }));

const clauses = ({ flows, prohibitions }: ProtocolDocument): readonly (readonly [path: string, clause: Flow | Prohibition])[] => [
  ...flows.map((flow, index) => [`flows.${index}`, flow] as const),
  ...prohibitions.map((prohibition, index) => [`prohibitions.${index}`, prohibition] as const),
];

const shares = (document: ProtocolDocument): readonly (readonly [path: string, share: Share])[] =>
  clauses(document).flatMap(([path, { share }]) => share.map((one, index) => [`${path}.share.${index}`, one] as const));

/** Where a role acts under the protocol, and so must be a party to it. */
const actors = (document: ProtocolDocument): readonly Named[] => [
  ...document.contributions.flatMap(({ roles }, index) => named(`contributions.${index}.roles`, roles)),
  ...document.flows.flatMap(({ from, share, to }, index) => [
    ...named(`flows.${index}.from`, from),
    ...share.flatMap((one, at) => named(`flows.${index}.share.${at}.from`, one.from)),
    ...to.flatMap(({ roles }, at) => named(`flows.${index}.to.${at}.roles`, roles)),
  ]),
  ...document.duties.flatMap(({ who }, index) => named(`duties.${index}.who`, who)),
  ...named('override.who', document.override?.who),
  ...named('override.told', document.override?.told),
];

/** A prohibition may bind anyone, and what comes from anyone may be left out. */
const bound = ({ parties, prohibitions, flows }: ProtocolDocument): readonly Named[] => [
  ...parties.map(({ role }, index) => ({ path: `parties.${index}.role`, name: role })),
  ...prohibitions.flatMap(({ from, to }, index) => [
    ...named(`prohibitions.${index}.from`, from),
    ...named(`prohibitions.${index}.to`, to),
  ]),
  ...flows.flatMap(({ to }, index) =>
    to.flatMap(({ notFrom, disguise }, at) => [
      ...named(`flows.${index}.to.${at}.notFrom`, notFrom),
      ...named(`flows.${index}.to.${at}.disguise`, disguise),
    ]),
  ),
];

const unknownRoles = (document: ProtocolDocument): readonly Found[] =>
  [...bound(document), ...actors(document)].flatMap(({ path, name }) => foundIf(!isRole(name), path, `Name a role: ${name} is none.`));

const strangers = (document: ProtocolDocument): readonly Found[] => {
  const parties: readonly string[] = document.parties.map(({ role }) => role);
  return actors(document).flatMap(({ path, name }) =>
    foundIf(
      isRole(name) && !parties.includes(name),
      path,
      `Make ${name} a party, or leave it out here: only parties act under a protocol.`,
    ),
  );
};

const unknownCategories = (document: ProtocolDocument): readonly Found[] =>
  shares(document).flatMap(([path, { category }]) =>
    foundIf(category !== undefined && !isCategory(category), `${path}.category`, `Name a category of the catalogue: ${category} is none.`),
  );

/** Of `review.held.nextReviewDue`: `review.held`. */
const typeIn = (moment: string): string => moment.split('.').slice(0, 2).join('.');

const typesUsed = (document: ProtocolDocument): readonly Named[] => [
  ...shares(document).flatMap(([path, { type }]) => (type === undefined ? [] : [{ path: `${path}.type`, name: type }])),
  ...document.contributions.flatMap(({ types }, index) => named(`contributions.${index}.types`, types)),
  ...document.duties.flatMap(({ after, by, dischargedBy }, index) => [
    ...Object.entries({ after, by }).flatMap(([key, moment]) =>
      moment === undefined ? [] : [{ path: `duties.${index}.${key}`, name: typeIn(moment) }],
    ),
    ...named(`duties.${index}.dischargedBy`, dischargedBy),
  ]),
];

const unknownTypes = (document: ProtocolDocument, { catalogue }: LintContext): readonly Found[] =>
  typesUsed(document).flatMap(({ path, name }) =>
    foundIf(
      typeNamed(catalogue, name) === undefined && name !== RECORDED_DECISION,
      path,
      `Name an event type of the catalogue: ${name} is none.`,
    ),
  );

const unknownPurposes = ({ purposes, flows }: ProtocolDocument): readonly Found[] => {
  const known = purposes.map(({ id }) => id);
  return flows
    .flatMap((flow, index) => named(`flows.${index}.for`, flow.for))
    .flatMap(({ path, name }) => foundIf(!known.includes(name), path, `Describe ${name} under purposes, or name one that is.`));
};

const unknownRelationships = ({ flows }: ProtocolDocument): readonly Found[] =>
  flows
    .flatMap(({ share, to }, index) =>
      Object.entries({ share, to }).flatMap(([list, parts]) =>
        parts.flatMap(({ relationship }, at) => named(`flows.${index}.${list}.${at}.relationship`, relationship)),
      ),
    )
    .flatMap(({ path, name }) =>
      foundIf(!(RELATIONSHIPS as readonly string[]).includes(name), path, `Name one of: ${RELATIONSHIPS.join(', ')}.`),
    );

const fieldNames = (path: string, { only, except, ifSupplied, coarsen, entries }: Fields = {}): readonly Named[] => [
  ...Object.entries({ only, except, ifSupplied }).flatMap(([list, names]) => named(`${path}.${list}`, names)),
  ...Object.entries({ coarsen, entries }).flatMap(([part, byField]) =>
    Object.keys(byField ?? {}).map((name) => ({ path: `${path}.${part}.${name}`, name })),
  ),
];

const typesOf = (catalogue: Catalogue, some: readonly Share[]): readonly EventType[] =>
  some.flatMap((share) => kindsOf(catalogue, share)).map(({ type }) => type);

/** The fact of a programme that goes along with whatever is about it. */
const FUNDED_BY = 'fundedBy';

const factsOf = ({ facts, refersTo }: EventType): readonly string[] => (refersTo.includes('programmeId') ? [...facts, FUNDED_BY] : facts);

const namings = (
  path: string,
  { namedIn, namedInWherePresent }: { [K in 'namedIn' | 'namedInWherePresent']?: string | undefined },
): readonly Named[] =>
  Object.entries({ namedIn, namedInWherePresent }).flatMap(([key, name]) => (name === undefined ? [] : [{ path: `${path}.${key}`, name }]));

const notAmong = (names: readonly Named[], known: readonly string[], what: string): readonly Found[] =>
  names.flatMap(({ path, name }) => foundIf(!known.includes(name), path, `Name a ${what} of what is shared: ${name} is none.`));

const unknownFields = (document: ProtocolDocument, { catalogue }: LintContext): readonly Found[] =>
  inEach('flows', document.flows, ({ share, fields, to }, path) => [
    ...notAmong(fieldNames(`${path}.fields`, fields), typesOf(catalogue, share).flatMap(fieldsOf), 'field'),
    ...inEach(`${path}.share`, share, (one, at) =>
      notAmong(fieldNames(`${at}.fields`, one.fields), typesOf(catalogue, [one]).flatMap(fieldsOf), 'field'),
    ),
    ...notAmong(
      to.flatMap(({ except }, at) => named(`${path}.to.${at}.except`, except)),
      typesOf(catalogue, share).flatMap(fieldsOf),
      'field',
    ),
    ...notAmong(
      to.flatMap((one, at) => namings(`${path}.to.${at}`, one)),
      typesOf(catalogue, share).flatMap(factsOf),
      'fact',
    ),
  ]);

const misnamed = (document: ProtocolDocument, { catalogue }: LintContext): readonly Found[] =>
  inEach('contributions', document.contributions, ({ types, namedIn }, path) =>
    notAmong(
      namings(path, { namedIn }),
      typesNamed(catalogue, types).flatMap(({ facts }) => facts),
      'fact',
    ),
  );

const unknownValues = (path: string, when: When, types: readonly EventType[]): readonly Found[] =>
  Object.entries(when).flatMap(([fact, values]) => {
    const bearers = types.filter(({ facts }) => facts.includes(fact));
    if (bearers.length === 0) return [{ path: `${path}.${fact}`, says: `Name a fact of the types concerned: ${fact} is none.` }];
    return named(`${path}.${fact}`, values).flatMap((value) =>
      foundIf(
        !bearers.some((type) => valuesOf(type, fact)?.includes(value.name) ?? true),
        value.path,
        `Give a value that ${fact} can have: ${value.name} is none.`,
      ),
    );
  });

const typesNamed = (catalogue: Catalogue, names: readonly string[]): readonly EventType[] =>
  names.flatMap((name) => typeNamed(catalogue, name) ?? []);

const unknownFacts = (document: ProtocolDocument, { catalogue }: LintContext): readonly Found[] => [
  ...shares(document).flatMap(([path, { when = {}, ...share }]) => unknownValues(`${path}.when`, when, typesOf(catalogue, [share]))),
  ...inEach('contributions', document.contributions, ({ types, when = {} }, path) =>
    unknownValues(`${path}.when`, when, typesNamed(catalogue, types)),
  ),
  ...inEach('duties', document.duties, ({ after, by, when = {}, dischargedBy, dischargedWhen = {} }, path) => [
    ...unknownValues(`${path}.when`, when, typesNamed(catalogue, [typeIn(after ?? by ?? '')])),
    ...unknownValues(`${path}.dischargedWhen`, dischargedWhen, typesNamed(catalogue, dischargedBy)),
  ]),
];

const unknownDate = (path: string, moment: string | undefined, catalogue: Catalogue): readonly Found[] => {
  const [noun, verb, field] = (moment ?? '').split('.');
  const type = typeNamed(catalogue, `${noun}.${verb}`);
  const wrong = type !== undefined && field !== undefined && !fieldsOf(type).includes(field);
  return foundIf(wrong, path, `Name a date of ${noun}.${verb}: ${field} is none.`);
};

/** A duty's `after` may end in a date of the event's data, its `by` does. */
const unknownDates = ({ duties }: ProtocolDocument, { catalogue }: LintContext): readonly Found[] =>
  inEach('duties', duties, ({ after, by }, path) => [
    ...unknownDate(`${path}.after`, after, catalogue),
    ...unknownDate(`${path}.by`, by, catalogue),
  ]);

export const NAME_RULES: readonly LintRule[] = [
  { id: 'unknown-role', severity: 'error', check: unknownRoles },
  { id: 'no-party', severity: 'error', check: strangers },
  { id: 'unknown-category', severity: 'error', check: unknownCategories },
  { id: 'unknown-type', severity: 'error', check: unknownTypes },
  { id: 'unknown-purpose', severity: 'error', check: unknownPurposes },
  { id: 'unknown-relationship', severity: 'error', check: unknownRelationships },
  {
    id: 'unknown-field',
    severity: 'error',
    check: (...asked) => [...unknownFields(...asked), ...misnamed(...asked), ...unknownDates(...asked)],
  },
  { id: 'unknown-fact', severity: 'error', check: unknownFacts },
];
