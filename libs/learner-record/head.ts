// What an event is, as far as protocols tell it apart, its category included; shared by all events that are alike in it.
import { type Category, type EventDataValue, type EventType, shippedCatalogue, type ShortType } from '#catalogue';
import { type Contribution, oneCopyEach, type Notes } from '#contribution';
import { entriesOf, type Head, type RecordState } from './entries.ts';

const eventTypes = new Map<ShortType, EventType>();

const typeNamed = (type: ShortType): EventType => {
  const found = eventTypes.get(type) ?? shippedCatalogue().byShort(type);
  eventTypes.set(type, found);
  return found;
};

const textIn = (data: EventDataValue, name: string): string | undefined => {
  const value = data[name];
  return typeof value === 'string' ? value : undefined;
};

const heads = oneCopyEach<Head>();

const headOfKind = ({ type, source, data }: Contribution, notes: Notes | undefined): Head => {
  const eventType = typeNamed(type);
  const values = data as unknown as EventDataValue;
  const texts = eventType.facts.map((name) => textIn(values, name));
  const category = eventType.categoryOf(values);
  const [of, apart] = [notes?.of, notes?.apartFrom !== undefined];
  // No two kinds have one key: neither slugs nor facts hold a line break, and a fact is never empty.
  return heads(`${type}\n${source}\n${category}\n${of}\n${apart}\n${texts.join('\n')}`, () => {
    const facts = eventType.facts.flatMap((name, place) => (texts[place] === undefined ? [] : [[name, texts[place]]]));
    return { item: { type, category, source, facts: Object.fromEntries(facts) as Record<string, string> }, of, apart };
  });
};

/** The assessment that a dispute or rectification speaks of. */
const spokenOf = (state: RecordState, { source, data }: Contribution, notes: Notes | undefined): Head | undefined => {
  const { assessmentId } = data as { readonly assessmentId: string };
  const owner = notes?.of ?? source;
  const assessments = entriesOf(state, ['assessment.recorded']);
  return assessments.find(({ id, head }) => id === assessmentId && head.item.source === owner)?.head;
};

/** The head of a contribution that comes with these notes. What speaks of an assessment is of its category, and as hidden. */
export const headOf = (state: RecordState, contribution: Contribution, notes: Notes | undefined): Head => {
  const head = headOfKind(contribution, notes);
  if (typeNamed(contribution.type).categoryFollows === undefined) return head;
  const spoken = spokenOf(state, contribution, notes);
  if (spoken === undefined) return head;
  const { category, facts } = spoken.item;
  return { ...head, item: { ...head.item, category, facts }, apart: spoken.apart };
};

/** The category under whose key a contribution is to be sealed. */
export const categoryIn = (state: RecordState, contribution: Contribution, notes?: Notes): Category =>
  headOf(state, contribution, notes).item.category;
