// Turns permitted items into what leaves: opened one by one, minimised as the clause says. Used by the gate alone.
import { LRUCache } from 'lru-cache';
import type { EventStore, RecordedEvent } from '#event-store';
import { londonDate, type LearnerId, type Revision } from '#kernel';
import { type LearnerFile, learnerStream, openContribution } from '#learner-file';
import { type MergedIdentity, ulnSuppliedBy } from '#learners';
import type { Vault } from '#privacy';
import { type AnswerItem, MERGED_IDENTITY_REVISION } from './answer.ts';
import { answerItem, mergedIdentityItem, type Opened } from './answer-item.ts';
import type { AnswerTo } from './answer-masks.ts';
import { identityFor, type PermittedItem, type AccessContext } from './decide-answer.ts';

/** Learners whose plain items are kept in memory, so that reading again need not open again. */
const KEPT_LEARNERS = 4000;
/** Pairwise ids that are kept: each takes a keyed fingerprint to make. */
const KEPT_NAMES = 50_000;

const remembering = (vault: Vault): Pick<Vault, 'blind'> => {
  const known = new LRUCache<string, string>({ max: KEPT_NAMES });
  return {
    blind: (kind, text) => {
      const key = `${kind}\n${text}`;
      const found = known.get(key);
      if (found !== undefined) return found;
      const name = vault.blind(kind, text);
      known.set(key, name);
      return name;
    },
  };
};

export class ItemReader {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #opened = new LRUCache<LearnerId, Map<Revision, Opened>>({ max: KEPT_LEARNERS });
  readonly #names: Pick<Vault, 'blind'>;
  #mark: number;

  constructor(store: EventStore, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
    this.#names = remembering(vault);
    this.#mark = vault.erasureMark();
  }

  /** In the order given; items erased since the decision are left out. */
  async read(context: AccessContext, permitted: readonly PermittedItem[]): Promise<readonly AnswerItem[]> {
    return (await this.readEach(context, permitted)).filter((item) => item !== undefined);
  }

  /** The same, undefined where an item was erased. */
  async readEach(context: AccessContext, permitted: readonly PermittedItem[]): Promise<readonly (AnswerItem | undefined)[]> {
    const { file, reader } = context;
    this.#forgetErased();
    const kept = this.#keptOf(file);
    const identity: MergedIdentity = permitted.some(isMerged) ? identityFor(context) : new Map();
    const wanted = [
      ...permitted.filter((one) => !isMerged(one)).map(({ item }) => item.revision),
      ...[...identity.values()].map(({ revision }) => revision),
    ];
    await this.#load(file, [...new Set(wanted)].filter((revision) => !kept.has(revision)).sort(byNumber), kept);
    const to: AnswerTo = { recipient: reader.slug, learner: file.id, uln: ulnSuppliedBy(file.learner, reader.slug), names: this.#names };
    return permitted.map((one) => {
      if (isMerged(one)) return merged(one, identity, kept, to);
      const opened = kept.get(one.item.revision);
      return opened && answerItem(one, opened, to);
    });
  }

  /** What was opened under a key that is no more must not be shown from memory. */
  #forgetErased(): void {
    const mark = this.#vault.erasureMark();
    if (mark === this.#mark) return;
    this.#mark = mark;
    this.#opened.clear();
  }

  #keptOf({ id }: LearnerFile): Map<Revision, Opened> {
    const kept = this.#opened.get(id) ?? new Map<Revision, Opened>();
    if (kept.size === 0) this.#opened.set(id, kept);
    return kept;
  }

  async #load({ id }: LearnerFile, revisions: readonly Revision[], kept: Map<Revision, Opened>): Promise<void> {
    const [first, last] = [revisions[0], revisions.at(-1)];
    if (first === undefined || last === undefined) return;
    const events = await this.#store.readStream(learnerStream(id), { from: first, limit: last - first + 1 });
    for (const revision of revisions) this.#open(events[revision - first], kept);
  }

  #open(stored: RecordedEvent | undefined, kept: Map<Revision, Opened>): void {
    const event = stored && openContribution(stored, this.#vault)?.event;
    if (event) kept.set(stored.revision, { event, position: stored.position, day: londonDate(Date.parse(event.time)) });
  }
}

const byNumber = (a: number, b: number): number => a - b;

const isMerged = ({ item }: PermittedItem): boolean => item.revision === MERGED_IDENTITY_REVISION;

/** Undefined where all that it is made of was erased. */
const merged = (
  { permit }: PermittedItem,
  identity: MergedIdentity,
  kept: ReadonlyMap<Revision, Opened>,
  to: AnswerTo,
): AnswerItem | undefined => {
  const told = [...identity].flatMap(([field, { revision, statedOn }]) => {
    const value = kept.get(revision)?.event.data[field];
    return value === undefined ? [] : [{ field, value, statedOn }];
  });
  if (told.length === 0) return undefined;
  const values = Object.fromEntries(told.map(({ field, value }) => [field, value]));
  const days = Object.fromEntries(told.map(({ field, statedOn }) => [field, statedOn]));
  return mergedIdentityItem(permit, { values: { ...values, ...(to.uln === undefined ? {} : { uln: to.uln }) }, days }, to);
};
