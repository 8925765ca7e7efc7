// Facts of every learner as the view keeps them: days, codes and ids of events, until they are taken back (views.md, S16). Their key finds
// those that are about one thing, however many there are of others.
import type { ShortType } from '#catalogue';
import { type RowOf, table } from '../engine/index.ts';
import type { Fact } from './facts.ts';

/** What a fact is about that is about nothing: a key has no column without a value. */
export const NOTHING = '';

export const factTable = table({
  name: 'facts',
  columns: {
    learner: 'text',
    revision: 'integer',
    position: 'integer',
    known_at: 'integer',
    category: 'text',
    /** Short. */
    type: 'text',
    source: 'text',
    thing: 'text',
    day: 'text?',
    until: 'text?',
    code: 'text?',
    verified: 'text?',
  },
  key: ['learner', 'type', 'thing', 'source', 'revision'],
});

export type FactRow = RowOf<typeof factTable>;

export const factIn = ({ revision: place, type, source, thing, day, until, code, verified }: FactRow): Fact => ({
  place,
  type: type as ShortType,
  source,
  thing: thing === NOTHING ? null : thing,
  day,
  until,
  code,
  verified,
});

/** Where and when it was recorded, and of whom. */
type Recorded = Pick<FactRow, 'learner' | 'position' | 'known_at' | 'category'>;

export const rowOfFact = ({ place: revision, thing, ...fact }: Fact, recorded: Recorded): FactRow => ({
  ...recorded,
  revision,
  ...fact,
  thing: thing ?? NOTHING,
});
