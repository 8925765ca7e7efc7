// Turns permitted items into what leaves: opened one by one, minimised as the clause says. Used by the gate alone.
import { LRUCache } from 'lru-cache';
import { type CloudEvent, frameworkCode, isFramework } from '#catalogue';
import type { EventStore, RecordedEvent } from '#event-store';
import { addDays, type LearnerId, type Revision } from '#kernel';
import { type LearnerFile, learnerStream, openContribution } from '#learner-file';
import { ulnSuppliedBy } from '#learners';
import type { RecordItem } from '#learner-record';
import type { Vault } from '#privacy';
import { applyFields, type Permit } from '#sharing-protocols';
import type { AnswerItem } from './answer.ts';
import { basisOf, type PermittedItem, type Standing } from './decide-answer.ts';

/** Learners whose plain items are kept in memory, so that reading again need not open again. */
const KEPT_LEARNERS = 4000;

interface Opened {
  readonly event: CloudEvent;
  /** In the log, decimal digits. */
  readonly position: string;
}

export class ItemReader {
  readonly #store: EventStore;
  readonly #vault: Vault;
  readonly #opened = new LRUCache<LearnerId, Map<Revision, Opened>>({ max: KEPT_LEARNERS });
  #mark: number;

  constructor(store: EventStore, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
    this.#mark = vault.erasureMark();
  }

  /** In the order given; items erased since the decision are left out. */
  async read(standing: Standing, permitted: readonly PermittedItem[]): Promise<readonly AnswerItem[]> {
    return (await this.readEach(standing, permitted)).filter((item) => item !== undefined);
  }

  /** The same, undefined where an item was erased. */
  async readEach({ file, agency }: Standing, permitted: readonly PermittedItem[]): Promise<readonly (AnswerItem | undefined)[]> {
    this.#forgetErased();
    const kept = this.#keptOf(file);
    const missing = permitted.flatMap(({ item: { revision } }) => (kept.has(revision) ? [] : [revision]));
    await this.#load(file, missing, kept);
    const supplied = ulnSuppliedBy(file.learner, agency.slug) ? ['uln'] : [];
    return permitted.map((one) => {
      const opened = kept.get(one.item.revision);
      return opened && answerItem(one, opened, supplied);
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
    if (event) kept.set(stored.revision, { event, position: String(stored.position) });
  }
}

const answerItem = ({ item, permit }: PermittedItem, { event, position }: Opened, supplied: readonly string[]): AnswerItem => ({
  id: event.id,
  type: event.type,
  source: event.source,
  category: item.category,
  position,
  time: event.time,
  clause: permit.clause,
  basis: basisOf(permit),
  level: permit.level,
  ...(permit.purpose === undefined ? {} : { purpose: permit.purpose }),
  ...statusOf(item),
  data: minimised(permit, event.data, supplied),
});

const statusOf = ({ status }: RecordItem): Pick<AnswerItem, 'status'> => (status === undefined ? {} : { status });

/** That an assessment exists says little without how long it counts: where its source left that out, the framework says. */
const withValidity = (data: Record<string, unknown>): Record<string, unknown> => {
  const { framework, assessedOn, validUntil } = data;
  if (validUntil !== undefined || typeof assessedOn !== 'string' || typeof framework !== 'string' || !isFramework(framework)) return data;
  return { ...data, validUntil: addDays(assessedOn, frameworkCode(framework).validDays) };
};

const minimised = (permit: Permit, data: Record<string, unknown>, supplied: readonly string[]): Readonly<Record<string, unknown>> =>
  permit.clause === 'own' ? data : applyFields(permit.fields, permit.level, permit.level === 'existence' ? withValidity(data) : data, { supplied });
