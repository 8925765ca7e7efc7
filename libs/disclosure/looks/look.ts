// A look at what the broker keeps beside the learners' records: decided and recorded, and only then is anything opened.
import { randomUUID } from 'node:crypto';
import { type Asker, recordedAs } from '#access';
import type { LearnerId, Position } from '#kernel';
import type { Judged } from '#unit-of-work';
import type { GateParts } from '../gate-parts.ts';
import { type Moment, momentOf, readerAt, requireAsSeen, versionsAt } from '../moment.ts';
import { groundFor, type LookName } from './look-grounds.ts';
import { type LookDecided, lookEvent, lookStream } from './look-record.ts';

export interface LookInquiry {
  readonly asker: Asker;
  readonly asked: LookName;
  readonly parameters: LookDecided['parameters'];
  /** The one learner whom it is about. */
  readonly about?: LearnerId;
}

export type Look<Told> =
  | { readonly outcome: 'answered'; readonly told: Told; readonly position: Position }
  | { readonly outcome: 'not-permitted'; readonly position: Position };

/** `tell` is called once the decision is durable, where it permits. Rejects with `EventStoreError` where it cannot be recorded. */
export const look = async <Told>(parts: GateParts, inquiry: LookInquiry, tell: () => Promise<Told> | Told): Promise<Look<Told>> => {
  const correlation = randomUUID();
  const { outcome, position } = await parts.writer.write(() => judge(parts, inquiry, correlation));
  parts.observer?.decided(outcome, inquiry.asked);
  return outcome === 'answered' ? { outcome, told: await tell(), position } : { outcome, position };
};

type Judgement = Pick<LookDecided, 'outcome'> & { readonly position: Position };

/** Must not wait. */
const judge = (parts: GateParts, inquiry: LookInquiry, correlation: string): Judged<Judgement> => {
  const moment = momentOf(parts, correlation);
  const reader = readerAt(moment, inquiry.asker);
  const ground = reader && mayLookAt(inquiry) ? groundFor(moment.inForce.decisions, reader, inquiry.asked) : undefined;
  const decided: Pick<LookDecided, 'outcome' | 'ground'> =
    ground === undefined ? { outcome: 'not-permitted' } : { outcome: 'answered', ground };
  const id = recordLook(parts, moment, inquiry, decided);
  return { draft: moment.draft, result: (positions) => ({ outcome: decided.outcome, position: positions.get(id) ?? 0 }) };
};

/** A learner looks at nothing but the learner's own; who saw others is no learner's affair. */
const mayLookAt = ({ asker, about }: LookInquiry): boolean => !('learner' in asker) || asker.learner === about;

export const recordLook = (
  parts: GateParts,
  moment: Moment,
  { asker, asked, parameters, about }: LookInquiry,
  decided: Pick<LookDecided, 'outcome' | 'ground'>,
): string => {
  const { streams, vault } = parts;
  const { draft, at, correlation } = moment;
  const id = randomUUID();
  const recipient = recordedAs(asker);
  const stream = lookStream(recipient, about);
  const staff = 'staff' in asker && asker.staff !== undefined ? { staff: asker.staff } : {};
  const told = { recipient, ...staff, asked, parameters, at, ...versionsAt(parts, moment), ...decided };
  draft.add(
    streams.heads,
    stream,
    (revision) => lookEvent({ id, correlation, about }, { stream, revision }, told, vault),
    () => null,
  );
  if (about !== undefined) requireAsSeen(parts, moment, about);
  return id;
};
