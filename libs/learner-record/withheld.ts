// What of a record the learner is not shown: what a source withholds for now, and what is another person's (sharing-matrix.md, OR1).
import type { AgencySlug, IsoDate, Revision } from '#kernel';
import { entriesOf, type Entry, idFieldOf, ownerIn, type RecordState } from './entries.ts';
import type { ShortType } from '#catalogue';

const STATED = 'withholding.stated';
const WITHHOLDING: readonly ShortType[] = [STATED, 'withholding.ended'];
const RETRACTED = 'record.retracted';

const named = ({ related }: Entry): Revision => Number(related);

/** Of each event that its source ever withheld, what was said of it last: nobody withholds what is another's. */
const lastSaid = (state: RecordState): ReadonlyMap<Revision, Entry> => {
  const said = entriesOf(state, WITHHOLDING).filter(({ related }) => related !== '');
  return new Map(said.map((entry) => [named(entry), entry]));
};

export interface Withholding {
  /** The event that is withheld, */
  readonly of: Revision;
  /** and the one that said so last. */
  readonly stated: Revision;
  readonly source: AgencySlug;
  /** The last day. */
  readonly until: IsoDate;
}

/** Those that keep something from the learner on this day. */
export const withholdingsIn = (state: RecordState, today: IsoDate): readonly Withholding[] =>
  [...lastSaid(state)].flatMap(([of, { head, revision: stated, until }]) =>
    head.item.type === STATED && today <= until ? [{ of, stated, source: head.item.source, until }] : [],
  );

const withheldIn = (state: RecordState, today: IsoDate): readonly Revision[] => withholdingsIn(state, today).map(({ of }) => of);

/** Recorded about this learner by mistake: it is another person's. */
const anothers = (state: RecordState): readonly Revision[] =>
  entriesOf(state, [RETRACTED]).flatMap((entry) => (entry.on === 'wrong-learner' && entry.related !== '' ? [named(entry)] : []));

const NO_ID = '';

const sameThing = (entry: Entry, hidden: Entry): boolean =>
  entry.id === hidden.id && idFieldOf(entry.head.item.type as ShortType) === idFieldOf(hidden.head.item.type as ShortType);

const OF_PROGRAMME = 'programmeId';

const ofItsProgramme = (entry: Entry, { head, id }: Entry): boolean =>
  entry.related === id && idFieldOf(head.item.type as ShortType) === OF_PROGRAMME && head.item.type === 'programme.started';

/** An answer to what is hidden, a dispute of it or a review within it would tell that it is there. */
const speaksOf = (entry: Entry, hidden: Entry): boolean =>
  hidden.id !== NO_ID && ownerIn(entry) === hidden.head.item.source && (sameThing(entry, hidden) || ofItsProgramme(entry, hidden));

const SAYS_OF_EVENTS: ReadonlySet<string> = new Set([...WITHHOLDING, RETRACTED]);

/**
 * By revision; with what speaks of it. That something is withheld, or was, is no item of the learner's either: it would say why.
 * A withholding is over with its last day.
 */
export const hiddenFromLearner = (state: RecordState, today: IsoDate): ReadonlySet<Revision> => {
  const hidden = new Set([...withheldIn(state, today), ...anothers(state)]);
  const types = [...new Set(state.heads.map(({ item }) => item.type))];
  const ofWithholding = entriesOf(state, WITHHOLDING).map(({ revision }) => revision);
  if (hidden.size === 0) return new Set(ofWithholding);
  const entries = entriesOf(state, types);
  const kept = entries.filter(({ revision }) => hidden.has(revision));
  const speaking = entries.filter(
    (entry) => (SAYS_OF_EVENTS.has(entry.head.item.type) && hidden.has(named(entry))) || kept.some((one) => speaksOf(entry, one)),
  );
  return new Set([...hidden, ...ofWithholding, ...speaking.map(({ revision }) => revision)]);
};

/** What was withheld from the learner once and is not any more. */
export const wasWithheld = (state: RecordState, today: IsoDate): ReadonlySet<Revision> => {
  const still = new Set(withheldIn(state, today));
  return new Set([...lastSaid(state).keys()].filter((revision) => !still.has(revision)));
};
