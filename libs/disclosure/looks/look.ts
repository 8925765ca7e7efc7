// A look at what the broker keeps beside the learners' records: decided and recorded, and only then is anything opened.
import { randomUUID } from 'node:crypto';
import { type Asker, recordedAs } from '#access';
import { correlation } from '#bus';
import type { LearnerId, Position } from '#kernel';
import type { Judged } from '#unit-of-work';
import type { GateParts } from '../gate-parts.ts';
import { type Moment, momentOf, readerAt, requireAsSeen, versionsAt } from '../moment.ts';
import { isAnother, staffOf } from '../record-decision.ts';
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
  const origin = correlation();
  const { outcome, position } = await parts.writer.write(() => judge(parts, inquiry, origin));
  parts.observer?.decided(outcome, inquiry.asked);
  return outcome === 'answered' ? { outcome, told: await tell(), position } : { outcome, position };
};

type Judgement = Pick<LookDecided, 'outcome'> & { readonly position: Position };

/** Must not wait. */
const judge = (parts: GateParts, inquiry: LookInquiry, origin: string): Judged<Judgement> => {
  const moment = momentOf(parts, origin);
  const { asker, about, asked } = inquiry;
  const reader = readerAt(moment, asker);
  const ground = reader && !isAnother(asker, about) ? groundFor(moment.inForce.decisions, reader, asked) : undefined;
  const decided: Pick<LookDecided, 'outcome' | 'ground'> =
    ground === undefined ? { outcome: 'not-permitted' } : { outcome: 'answered', ground };
  const id = recordLook(parts, moment, inquiry, decided);
  return { draft: moment.draft, result: (positions) => ({ outcome: decided.outcome, position: positions.get(id) ?? 0 }) };
};

export const recordLook = (
  parts: GateParts,
  moment: Moment,
  { asker, asked, parameters, about }: LookInquiry,
  decided: Pick<LookDecided, 'outcome' | 'ground'>,
): string => {
  const { streams, vault } = parts;
  const { draft, at, correlation: origin } = moment;
  const id = randomUUID();
  const recipient = recordedAs(asker);
  const stream = lookStream(recipient, about);
  const another = isAnother(asker, about) ? { another: true as const } : {};
  const told = { recipient, ...staffOf(asker), ...another, asked, parameters, at, ...versionsAt(parts, moment), ...decided };
  draft.add(
    streams.heads,
    stream,
    (revision) => lookEvent({ id, correlation: origin, about }, { stream, revision }, told, vault),
    () => null,
  );
  if (about !== undefined) requireAsSeen(parts, moment, about);
  return id;
};
