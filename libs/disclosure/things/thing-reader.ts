// Events about no learner, opened to be decided: what they are, and by which facts clauses tell them apart. They never change and are
// never taken back, so a decision about them rests on nothing else that could move.
import { type CloudEvent, type EventType, shippedCatalogue } from '#catalogue';
import type { RecordedEvent } from '#event-store';
import { londonDate, type Position } from '#kernel';
import { isPlanningStream, openContribution } from '#learner-file';
import type { RecordItem } from '#learner-record';
import { type Keys, keysOf, withKeys } from '#privacy';
import type { Opened } from '../answer-item.ts';
import type { PastParts } from '../past.ts';
import type { ThingCandidate } from './things-question.ts';

export interface Thing {
  /** Its revision is its position in the log: things of several agencies stand in one row. */
  readonly item: RecordItem;
  readonly opened: Opened;
}

/** A candidate as far as the log holds it. */
export interface OpenedCandidate {
  readonly anchor: Thing | undefined;
  readonly beside: readonly Thing[];
}

type Parts = Pick<PastParts, 'vault'> & { readonly store: Pick<PastParts['store'], 'readAll'> };

interface Read {
  readonly stored: RecordedEvent;
  readonly type: EventType;
  readonly event: CloudEvent;
}

/** In their order. */
export const openCandidates = async (parts: Parts, candidates: readonly ThingCandidate[]): Promise<readonly OpenedCandidate[]> => {
  const recorded = await recordedAt(parts, new Set(candidates.flatMap(({ anchor, beside }) => [anchor, ...beside])));
  const read = await withKeys(
    () => keysOf(parts.vault, recorded),
    (keys) => new Map(recorded.flatMap((stored) => readIn(stored, keys) ?? []).map((one) => [one.stored.position, one])),
  );
  return candidates.map(({ anchor, beside }) => {
    const all = [anchor, ...beside].flatMap((position) => read.get(position) ?? []);
    const things = new Map(all.map((one) => [one.stored.position, thingOf(one, all)]));
    return { anchor: things.get(anchor), beside: beside.flatMap((position) => things.get(position) ?? []) };
  });
};

/** Agencies' words about no learner, of what stands there: of learners nothing is opened here, whatever a view proposes. */
const recordedAt = async ({ store }: Parts, positions: Iterable<Position>): Promise<readonly RecordedEvent[]> => {
  const found: RecordedEvent[] = [];
  for (const position of positions) {
    const [stored] = await store.readAll({ after: position - 1, limit: 1 });
    if (stored?.position === position && isPlanningStream(stored.stream)) found.push(stored);
  }
  return found;
};

/** Undefined where it is no contribution, or its key is gone. */
const readIn = (stored: RecordedEvent, keys: Keys): Read | undefined => {
  const type = shippedCatalogue().type(stored.type);
  const event = type && openContribution(stored, keys)?.event;
  return event && { stored, type, event };
};

const thingOf = ({ stored, type, event }: Read, row: readonly Read[]): Thing => {
  const { position, meta } = stored;
  const at = Date.parse(event.time);
  const facts = { ...factsIn(type.facts, event.data), ...borrowedFacts({ stored, type, event }, row) };
  const item = { type: type.short, category: type.categoryOf(event.data), source: meta.actor, facts };
  return { item: { ...item, revision: position, at, apart: false }, opened: { event, position, day: londonDate(at) } };
};

type Facts = RecordItem['facts'];

const factsIn = (names: readonly string[], data: CloudEvent['data']): Facts =>
  Object.fromEntries(names.flatMap((name) => (typeof data[name] === 'string' ? [[name, data[name]]] : [])));

/** Of the thing that it speaks of, which stands in the same row: its source's own, or that of the agency which `of` names. */
const borrowedFacts = ({ stored, type: { borrows }, event: { data } }: Read, row: readonly Read[]): Facts => {
  if (borrows === undefined) return {};
  const { of = stored.meta.actor } = data;
  const lender = row.find(
    (one) => one.type.identifies === borrows.from && one.stored.meta.actor === of && one.event.data[borrows.from] === data[borrows.from],
  );
  return lender ? factsIn(borrows.facts, lender.event.data) : {};
};
