// Turns permitted items into what leaves: opened one by one, minimised as the clause says. Used by the gate alone.
import { LRUCache } from 'lru-cache';
import { MERGED_IDENTITY_NOTICED, type Notice } from '#consent';
import { pairwiseItemId, type Vault } from '#privacy';
import type { EventStore } from '#event-store';
import type { LearnerId, Revision } from '#kernel';
import { learnerStream, openContribution, type WhenOpened, type WhenRecorded } from '#learner-file';
import { type MergedIdentity, ulnSuppliedBy } from '#learners';
import { type AnswerItem, MERGED_IDENTITY_ID, MERGED_IDENTITY_REVISION } from './answer.ts';
import { answerItem, KeptItems, mergedIdentityItem, type Opened } from './answer-item.ts';
import type { AnswerTo } from './answer-masks.ts';
import { type AccessContext, identityFor, type PermittedItem } from './decide-answer.ts';

/** As the recipient knows them from its answers and its feed. */
export const noticedItems = (names: Pick<Vault, 'blind'>, { recipient, items }: Notice): readonly string[] =>
  items.map((position) => (position === MERGED_IDENTITY_NOTICED ? MERGED_IDENTITY_ID : pairwiseItemId(names, recipient, position)));

/** Of items in the plain that are kept in memory. */
const CACHE_BYTES = 96 * 2 ** 20;
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
  readonly #kept: KeptItems;
  readonly #names: Pick<Vault, 'blind'>;
  /** Whoever opens a learner's events for another reason tells of it here: they need not be opened again to be shown. */
  readonly whenOpened: WhenOpened;
  /** The same of whoever records what agencies say. */
  readonly whenRecorded: WhenRecorded;

  /** `cacheBytes`: how much memory may be taken for items in the plain. */
  constructor(store: EventStore, vault: Vault, cacheBytes = CACHE_BYTES) {
    this.#store = store;
    this.#vault = vault;
    this.#names = remembering(vault);
    this.#kept = new KeptItems(vault, cacheBytes);
    this.whenOpened = (learner, stored, event) => this.#kept.note(learner, stored, event);
    this.whenRecorded = (learner, recorded) => this.#kept.noteRecorded(learner, recorded);
  }

  /** In the order given; items erased since the decision are left out. */
  async read(context: AccessContext, permitted: readonly PermittedItem[]): Promise<readonly AnswerItem[]> {
    return (await this.readEach(context, permitted)).filter((item) => item !== undefined);
  }

  /** The same, undefined where an item was erased. */
  async readEach(context: AccessContext, permitted: readonly PermittedItem[]): Promise<readonly (AnswerItem | undefined)[]> {
    const { file, reader } = context;
    const identity: MergedIdentity = permitted.some(isMerged) ? identityFor(context) : new Map();
    const wanted = [
      ...permitted.filter((one) => !isMerged(one)).map(({ item }) => item.revision),
      ...[...identity.values()].map(({ revision }) => revision),
    ];
    const kept = await this.#opened(file.id, [...new Set(wanted)].sort(byNumber));
    const to: AnswerTo = { recipient: reader.slug, learner: file.id, uln: ulnSuppliedBy(file.learner, reader.slug), names: this.#names };
    return permitted.map((one) => {
      if (isMerged(one)) return merged(one, identity, kept, to);
      const opened = kept.get(one.item.revision);
      return opened && answerItem(one, opened, to);
    });
  }

  async #opened(learner: LearnerId, revisions: readonly Revision[]): Promise<ReadonlyMap<Revision, Opened>> {
    const kept = this.#kept.of(learner, revisions);
    const missing = revisions.filter((revision) => !kept.has(revision));
    const [first, last] = [missing[0], missing.at(-1)];
    if (first === undefined || last === undefined) return kept;
    const events = await this.#store.readStream(learnerStream(learner), { from: first, limit: last - first + 1 });
    const opened = missing.flatMap((revision) => {
      const stored = events[revision - first];
      const event = stored && openContribution(stored, this.#vault)?.event;
      return event ? [[stored, event] as const] : [];
    });
    return new Map([...kept, ...this.#kept.keep(learner, opened)]);
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
