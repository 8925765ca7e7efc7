// One message being judged: what it may look at, and what it is about to record. Nothing here waits.
import type { Catalogue, CloudEvent, EventType, ShortType } from '#catalogue';
import { type Instant, type LearnerId, type Position, sourceOf } from '#kernel';
import type { ExistingVisibility, Gate, InForce } from '#disclosure';
import { eventInstant, type ExistingAssessment, type FileLookup, type LearnerStreams } from '#learner-file';
import type { Agency } from '#agencies';
import type { Contribution, DailyLimited } from '#contribution';
import type { Draft } from '#unit-of-work';
import { LEARNERS_OWN } from '#access';
import type { Names, Pseudonyms } from '#privacy';
import { EventForm, type EventToJudge, firstRefusal, type Formalities, type Refusal } from './checks/event-form.ts';
import { FORM_CHECKS } from './checks/form-checks.ts';
import type { Fault } from './checks/rejections.ts';
import type { MessagesSeen, Metadata, NewIds } from './messages-seen.ts';
import type { VerifiedMessage } from './admission-parts.ts';

// The first look at an event, which needs nothing but itself and what is in force.

/** An event that passed. */
export interface WellFormed {
  readonly event: CloudEvent;
  readonly type: EventType;
}

/** `envelope` is there as soon as the event can be identified: a repeat is told before any other fault. */
export interface FormJudgement {
  readonly id: string | null;
  readonly source: string;
  readonly envelope?: CloudEvent;
  readonly formed?: WellFormed;
  readonly fault?: Fault;
}

const judgeForm = (event: EventToJudge, formalities: Formalities): FormJudgement => {
  const form = new EventForm(event, formalities);
  const fault = firstRefusal(FORM_CHECKS, form);
  const { envelope } = form;
  return {
    id: textOf(event.value, 'id'),
    source: textOf(event.value, 'source') ?? sourceOf(formalities.agency.slug),
    ...(envelope && { envelope }),
    ...(fault ? { fault } : { formed: form.typed }),
  };
};

const textOf = (value: unknown, name: string): string | null => {
  const text = typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof text === 'string' ? text : null;
};

// What judging one event came to, before it is on disk: positions come when it is.

export type Verdict =
  | AcceptedVerdict
  | ({
      readonly outcome: 'already-captured';
      readonly eventId: string;
      readonly learner: LearnerId;
      readonly existing: ExistingAssessment;
    } & ExistingVisibility)
  | Repeat
  | { readonly outcome: 'conflict' }
  | { readonly outcome: 'rejected'; readonly fault: Fault; readonly between?: readonly LearnerId[] };

export interface AcceptedVerdict {
  readonly outcome: 'accepted';
  readonly eventId: string;
  readonly learner?: LearnerId;
  /** Words of others, or earlier ones of its source, came to count with it. */
  readonly tookEffect?: true;
}

/** The same message again: told what the first was told. `position` is unknown where the first is in the same message. */
export interface Repeat extends Partial<ExistingVisibility> {
  readonly outcome: 'duplicate';
  readonly eventId: string;
  readonly position?: Position;
  readonly learner?: LearnerId;
  readonly existing?: ExistingAssessment;
}

export const rejected = ({ between, ...fault }: Refusal): Verdict & { readonly outcome: 'rejected' } => ({
  outcome: 'rejected',
  fault,
  ...(between === undefined ? {} : { between }),
});

export type RecordedHere = Map<string, { readonly event: unknown; readonly verdict: Verdict }>;

export interface SignedIn {
  readonly learner: LearnerId;
  /** As the page names the learner, who is in no other way known to it. */
  readonly pseudonym: string;
}

export interface Session {
  readonly draft: Draft;
  readonly agency: Agency;
  /** Whether the receipts reach the sender itself. */
  readonly reachesSender: boolean;
  /** Who is signed in on the learner's own page that sends the message. */
  readonly signedIn?: SignedIn;
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
  readonly pseudonyms: Pick<Pseudonyms, 'of'>;
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

/** Events of one sender, read and found well formed or not. */
export interface MessageToJudge {
  readonly events: readonly JudgedEvent[];
  readonly of: Pick<Session, 'agency' | 'reachesSender' | 'correlation' | 'signedIn'>;
}

/** All that judging goes by beside the messages: one moment, the registers as they stand then, and what is in memory. */
export type Circumstances = Omit<Session, 'draft' | 'recordedHere' | keyof MessageToJudge['of']>;

// Prepares a message for judging: each event read, and found well formed or not by what is in force.

export const prepare = (
  { agency: sender, kid, reachesSender = false, signedIn: learner, events }: Omit<VerifiedMessage, 'channel' | 'origin'>,
  { inForce, at, catalogue, names, pseudonyms }: Pick<Circumstances, 'inForce' | 'at' | 'catalogue' | 'names' | 'pseudonyms'>,
  { correlation, newIds }: Metadata,
): MessageToJudge => {
  const agency = inForce.agency(sender.slug) ?? sender;
  const read = events.map((event, place): JudgedEvent => {
    const form = judgeForm(event, { agency, kid, catalogue, inForce, at, isSignedIn: learner !== undefined });
    const { envelope } = form;
    const eventId = envelope && eventIdOf(names, envelope.source, envelope.id);
    return { event, evidence: event.evidence, form, newIds: newIds[place] ?? {}, ...(eventId !== undefined && { eventId }) };
  });
  const signedIn = learner === undefined ? {} : { signedIn: { learner, pseudonym: pseudonyms.of(LEARNERS_OWN, learner) } };
  return { events: read, of: { agency, reachesSender, correlation, ...signedIn } };
};
