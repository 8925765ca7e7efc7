// A look at what the broker keeps beside the learners' records: decided and recorded, and only then is anything opened.
import { randomUUID } from 'node:crypto';
import { type Asker, recordedAs } from '#access';
import type { LearnerId, Position } from '#kernel';
import { LINK_ADVISERS, learnerStream } from '#learner-file';
import type { Draft, Missing } from '#unit-of-work';
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
  const ids = { correlation: randomUUID(), decision: randomUUID() };
  const { judged, positions } = await parts.writer.write({
    look: () => lookedAt(parts, inquiry),
    judge: () => judge(parts, inquiry, ids),
  });
  const { outcome } = judged;
  const position = positions.get(ids.decision) ?? 0;
  parts.observer?.decided(outcome, inquiry.asked);
  return outcome === 'answered' ? { outcome, told: await tell(), position } : { outcome, position };
};

const lookedAt = ({ streams }: GateParts, { asker, about }: LookInquiry): readonly Missing[] => [
  ...streams.linkAdvisers.missing(LINK_ADVISERS),
  ...streams.heads.missing(lookStream(recordedAs(asker), about)),
  ...(about === undefined ? [] : streams.files.missing(learnerStream(about))),
];

/** Ids of one look, drawn before it is judged. */
interface LookIds {
  readonly correlation: string;
  readonly decision: string;
}

/** Must not wait. */
const judge = (parts: GateParts, inquiry: LookInquiry, ids: LookIds): Pick<LookDecided, 'outcome'> & { readonly draft: Draft } => {
  const moment = momentOf(parts, ids.correlation);
  const reader = readerAt(moment, inquiry.asker);
  const ground = reader && mayLookAt(inquiry) ? groundFor(moment.inForce.decisions, reader, inquiry.asked) : undefined;
  const decided: Pick<LookDecided, 'outcome' | 'ground'> =
    ground === undefined ? { outcome: 'not-permitted' } : { outcome: 'answered', ground };
  recordLook(parts, { ...moment, id: ids.decision }, inquiry, decided);
  return { draft: moment.draft, outcome: decided.outcome };
};

/** A learner looks at nothing but the learner's own; who saw others is no learner's affair. */
const mayLookAt = ({ asker, about }: LookInquiry): boolean => !('learner' in asker) || asker.learner === about;

export const recordLook = (
  parts: GateParts,
  moment: Moment & { readonly id: string },
  { asker, asked, parameters, about }: LookInquiry,
  decided: Pick<LookDecided, 'outcome' | 'ground'>,
): void => {
  const { draft, at, correlation, id } = moment;
  const recipient = recordedAs(asker);
  const stream = lookStream(recipient, about);
  const staff = 'staff' in asker && asker.staff !== undefined ? { staff: asker.staff } : {};
  const told = { recipient, ...staff, asked, parameters, at, ...versionsAt(parts, moment), ...decided };
  draft.add(parts.streams.heads, stream, lookEvent({ id, correlation, about }, told), () => null);
  if (about !== undefined) requireAsSeen(parts, moment, about);
};
