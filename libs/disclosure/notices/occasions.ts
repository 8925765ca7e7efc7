// Of what recipients are to be told, since when that has effect, and by when they answer (UK GDPR Art 19; ADR 0015). Pure.
import type { Role, ShortType } from '#catalogue';
import { type Consent, consentName, mayNarrow, narrowingsIn, NOTICE_ISSUED, type NoticeReason } from '#consent';
import { type AgencySlug, dayAfter, type IsoDate, type Revision } from '#kernel';
import {
  type EventOfFile,
  type FileStanding,
  type FollowedEvent,
  type LearnerFile,
  openContribution,
  type OpenedContribution,
} from '#learner-file';
import { rectificationsIn } from '#learner-record';
import { type Covered, coveredBy, type Duty, type ProtocolInForce, SAFEGUARD, type Scope } from '#sharing-protocols';
import type { Notes } from '#contribution';
import type { RecordedEvent } from '#event-store';
import type { Keys } from '#privacy';
import type { PermittedItems } from '../decision-record.ts';

// Of what recipients are to be told, by the learner's file as it counts now (UK GDPR Art 19; ADR 0015). Pure.

/** One item that a recorded decision showed. */
export interface Shown extends Covered, Pick<PermittedItems, 'basis' | 'purpose' | 'consent'> {
  readonly item: Revision;
  /** Of the learner's stream, as it stood when that was decided. */
  readonly decidedAt: Revision;
}

export interface Occasion {
  readonly reason: NoticeReason;
  /** Tells it from every other of the learner; the same whenever it is found. */
  readonly key: string;
  /** The event after which a protocol may ask for an answer; an erasure follows none of an agency's. */
  readonly after?: ShortType;
  /** Of a withdrawal. */
  readonly consent?: Pick<Consent, 'id' | 'protocol'>;
  readonly concerns: (shown: Shown) => boolean;
}

/** With which revision of the learner's stream what was said took effect. */
type TookEffect = (said: { readonly source: AgencySlug; readonly revision: Revision }) => Revision;

const withdrawal = (consent: Consent): Occasion => {
  const name = consentName(consent);
  return { reason: 'withdrawal', key: name, after: 'consent.withdrawn', consent, concerns: (shown) => shown.consent?.id === name };
};

const PUBLIC_TASK = '6(1)(e)';
const LEGAL_OBLIGATION = '6(1)(c)';

const within = (scope: Scope, shown: Shown): boolean => shown.purpose !== undefined && coveredBy([scope], shown.purpose, shown);

/** As the gate holds it back. */
const isRestricted = (scope: Scope, shown: Shown): boolean =>
  shown.purpose !== SAFEGUARD && !shown.basis.startsWith(LEGAL_OBLIGATION) && within(scope, shown);

const isObjected = (scope: Scope, shown: Shown): boolean => shown.basis.startsWith(PUBLIC_TASK) && within(scope, shown);

const restriction = ({ revision, scope }: { readonly revision: Revision; readonly scope: Scope }): Occasion => ({
  reason: 'restriction',
  key: String(revision),
  after: 'restriction.requested',
  concerns: (shown) => isRestricted(scope, shown),
});

/** Upheld for ever, whoever says it again. */
const objection = (scope: Scope): Occasion => ({
  reason: 'objection',
  key: JSON.stringify(scope),
  after: 'objection.decided',
  concerns: (shown) => isObjected(scope, shown),
});

/** Whoever was shown the assessment later was shown it as set right. */
const rectifications = ({ file, standing }: FileStanding, tookEffect: TookEffect): readonly Occasion[] =>
  rectificationsIn(file.record, (said) => standing.counts(said)).map((said) => {
    const effective = tookEffect(said);
    return {
      reason: 'rectification',
      key: String(said.revision),
      after: 'assessment.rectified',
      concerns: ({ item, decidedAt }) => item === said.assessment && decidedAt < effective,
    };
  });

const retraction = (retracted: Revision): Occasion => ({
  reason: 'retraction',
  key: String(retracted),
  after: 'record.retracted',
  concerns: ({ item }) => item === retracted,
});

export const occasionsIn = (known: FileStanding, tookEffect: TookEffect): readonly Occasion[] => {
  const { consent, record } = known.file;
  const { withdrawn, restricted, upheld } = narrowingsIn(consent, known.grounds);
  return [
    ...withdrawn.map(withdrawal),
    ...restricted.map(restriction),
    ...upheld.map(objection),
    ...rectifications(known, tookEffect),
    ...[...new Set(record.retracted)].map(retraction),
  ];
};

/** Whether anything was said that may come to be an occasion once its source stands. */
export const mayBeOccasion = ({ consent, record }: LearnerFile): boolean =>
  mayNarrow(consent) || record.heads.some(({ item }) => item.type === 'assessment.rectified');

/** Whatever anybody was shown of a learner who is erased. */
export const ERASURE: Occasion = { reason: 'erasure', key: '', concerns: () => true };

// By when a recipient has to say what it did with data of which it was told: as a protocol under which it had them says, else within a
// week.

const OTHERWISE = 'P7D';
const ACKNOWLEDGED = 'notice.acknowledged';

export interface Due {
  /** The last day. */
  readonly due: IsoDate;
  /** `protocol@version#duty`, where a protocol in force says so. */
  readonly duty?: string;
}

/** Who is told, of what. */
export interface NoticeContext {
  readonly roles: readonly Role[];
  /** The event that a duty to answer follows. */
  readonly after: ShortType | undefined;
  /** Ids of the protocols that permitted it, or to which the learner had consented. */
  readonly protocols: readonly string[];
}

/** `from`: the day on which the recipient is told. */
export const dueDay = (from: IsoDate, told: NoticeContext, inForce: readonly ProtocolInForce[]): Due => {
  for (const { document } of inForce) {
    const duty = told.protocols.includes(document.id) ? document.duties.find((one) => isToAnswer(one, told)) : undefined;
    if (duty) return { due: dayAfter(from, duty.within), duty: `${document.id}@${document.version}#${duty.id}` };
  }
  return { due: dayAfter(from, OTHERWISE) };
};

const isToAnswer = ({ after, dischargedBy, who }: Duty, told: NoticeContext): boolean =>
  after === told.after && dischargedBy.includes(ACKNOWLEDGED) && who.some((role) => told.roles.includes(role));

// With which event something took effect: with its own where its source stood, else with the one that noted that it had come to stand (W2).

/** `events`: the learner's stream, from the first on of which it is asked, with their keys. `Infinity`: not noted yet. */
export const tookEffectIn =
  (events: readonly EventOfFile[], keys: Keys): TookEffect =>
  ({ source, revision }) =>
    events.find(({ place, stored }) => place >= revision && givesEffect(stored, source, keys))?.place ?? Infinity;

const givesEffect = (stored: RecordedEvent, source: string, keys: Keys): boolean => {
  const notes = notesIn(stored, () => openContribution(stored, keys));
  if (notes === undefined) return false;
  const { full = [], partial = [] } = notes.effects ?? {};
  return (stored.meta.actor === source && notes.lacks !== 'standing') || full.includes(source) || partial.includes(source);
};

const NO_NOTES: Notes = {};

/** Undefined for the broker's own events, which are not opened, and for what was erased. */
const notesIn = ({ type }: RecordedEvent, open: () => OpenedContribution | undefined): Notes | undefined => {
  const opened = type === NOTICE_ISSUED ? undefined : open();
  return opened?.event === undefined ? undefined : (opened.header.notes ?? NO_NOTES);
};

/** Whether the event noted that somebody's words took effect. */
export const notesEffects = (event: FollowedEvent): boolean => notesIn(event.recorded, () => event.open())?.effects !== undefined;
