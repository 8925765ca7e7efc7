// Where in the log learners asked something of agencies or complained about them, and whether it was answered: from it oversight knows
// which learners to look at (ADR 58). Nothing of what was written stands here, and of its id a digest.
import { createHash } from 'node:crypto';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import type { ThreadKind } from '#duties';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

const CATEGORY = 'rights';

export const threads = table({
  name: 'threads',
  columns: {
    /** Of the event that began it. */
    position: 'integer',
    learner: 'text',
    kind: 'text',
    /** Slug of the agency asked. */
    about: 'text',
    id_digest: 'text',
    /** 1: the agency has not answered. */
    open: 'integer',
  },
  key: ['position'],
  indexes: [
    ['open', 'position'],
    ['about', 'open', 'position'],
    ['learner', 'kind', 'about', 'id_digest'],
  ],
});

interface Type {
  readonly kind: ThreadKind;
  readonly idIn: string;
  readonly does: 'begins' | 'answers';
}

const QUESTION = { kind: 'question', idIn: 'questionId' } as const;
const COMPLAINT = { kind: 'complaint', idIn: 'complaintId' } as const;
const TYPES: ReadonlyMap<string, Type> = new Map([
  ['uk.concordat.question.asked.v1', { ...QUESTION, does: 'begins' }],
  ['uk.concordat.complaint.made.v1', { ...COMPLAINT, does: 'begins' }],
  ['uk.concordat.question.answered.v1', { ...QUESTION, does: 'answers' }],
  ['uk.concordat.complaint.answered.v1', { ...COMPLAINT, does: 'answers' }],
]);

const digestOf = (id: string): string => createHash('sha256').update(id).digest('base64url').slice(0, 22);

const take = (event: ProjectedEvent, rows: RowWriter, { kind, idIn, does }: Type): void => {
  const { stream, position, meta } = event.recorded;
  const learner = learnerOfStream(stream);
  const { [idIn]: id, about } = event.open()?.event?.data ?? {};
  if (learner === undefined || typeof id !== 'string') return;
  const id_digest = digestOf(id);
  if (does === 'answers') rows.change(threads, { learner, kind, about: meta.actor, id_digest }, { open: 0 });
  else if (typeof about === 'string') rows.put(threads, { position, learner, kind, about, id_digest, open: 1 });
};

const removeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, category = CATEGORY } = erasureIn(event.recorded) ?? {};
  if (learner !== undefined && category === CATEGORY) rows.remove(threads, { learner });
};

export const threadsView: Projector = {
  name: 'threads',
  version: 1,
  tables: [threads],
  types: new Set([...TYPES.keys(), ERASED]),
  apply: (event, rows) => {
    const type = TYPES.get(event.recorded.type);
    if (type === undefined) removeErased(event, rows);
    else take(event, rows, type);
  },
};
