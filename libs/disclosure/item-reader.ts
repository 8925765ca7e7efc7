// Turns permitted items into what leaves: opened one by one, minimised as the clause says. Used by the gate alone.
import { MERGED_IDENTITY_NOTICED, type Notice } from '#consent';
import { type Keys, keysOf, pairwiseItemId, type Vault } from '#privacy';
import type { CloudEvent } from '#catalogue';
import type { EventStore, RecordedEvent } from '#event-store';
import type { LearnerId, Revision } from '#kernel';
import { type LearnerFile, learnerStream, openContribution, streamPlaceOf, type WhenOpened, type WhenRecorded } from '#learner-file';
import { type MergedIdentity, ulnSuppliedBy } from '#learners';
import { type AnswerItem, MERGED_IDENTITY_ID, MERGED_IDENTITY_REVISION } from './answer.ts';
import { answerItem, mergedIdentityItem, type Opened } from './answer-item.ts';
import type { AnswerTo } from './answer-masks.ts';
import { type AccessContext, identityFor, knownIn, type PermittedItem } from './decide-answer.ts';
import { KeptItems } from './kept-items.ts';

/** As the recipient knows them from its answers and its feed. */
export const noticedItems = (names: Pick<Vault, 'blind'>, { recipient, items }: Notice): readonly string[] =>
  items.map((position) => (position === MERGED_IDENTITY_NOTICED ? MERGED_IDENTITY_ID : pairwiseItemId(names, recipient, position)));

/** Of items in the plain that are kept in memory. */
const CACHE_BYTES = 96 * 2 ** 20;

export interface ToRead {
  readonly context: AccessContext;
  readonly permitted: readonly PermittedItem[];
}

type Wanted = ReadonlyMap<LearnerId, ReadonlySet<Revision>>;

/** What is read of a learner's stream since it is not kept in the plain, with its keys. */
interface Read {
  readonly events: readonly RecordedEvent[];
  readonly revisions: ReadonlySet<Revision>;
  readonly keys: Keys;
}

export class ItemReader {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #kept: KeptItems;
  /** Whoever opens a learner's events for another reason tells of it here: they need not be opened again to be shown. */
  readonly whenOpened: WhenOpened;
  /** The same of whoever records what agencies say. */
  readonly whenRecorded: WhenRecorded;

  /** `cacheBytes`: how much memory may be taken for items in the plain. */
  constructor(store: EventStore, vault: Vault, cacheBytes = CACHE_BYTES) {
    this.#store = store;
    this.#vault = vault;
    this.#kept = new KeptItems(vault, cacheBytes);
    this.whenOpened = (learner, stored, event) => this.#kept.note(learner, stored, event);
    this.whenRecorded = (learner, recorded) => this.#kept.noteRecorded(learner, recorded);
  }

  /** In the order given; items erased since the decision are left out. */
  async read(context: AccessContext, permitted: readonly PermittedItem[]): Promise<readonly AnswerItem[]> {
    const [read = []] = await this.readTogether([{ context, permitted }]);
    return read.filter((item) => item !== undefined);
  }

  /**
   * Of each in the order given, undefined where an item was erased. All that is read together is opened in one turn, however long reading
   * took: nothing in it was opened before an erasure that is done.
   */
  async readTogether(asked: readonly ToRead[]): Promise<readonly (readonly (AnswerItem | undefined)[])[]> {
    const identities = asked.map((one): MergedIdentity => (one.permitted.some(isMerged) ? identityFor(one.context) : new Map()));
    const opened = await this.#opened(wantedIn(asked, identities));
    return asked.map(({ context, permitted }, place) => {
      const { file, reader } = context;
      const items = itemsIn(file, opened);
      const called = (): ReadonlySet<string> => knownIn(context).names;
      const uln = ulnSuppliedBy(file.learner, reader.slug);
      const to: AnswerTo = { recipient: reader.slug, learner: file.id, uln, names: this.#vault, called };
      return permitted.map((one) => {
        if (isMerged(one)) return merged(one, identities[place] ?? new Map(), items, to);
        const item = items.get(one.item.revision);
        return item && answerItem(one, item, to);
      });
    });
  }

  /** Again where what was kept in the plain had to be forgotten meanwhile. */
  async #opened(wanted: Wanted): Promise<OpenedByStream> {
    let opened = this.#openedNow(wanted, NOTHING_READ);
    while (!opened) opened = this.#openedNow(wanted, await this.#readMissing(wanted));
    return opened;
  }

  async #readMissing(wanted: Wanted): Promise<ReadonlyMap<LearnerId, Read>> {
    const missing = [...wanted].map(([learner, revisions]) => {
      const kept = this.#kept.of(learner, [...revisions]);
      return { learner, revisions: [...revisions].filter((revision) => !kept.has(revision)).sort(byNumber) };
    });
    const events = await Promise.all(missing.map((one) => this.#stored(one)));
    const keys = await keysOf(this.#vault, events.flat());
    return new Map(
      missing.map(({ learner, revisions }, place) => [learner, { events: events[place] ?? [], revisions: new Set(revisions), keys }]),
    );
  }

  async #stored({ learner, revisions }: { learner: LearnerId; revisions: readonly Revision[] }): Promise<readonly RecordedEvent[]> {
    const [first, last] = [revisions[0], revisions.at(-1)];
    if (first === undefined || last === undefined) return [];
    const events = await this.#store.readStream(learnerStream(learner), { from: first, limit: last - first + 1 });
    return revisions.flatMap((revision) => events[revision - first] ?? []);
  }

  /** In one turn. Undefined: something is neither kept in the plain nor read. */
  #openedNow(wanted: Wanted, read: ReadonlyMap<LearnerId, Read>): OpenedByStream | undefined {
    const opened = new Map<LearnerId, ReadonlyMap<Revision, Opened>>();
    for (const [learner, revisions] of wanted) {
      const known = read.get(learner);
      const others = [...revisions].filter((revision) => !known?.revisions.has(revision));
      const kept = this.#kept.of(learner, others);
      if (others.some((revision) => !kept.has(revision))) return undefined;
      opened.set(learner, known ? new Map([...kept, ...this.#kept.keep(learner, openedWith(known.keys, known.events))]) : kept);
    }
    return opened;
  }
}

const NOTHING_READ: ReadonlyMap<LearnerId, Read> = new Map();

const openedWith = (keys: Keys, events: readonly RecordedEvent[]): readonly (readonly [RecordedEvent, CloudEvent])[] =>
  events.flatMap((stored) => {
    const event = openContribution(stored, keys)?.event;
    return event ? [[stored, event] as const] : [];
  });

/** What is shown, and what merged identities are made of. */
const wantedIn = (asked: readonly ToRead[], identities: readonly MergedIdentity[]): Wanted => {
  const wanted = new Map<LearnerId, Set<Revision>>();
  const want = ({ id, united }: LearnerFile, place: Revision): void => {
    const { learner, revision } = streamPlaceOf(id, united, place);
    const revisions = wanted.get(learner) ?? new Set();
    wanted.set(learner, revisions.add(revision));
  };
  asked.forEach(({ context: { file }, permitted }, place) => {
    for (const one of permitted) if (!isMerged(one)) want(file, one.item.revision);
    for (const { revision } of identities[place]?.values() ?? []) want(file, revision);
  });
  return wanted;
};

type OpenedByStream = ReadonlyMap<LearnerId, ReadonlyMap<Revision, Opened>>;

/** By place in the file. */
type Items = Pick<ReadonlyMap<Revision, Opened>, 'get'>;

const itemsIn = ({ id, united }: LearnerFile, opened: OpenedByStream): Items => ({
  get: (place) => {
    const { learner, revision } = streamPlaceOf(id, united, place);
    return opened.get(learner)?.get(revision);
  },
});

const byNumber = (a: number, b: number): number => a - b;

const isMerged = ({ item }: PermittedItem): boolean => item.revision === MERGED_IDENTITY_REVISION;

/** Undefined where all that it is made of was erased. */
const merged = ({ permit }: PermittedItem, identity: MergedIdentity, kept: Items, to: AnswerTo): AnswerItem | undefined => {
  const told = [...identity].flatMap(([field, { revision, statedOn }]) => {
    const value = kept.get(revision)?.event.data[field];
    return value === undefined ? [] : [{ field, value, statedOn }];
  });
  if (told.length === 0) return undefined;
  const values = Object.fromEntries(told.map(({ field, value }) => [field, value]));
  const days = Object.fromEntries(told.map(({ field, statedOn }) => [field, statedOn]));
  return mergedIdentityItem(permit, { values: { ...values, ...(to.uln === undefined ? {} : { uln: to.uln }) }, days }, to);
};
