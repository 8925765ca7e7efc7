// The E2E Passport in the order of its documents: of each entry whose it is, of which day, and by which clause (views.md, S2).
import type { CodeFields } from '../broker/api-description.ts';
import type { NameOf } from '../broker/agency-names.ts';
import { dayText } from '../shell/times.ts';
import { basisText, codeText, labelOf, yesNo } from './words.ts';

type Entry = Readonly<Record<string, unknown>>;

export interface Via {
  /** Short type of an event. */
  readonly item: string;
  readonly clause: string;
  readonly basis: string;
  readonly level: string;
  readonly purpose: string | null;
}

export interface Passport {
  readonly learner: string;
  readonly localId?: string;
  readonly on: string;
  readonly position: string;
  readonly via: readonly Via[];
  readonly [part: string]: unknown;
}

export interface Fact {
  readonly label: string;
  readonly text?: string;
  readonly day?: string;
  readonly texts?: readonly string[];
}

export interface Ground {
  readonly item: string;
  readonly clause: string;
  readonly basis: string;
  readonly purpose: string;
  /** Of the clause in the agreement as people read it. */
  readonly href?: string;
}

export interface ShownEntry {
  readonly from?: string;
  readonly day?: string;
  readonly facts: readonly Fact[];
}

export interface Part {
  readonly id: string;
  readonly title: string;
  readonly entries: readonly ShownEntry[];
  readonly grounds: readonly Ground[];
}

interface Described {
  readonly id: string;
  readonly title: string;
  /** Members that say whose an entry is, and of which day. */
  readonly from?: string;
  readonly day?: string;
  /** What its items' types begin with. */
  readonly items: readonly string[];
}

const PARTS: readonly Described[] = [
  { id: 'cover', title: 'Who it is', items: ['learner.'] },
  { id: 'referral', title: 'Referral', from: 'from', day: 'madeOn', items: ['referral.'] },
  { id: 'initialAssessment', title: 'Assessments', from: 'by', day: 'assessedOn', items: ['assessment.'] },
  { id: 'endorsement', title: 'Endorsement', from: 'by', day: 'givenOn', items: ['endorsement.'] },
  {
    id: 'programme',
    title: 'Programme',
    from: 'of',
    day: 'startedOn',
    items: ['programme.started', 'programme.agreed', 'programme.signed-off', 'programme.queried', 'programme.left-early'],
  },
  { id: 'reviews', title: 'Reviews', from: 'of', day: 'heldOn', items: ['review.'] },
  { id: 'placements', title: 'Placements', from: 'by', day: 'startedOn', items: ['placement.'] },
  { id: 'achievements', title: 'Achievements', from: 'by', day: 'awardedOn', items: ['achievement.'] },
  { id: 'movingOn', title: 'Moving on', day: 'plannedOn', items: ['moving-on.', 'programme.moved-on'] },
];

/** Of no use to people: names that machines give, and what a heading says already. */
const LEFT_OUT: ReadonlySet<string> = new Set(['evidence', 'assessments', 'basedOn', 'supersededBy', 'primary']);
const DAY = /^\d{4}-\d{2}-\d{2}$/;

const isNothing = (value: unknown): boolean =>
  value === null || value === undefined || value === '' || value === false || (Array.isArray(value) && value.length === 0);

const isGroup = (value: unknown): value is Entry => typeof value === 'object' && value !== null && !Array.isArray(value);

const CODED: readonly string[] = ['kind', 'standing', 'read', 'answer', 'route', 'role', 'state', 'framework', 'attendees'];

/** How what stands in a passport is called by people. */
export interface Names {
  readonly codes: CodeFields;
  /** Of an agency. */
  readonly nameOf: NameOf;
}

/** A member of an entry, by its place in the passport. */
interface Place extends Names {
  readonly at: string;
}

const within = (place: Place, name: string): Place => ({ ...place, at: `${place.at}_${name}` });

const factOf = (name: string, value: unknown, place: Place): Fact => {
  const label = labelOf(name);
  if (typeof value === 'boolean') return { label, text: yesNo(value) };
  if (Array.isArray(value))
    return { label, texts: value.map((one) => (isGroup(one) ? groupText(one, place) : valueText(name, one, place))) };
  if (isGroup(value)) return { label, text: groupText(value, place) };
  const text = String(value);
  if (DAY.test(text)) return { label, day: text };
  return { label, text: valueText(name, value, place) };
};

const groupText = (group: Entry, place: Place): string =>
  Object.entries(group)
    .filter(([, value]) => !isNothing(value))
    .map(([name, value]) => (isGroup(value) ? groupText(value, within(place, name)) : namedText(name, value, within(place, name))))
    .join(', ');

/** These say by themselves what they are. */
const PLAIN: readonly string[] = ['name', 'agency', 'contact', 'by', 'day', 'level'];

const namedText = (name: string, value: unknown, place: Place): string => {
  const text = valueText(name, value, place);
  return PLAIN.includes(name) || CODED.includes(name) ? text : `${labelOf(name).toLowerCase()} ${text}`;
};

const valueText = (name: string, value: unknown, { at, codes, nameOf }: Place): string => {
  const text = String(value);
  if (DAY.test(text)) return dayText(text);
  if (name === 'agency') return nameOf(text);
  const words = codes.get(at);
  if (words !== undefined) return words[text] ?? codeText(text);
  return CODED.includes(name) ? codeText(text) : text;
};

const isShown = (name: string): boolean => !name.endsWith('Id') && !LEFT_OUT.has(name);

const entryOf = (entry: Entry, { id, from = '', day = '' }: Described, names: Names): ShownEntry => {
  const [whose, when] = [entry[from], entry[day]];
  const facts = Object.entries(entry).filter(([name, value]) => isShown(name) && name !== from && name !== day && !isNothing(value));
  return {
    ...(typeof whose === 'string' && { from: whose }),
    ...(typeof when === 'string' && { day: when }),
    facts: facts.map(([name, value]) => factOf(name, value, { ...names, at: `${id}_${name}` })),
  };
};

const CLAUSE = /^([a-z0-9-]+)@(\d+)#([A-Za-z0-9-]+)$/;

const groundOf = ({ item, clause, basis, purpose }: Via): Ground => ({
  item: codeText(item.replace('.', ' ')),
  clause: clause === 'own' ? 'your agency recorded it' : clause,
  basis: clause === 'own' ? '' : basisText(basis),
  purpose: purpose === null ? '' : codeText(purpose),
  ...(CLAUSE.test(clause) && { href: clause.replace(CLAUSE, '/agreements/$1/$2#$3') }),
});

const groundsIn = (via: readonly Via[], { items }: Described): readonly Ground[] => {
  const found = via.filter(({ item }) => items.some((start) => item.startsWith(start))).map(groundOf);
  return [...new Map(found.map((one) => [JSON.stringify(one), one])).values()];
};

/** A document of which nothing may be shown is not there, whether there is one or not. */
export const partsOf = (passport: Passport, names: Names): readonly Part[] =>
  PARTS.flatMap((described) => {
    const { id, title } = described;
    const entries = [passport[id]].flat().filter(isGroup);
    return entries.length === 0
      ? []
      : [{ id, title, entries: entries.map((entry) => entryOf(entry, described, names)), grounds: groundsIn(passport.via, described) }];
  });

/** Of the five documents those that there are; undefined where that would tell more than may be seen. */
export const completenessOf = ({ completeness }: Passport): string | undefined =>
  isGroup(completeness) ? `${String(completeness['present'])} of 5 documents` : undefined;

/** Empty where no name is shown. */
export const calledIn = ({ cover }: Passport): string => {
  const names = isGroup(cover) ? [cover['givenName'], cover['familyName']] : [];
  return names.filter((name) => typeof name === 'string').join(' ');
};

export const nameIn = (passport: Passport): string => calledIn(passport) || passport.localId || `${passport.learner.slice(0, 12)}…`;

export const isOwnAlone = ({ via }: Pick<Passport, 'via'>): boolean => via.every(({ clause }) => clause === 'own');
