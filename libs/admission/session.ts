// One message being judged: what it may look at, and what it is about to record. Nothing here waits.
import type { Agency } from '#agencies';
import type { Catalogue, ShortType } from '#catalogue';
import type { Contribution, DailyLimited } from '#contribution';
import type { Gate, InForce } from '#disclosure';
import type { Instant } from '#kernel';
import { eventInstant, type LearnerStreams, type FileLookup } from '#learner-file';
import type { Draft } from '#unit-of-work';
import type { Names } from '#privacy';
import type { EventToJudge } from './checks/event-form.ts';
import type { FormJudgement, WellFormed } from './contribution-form.ts';
import type { MessagesSeen } from './messages-seen.ts';
import type { NewIds } from './metadata.ts';
import type { Verdict } from './verdict.ts';

export type RecordedHere = Map<string, { readonly event: unknown; readonly verdict: Verdict }>;

export interface Session {
  readonly draft: Draft;
  readonly agency: Agency;
  /** Whether the receipts reach the sender itself. */
  readonly reachesSender: boolean;
  readonly inForce: InForce;
  readonly at: Instant;
  /** Events of one agency about one learner in a day. */
  readonly mostInDay: number;
  /** Of the use case in whose course the message is judged. */
  readonly correlation: string;
  /** What the log holds under the ids of these messages. */
  readonly messages: MessagesSeen;
  /** Events of the same work that are in the draft, by event id. */
  readonly recordedHere: RecordedHere;
  readonly streams: LearnerStreams;
  /** What a sender may be told of others is asked of it. */
  readonly gate: Pick<Gate, 'existing'>;
  readonly catalogue: Catalogue;
  readonly names: Names;
}

/** The event id of a message id: equal for equal (source, id), and telling nothing of either. */
export const eventIdOf = (names: Names, source: string, id: string): string => names.blindId('event', `${source}\n${id}`);

/** A contribution, as the bound on a day's events looks at it. */
export const dailyLimited = ({ at, mostInDay }: Session, { source, type }: Contribution): DailyLimited => ({
  source,
  type,
  at,
  most: mostInDay,
});

/** The same moment, as learners' files are looked at. */
export const lookupOf = ({ draft, streams, inForce, at }: Session): FileLookup => ({ draft, streams, register: inForce.register, at });

/** An event of the message, with what its first look said and what is kept of its signature. */
export interface JudgedEvent {
  readonly form: FormJudgement;
  /** Of its message id; there as soon as the event can be identified. */
  readonly eventId?: string;
  readonly event: EventToJudge;
  readonly evidence: unknown;
  readonly newIds: NewIds;
}

export const contributionOf = ({ agency, at }: Session, { event, type }: Pick<WellFormed, 'event' | 'type'>): Contribution => ({
  type: type.short,
  data: event.data as unknown as Contribution['data'],
  source: agency.slug,
  sourceRoles: agency.roles,
  at: eventInstant(event, at),
  ...(event.subject === undefined ? {} : { subject: event.subject }),
});

export const isOf = <Type extends ShortType>(contribution: Contribution, type: Type): contribution is Contribution<Type> =>
  contribution.type === type;
