// Folds the learner's stream into what rules and the gate ask of it.
import { type CatalogueData, type Category, type EventDataValue, type EventType, shippedCatalogue, type ShortType } from '#catalogue';
import { type Contribution, type Notes, oneCopyEach, type Recorded } from '#contribution';
import { DUTY_TYPES } from '#duties';
import type { AgencySlug, Instant, IsoDate, Revision } from '#kernel';
import type { ItemFacts } from '#sharing-protocols';
import { entriesOf, type Head, idFieldOf, marksOf, type RecordState, TEXTS, textsBeyond, textsBeyondAt, withEntry } from './entries.ts';

// What an event is, as far as protocols tell it apart, its category included; shared by all events that are alike in it.

interface KnownType {
  readonly eventType: EventType;
  readonly heads: (key: string, make: () => Head) => Head;
}

const known = new Map<ShortType, KnownType>();

const typeNamed = (type: ShortType): KnownType => {
  const found = known.get(type);
  if (found) return found;
  const made = { eventType: shippedCatalogue().byShort(type), heads: oneCopyEach<Head>() };
  known.set(type, made);
  return made;
};

const NO_NOTES: Notes = {};

/** No two kinds of a type have one key: neither slugs nor facts hold a line break, and no fact is empty. */
const keyOf = (source: AgencySlug, { of = '', apartFrom }: Notes, facts: readonly string[], data: EventDataValue): string => {
  let key = apartFrom ? `${source}\n${of}\napart` : `${source}\n${of}\n`;
  for (const name of facts) {
    const value = data[name];
    key += typeof value === 'string' ? `\n${value}` : '\n';
  }
  return key;
};

const factsIn = (names: readonly string[], data: EventDataValue): ItemFacts['facts'] => {
  const facts: Record<string, string> = {};
  for (const name of names) {
    const value = data[name];
    if (typeof value === 'string') facts[name] = value;
  }
  return facts;
};

/** With the facts that it takes from the thing which one of its properties names, such as who funds the programme that was left. */
const valuesOf = (state: RecordState, { type, source, data }: Contribution, of: AgencySlug = source): EventDataValue => {
  const values = data as unknown as EventDataValue;
  const { borrows } = typeNamed(type).eventType;
  const named = borrows && values[borrows.from];
  if (borrows === undefined || typeof named !== 'string') return values;
  const lender = entriesOf(state, ['programme.started'], named).find(({ head }) => head.item.source === of);
  const lent = borrows.facts.flatMap((name) =>
    lender?.head.item.facts[name] === undefined ? [] : [[name, lender.head.item.facts[name]] as const],
  );
  return lent.length === 0 ? values : { ...values, ...Object.fromEntries(lent) };
};

const headOfKind = ({ type, source }: Contribution, values: EventDataValue, notes: Notes = NO_NOTES): Head => {
  const { eventType, heads } = typeNamed(type);
  const category = eventType.categoryOf(values);
  return heads(`${category}\n${keyOf(source, notes, eventType.facts, values)}`, () => ({
    item: { type, category, source, facts: factsIn(eventType.facts, values) },
    of: notes.of,
    apart: notes.apartFrom !== undefined,
  }));
};

/** The assessment that a dispute or rectification speaks of. */
const spokenOf = (state: RecordState, { source, data }: Contribution, notes: Notes | undefined): Head | undefined => {
  const { assessmentId } = data as { readonly assessmentId: string };
  const owner = notes?.of ?? source;
  const assessments = entriesOf(state, ['assessment.recorded'], assessmentId);
  return assessments.find(({ head }) => head.item.source === owner)?.head;
};

/** The event of the sender's own that it retracts or withholds. */
const namedOf = ({ heads, ...state }: RecordState, revision: Revision): Head | undefined =>
  heads[marksOf({ heads, ...state }).findIndex((mark) => mark.revision === revision)];

/**
 * The head of a contribution that comes with these notes. What speaks of an assessment, or of an event, is of its category, and as hidden.
 */
const headOf = (state: RecordState, contribution: Contribution, notes: Notes | undefined): Head => {
  const head = headOfKind(contribution, valuesOf(state, contribution, notes?.of), notes);
  const named = notes?.names === undefined ? undefined : namedOf(state, notes.names);
  if (named) return { ...head, item: { ...head.item, category: named.item.category }, apart: named.apart };
  if (typeNamed(contribution.type).eventType.categoryFollows === undefined) return head;
  const spoken = spokenOf(state, contribution, notes);
  if (spoken === undefined) return head;
  const { category, facts } = spoken.item;
  return { ...head, item: { ...head.item, category, facts }, apart: spoken.apart };
};

/** The category under whose key a contribution is to be sealed. */
export const categoryIn = (state: RecordState, contribution: Contribution, notes?: Notes): Category =>
  headOf(state, contribution, notes).item.category;

type Texts = readonly string[];
type TextsOf = { readonly [Type in ShortType]?: (data: CatalogueData[Type]) => Texts };

const NOTHING: Texts = [];

const WITHHOLDING: readonly ShortType[] = ['withholding.stated', 'withholding.ended'];

/** What is kept beside the id. */
const beside: TextsOf = {
  'assessment.recorded': ({ supersedes, assessedOn, validUntil }) => [supersedes?.assessmentId ?? '', assessedOn, validUntil ?? ''],
  'assessment.rectified': ({ assessedOn, validUntil }) => ['', assessedOn ?? '', validUntil ?? ''],
  'review.scheduled': ({ programmeId }) => [programmeId],
  'review.held': ({ programmeId }) => [programmeId],
  'programme.started': ({ startedOn }) => ['', startedOn],
  'placement.started': ({ programmeId, on }) => [programmeId ?? '', on],
  'placement.ended': ({ programmeId }) => [programmeId ?? ''],
  'achievement.recorded': ({ programmeId }) => [programmeId ?? ''],
};

/** The programme that an event without an id of its own is about. */
const ofProgramme = (data: object): Texts =>
  'programmeId' in data && typeof data.programmeId === 'string' ? ['', data.programmeId] : NOTHING;

/** Which event of its own an agency withholds, until when, or withholds no longer, or takes back and why; by revision. */
const ofOwnEvent = ({ data, notes }: Recorded): Texts => {
  if (notes?.names === undefined) return NOTHING;
  const { reason = '', until = '' } = data as { readonly reason?: string; readonly until?: IsoDate };
  return ['', String(notes.names), reason, until];
};

const NAMES_OWN_EVENT: readonly ShortType[] = [...WITHHOLDING, 'record.retracted'];

const textsOf = (event: Recorded): Texts => {
  const { type, data } = event;
  const field = idFieldOf(type);
  if (field === undefined) return NAMES_OWN_EVENT.includes(type) ? ofOwnEvent(event) : ofProgramme(data);
  const others = beside[type] as ((data: CatalogueData[ShortType]) => Texts) | undefined;
  return [(data as unknown as Readonly<Record<string, string>>)[field] ?? '', ...(others?.(data) ?? NOTHING)];
};

const withMoment = (texts: Texts, event: Recorded): Texts => {
  const moment = momentTexts(event, texts);
  return moment.length === 0 ? texts : [...texts, ...NO_TEXTS.slice(texts.length), ...moment];
};

const NO_TEXTS: Texts = Array.from({ length: TEXTS }, () => '');

/** Takes every contribution about the learner, of whatever type. */
export const evolveRecord = (state: RecordState, event: Recorded): RecordState => {
  const next = withEntry(
    state,
    headOf(state, event, event.notes),
    { revision: event.revision, at: event.time ?? event.at },
    withMoment(textsOf(event), event),
  );
  const retracted = event.type === 'record.retracted' ? event.notes?.names : undefined;
  return retracted === undefined ? next : { ...next, retracted: [...next.retracted, retracted] };
};

/** Whether the agency withholds that event of its own from the learner: it said so, and did not end it since. */
export const isWithheld = (state: RecordState, source: AgencySlug, named: Revision): boolean =>
  entriesOf(state, WITHHOLDING).findLast(({ head, related }) => head.item.source === source && related === String(named))?.head.item
    .type === 'withholding.stated';

// What duties are reckoned from, kept beside each entry that may trigger or discharge one: its ids, days and codes, no text (ADR 56).

export interface Moment {
  readonly revision: Revision;
  /** When the broker took it. */
  readonly taken: Instant;
  readonly data: Readonly<Record<string, string>>;
}

const RADIX = 36;

/** Whom an event names, and whose thing it is about. */
const NAMES: readonly string[] = ['of', 'to', 'about', 'role'];

const fieldsOf = ({ schema, identifies, refersTo, facts }: EventType): readonly string[] => {
  const properties = (schema as { readonly properties?: Readonly<Record<string, { readonly format?: string }>> }).properties ?? {};
  const kept = new Set([...(identifies === undefined ? [] : [identifies]), ...refersTo, ...facts, ...NAMES]);
  return Object.keys(properties).filter((name) => kept.has(name) || properties[name]?.format === 'date');
};

const fields = new Map<string, readonly string[]>();

const fieldsOfType = (type: ShortType): readonly string[] => {
  const known = fields.get(type);
  if (known) return known;
  const found = fieldsOf(shippedCatalogue().byShort(type));
  fields.set(type, found);
  return found;
};

/** In place of what its entry keeps already: ids, days and codes hold no control characters. */
const AS_KEPT = ['\u0001', '\u0002', '\u0003', '\u0004'];

/** To be kept at the end of its entry, `kept`; nothing of what no duty asks about. */
const momentTexts = ({ type, data, taken, at, time = at }: Recorded, kept: readonly string[]): readonly string[] => {
  if (!DUTY_TYPES.has(type)) return [];
  const values = data as unknown as EventDataValue;
  const texts = fieldsOfType(type).map((name) => {
    const value = values[name];
    if (typeof value !== 'string') return '';
    return AS_KEPT[kept.indexOf(value)] ?? value;
  });
  return [((taken ?? at) - time).toString(RADIX), ...texts];
};

/** Of all entries that may trigger or discharge a duty, or of those at these places alone; by their places. */
export const momentsIn = (state: RecordState, places?: ReadonlySet<Revision>): ReadonlyMap<Revision, Moment> => {
  const moments = new Map<Revision, Moment>();
  const entries = places === undefined ? textsBeyond(state, DUTY_TYPES) : textsBeyondAt(state, DUTY_TYPES, places);
  for (const { head, mark, kept, texts } of entries) {
    const [later = '0', ...values] = texts;
    const named = fieldsOfType(head.item.type as ShortType).flatMap((name, place) => {
      const value = values[place] ?? '';
      return value === '' ? [] : [[name, kept[AS_KEPT.indexOf(value)] ?? value] as const];
    });
    const taken = mark.at + Number.parseInt(later, RADIX);
    moments.set(mark.revision, { revision: mark.revision, taken, data: Object.fromEntries(named) });
  }
  return moments;
};
