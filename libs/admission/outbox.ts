// What is left to do of judged messages once they are on disk, before anybody is told: all of it may be done twice.
import { correlation } from '#bus';
import type { LinkingIdentifier } from '#contribution';
import type { AgencySlug, LearnerId, Position } from '#kernel';
import {
  clearPayload,
  conflictId,
  type ConflictsDecided,
  DATA_QUALITY,
  identifierOf,
  learnerStream,
  LINK_CONFLICT_FOUND,
  MATCH_DECIDED,
  matchId,
  withDecision,
} from '#learner-file';
import { encodePayload, keysOf, type Vault } from '#privacy';
import type { Quarantined } from '#quarantine';
import type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
import type { JudgedEvent, Verdict } from './session.ts';
import { receiptOf, type UnplacedReceipt } from './receipts.ts';

/** A message with what judging its events came to. */
export interface JudgedMessage {
  readonly message: VerifiedMessage;
  readonly judged: readonly JudgedEvent[];
  readonly verdicts: readonly Verdict[];
}

// What becomes of what was not recorded: the event goes to quarantine, a link conflict to the data manager.

/** Learners that an agency says are one, and the log says are two. */
export interface LinkConflict {
  readonly agency: AgencySlug;
  readonly learners: readonly LearnerId[];
  readonly identifier?: LinkingIdentifier;
}

/** Everything rejected or in conflict. */
const refusedIn = (parts: AdmissionParts, { message, judged, verdicts }: JudgedMessage): readonly Quarantined[] => {
  if (message.channel === 'retry') return [];
  return judged.flatMap((one, index) => {
    const reason = reasonOf(verdicts[index] as Verdict);
    return reason ? [{ ...quarantined(parts, message, one, reason), ...originOf(message, index) }] : [];
  });
};

const originOf = ({ origin }: VerifiedMessage, index: number): Pick<Quarantined, 'origin'> =>
  origin === undefined ? {} : { origin: `${origin}/${index}` };

interface Reason {
  readonly code: string;
  readonly says: string;
}

const reasonOf = (verdict: Verdict): Reason | undefined => {
  if (verdict.outcome === 'rejected') return verdict.fault;
  if (verdict.outcome !== 'conflict') return undefined;
  return { code: 'conflict', says: 'The log holds another event under this id: send the correction under a new id.' };
};

const quarantined = (
  { vault, clock }: AdmissionParts,
  { agency, channel }: VerifiedMessage,
  { form, event, evidence }: JudgedEvent,
  reason: Reason,
): Quarantined => {
  const subject = form.envelope?.subject;
  return {
    kind: 'event',
    channel,
    ...reason,
    agency: agency.slug,
    ...(subject === undefined ? {} : { subject: blindSubject(vault, agency.slug, subject) }),
    receivedAt: clock.now(),
    content: encodePayload({ header: { evidence }, bytes: event.bytes }),
  };
};

/** Equal for equal identifiers, so that erasing a learner finds what is kept under each of them. */
const blindSubject = (vault: Vault, agency: AgencySlug, subject: string): string => {
  const identifier = identifierOf(agency, subject);
  return vault.blind('quarantine', identifier && 'uln' in identifier ? subject : `${agency}\n${subject}`);
};

const linkConflictsIn = (agency: AgencySlug, verdicts: readonly Verdict[]): readonly LinkConflict[] =>
  verdicts.flatMap((verdict) => {
    if (verdict.outcome !== 'rejected' || verdict.between === undefined) return [];
    const { identifier } = verdict.fault;
    return [{ agency, learners: [...verdict.between].sort(), ...(identifier === undefined ? {} : { identifier }) }];
  });

type ConflictParts = Pick<AdmissionParts, 'store' | 'streams' | 'vault'>;

/**
 * As the file has it by which it was judged, however long that is, and as another process recorded it since: nobody who sends a conflict
 * again has the learner's whole record read.
 */
const conflictsDecided = async ({ store, streams, vault }: ConflictParts, learner: LearnerId): Promise<ConflictsDecided> => {
  const stream = learnerStream(learner);
  const { state, revision } = await streams.files.load(stream);
  const since = (await store.readStream(stream, { from: revision + 1 })).filter(({ type }) => type === MATCH_DECIDED);
  const keys = await keysOf(vault, since);
  return since.reduce((decided, stored) => withDecision(decided, stored, keys), state.conflictsDecided ?? []);
};

/** Where the data manager's last word of it stands in the log; that two are one, or are not, holds until it is taken back. */
const decidedLast = async (
  parts: ConflictParts,
  { learners: [learner = '', ...others], ...found }: LinkConflict,
): Promise<Position | undefined> => {
  if (others.length > 0) return undefined;
  const decided = await conflictsDecided(parts, learner);
  const names = [conflictId(learner, found), matchId('link-conflict', [learner])];
  const places = decided.flatMap(({ match, position }) => (names.includes(match) ? [position] : []));
  return places.length === 0 ? undefined : Math.max(...places);
};

/**
 * Each identifier of the agency's once until it is decided, and once more after that, however often it is sent: the event's id follows from
 * the learners, from which it is, and from the last decision.
 */
const noteLinkConflicts = async (parts: ConflictParts, conflicts: readonly LinkConflict[]): Promise<void> => {
  const { store, vault } = parts;
  for (const conflict of conflicts) {
    const { agency, learners, ...found } = conflict;
    const decided = await decidedLast(parts, conflict);
    const named = [agency, ...learners, ...[found.identifier, decided].flatMap((one) => one ?? [])];
    const event = {
      id: vault.blindId('link-conflict', named.join('\n')),
      type: LINK_CONFLICT_FOUND,
      meta: { actor: 'broker', correlation: correlation(), schema: 1 },
      payload: clearPayload({ learners, agency, ...found }),
    };
    await store.append([{ stream: DATA_QUALITY, expected: 'any', events: [event] }]);
  }
};

export interface OutboxContent {
  /** For each message, one for each of its events, in their order. */
  readonly receipts: readonly (readonly UnplacedReceipt[])[];
  /** For the quarantine. */
  readonly refused: readonly Quarantined[];
  /** For the data manager. */
  readonly conflicts: readonly LinkConflict[];
  /** Of whom something may no longer be shown: consent, restrictions or objections changed or came to count, or something was retracted. */
  readonly narrowed: readonly LearnerId[];
}

export const outboxOf = (parts: AdmissionParts, messages: readonly JudgedMessage[]): OutboxContent => ({
  receipts: messages.map((one) => told(parts, one)),
  refused: messages.flatMap((one) => refusedIn(parts, one)),
  conflicts: messages.flatMap(({ message, verdicts }) => linkConflictsIn(message.agency.slug, verdicts)),
  narrowed: [...new Set(messages.flatMap(narrowedIn))],
});

const told = ({ pseudonyms }: AdmissionParts, { message, judged, verdicts }: JudgedMessage): readonly UnplacedReceipt[] => {
  const addressee = { agency: message.agency.slug, pseudonyms };
  return judged.map(({ form }, index) => receiptOf(addressee, form, verdicts[index] as Verdict));
};

const RETRACTED = 'record.retracted';

const mayNarrow = ({ form: { formed } }: JudgedEvent): boolean =>
  formed !== undefined && (formed.type.short === RETRACTED || formed.type.categoryOf(formed.event.data) === 'consent');

/** What was said before may narrow once its source stands, and that comes with anybody's event. */
const narrowedIn = ({ judged, verdicts }: JudgedMessage): readonly LearnerId[] =>
  verdicts.flatMap((verdict, index) => {
    if (verdict.outcome !== 'accepted' || verdict.learner === undefined) return [];
    return verdict.tookEffect || mayNarrow(judged[index] as JudgedEvent) ? [verdict.learner] : [];
  });

/** Resolves once conflicts are noted, what was refused is in quarantine, and nothing is on its way that may no longer be shown. */
export const settle = async (
  parts: ConflictParts & Pick<AdmissionParts, 'quarantine' | 'disclosing'>,
  { refused, conflicts, narrowed }: Omit<OutboxContent, 'receipts'>,
): Promise<void> => {
  const { quarantine, disclosing } = parts;
  await noteLinkConflicts(parts, conflicts);
  await Promise.all(refused.map((item) => quarantine.add(item)));
  if (disclosing) await Promise.all(narrowed.map((learner) => disclosing.settled(learner)));
};
