// Turns permitted items into what leaves: opened one by one, minimised as the clause says. Used by the gate alone.
import { type CloudEvent, frameworkCode, isFramework } from '#catalogue';
import type { EventStore, RecordedEvent } from '#event-store';
import { addDays } from '#kernel';
import { learnerStream } from '#learner-file';
import { ulnSuppliedBy } from '#learners';
import type { RecordItem } from '#learner-record';
import { decodePayload, type Vault } from '#privacy';
import { applyFields, type Permit } from '#sharing-protocols';
import type { AnswerItem } from './answer.ts';
import { basisOf, type PermittedItem, type Standing } from './decide-answer.ts';

export class ItemReader {
  readonly #store: EventStore;
  readonly #vault: Vault;

  constructor(store: EventStore, vault: Vault) {
    this.#store = store;
    this.#vault = vault;
  }

  /** In the order given; items erased since the decision are left out. */
  async read({ file, agency }: Standing, permitted: readonly PermittedItem[]): Promise<readonly AnswerItem[]> {
    const [first, last] = [permitted[0], permitted.at(-1)];
    if (!first || !last) return [];
    const limit = last.item.revision - first.item.revision + 1;
    const events = await this.#store.readStream(learnerStream(file.id), { from: first.item.revision, limit });
    const supplied = ulnSuppliedBy(file.learner, agency.slug) ? ['uln'] : [];
    return permitted.flatMap(({ item, permit }) => {
      const event = events[item.revision - first.item.revision];
      const contribution = event && this.#open(event);
      return contribution ? [answerItem({ item, permit }, contribution, event, supplied)] : [];
    });
  }

  #open(event: RecordedEvent): CloudEvent | undefined {
    const { owner, category } = event.meta;
    if (owner === undefined || category === undefined) return undefined;
    const plain = this.#vault.open({ owner, category }, event, event.payload);
    return plain && (JSON.parse(Buffer.from(decodePayload(plain).bytes).toString()) as CloudEvent);
  }
}

const answerItem = ({ item, permit }: PermittedItem, { id, type, source, time, data }: CloudEvent, event: RecordedEvent, supplied: readonly string[]): AnswerItem => ({
  id,
  type,
  source,
  category: item.category,
  position: String(event.position),
  time,
  clause: permit.clause,
  basis: basisOf(permit),
  level: permit.level,
  ...(permit.purpose === undefined ? {} : { purpose: permit.purpose }),
  ...statusOf(item),
  data: minimised(permit, data, supplied),
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
