// What an event is, as far as protocols tell it apart, its category included; shared by all events that are alike in it.
import { type Category, type EventDataValue, type EventType, shippedCatalogue, type ShortType } from '#catalogue';
import { type Contribution, oneCopyEach, type Notes } from '#contribution';
import type { ItemFacts } from '#sharing-protocols';
import { entriesOf, type Entry, type Head, type RecordState } from './entries.ts';

const eventTypes = oneCopyEach<EventType>();
const typeNamed = (type: ShortType): EventType => eventTypes(type, () => shippedCatalogue().byShort(type));

const factsIn = (names: readonly string[], data: EventDataValue): ItemFacts['facts'] => {
  const facts: Record<string, string> = {};
  for (const name of names) {
    const value = data[name];
    if (typeof value === 'string') facts[name] = value;
  }
  return facts;
};

/** The assessment that a dispute or rectification speaks of: its category and facts are theirs too. */
const spokenOf = (state: RecordState, { source, data }: Contribution, notes: Notes | undefined): Entry | undefined => {
  const { assessmentId } = data as { readonly assessmentId: string };
  const owner = notes?.of ?? source;
  return entriesOf(state, ['assessment.recorded']).find(({ id, head }) => id === assessmentId && head.item.source === owner);
};

type Facts = Pick<ItemFacts, 'category' | 'facts'> & { readonly apart: boolean };

const factsOf = (state: RecordState, contribution: Contribution, notes: Notes | undefined): Facts => {
  const type = typeNamed(contribution.type);
  const data = contribution.data as unknown as EventDataValue;
  const spoken = type.categoryFollows === undefined ? undefined : spokenOf(state, contribution, notes);
  if (spoken) return { category: spoken.head.item.category, facts: spoken.head.item.facts, apart: spoken.head.apart };
  return { category: type.categoryOf(data), facts: factsIn(type.facts, data), apart: notes?.apartFrom !== undefined };
};

const heads = oneCopyEach<Head>();

/** The head of a contribution that comes with these notes. */
export const headOf = (state: RecordState, contribution: Contribution, notes: Notes | undefined): Head => {
  const { type, source } = contribution;
  const { category, facts, apart } = factsOf(state, contribution, notes);
  const key = JSON.stringify([type, source, category, facts, notes?.of, apart]);
  return heads(key, () => ({ item: { type, category, source, facts }, of: notes?.of, apart }));
};

/** The category under whose key a contribution is to be sealed. */
export const categoryIn = (state: RecordState, contribution: Contribution, notes?: Notes): Category =>
  factsOf(state, contribution, notes).category;

