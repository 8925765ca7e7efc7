// Asks the rules that judge a contribution about a known learner: consent by the consent rules, all else by the record's.
import type { Agency } from '#agencies';
import { accepted, type Contribution, type Notes, type Outcome, rejected } from '#contribution';
import {
  fileAt,
  type FileStanding,
  type LearnerFile,
  learnerOfStream,
  learnerStream,
  placeIn,
  standingOf,
  whoIs,
  whomItMeans,
} from '#learner-file';
import { FULL, NONE, PARTIAL, type StandingLevel } from '#learners';
import { type LearnerId, londonDate, type Revision, sourceOf } from '#kernel';
import { decideRecord, isRecordType, isWithheld, type Knowledge, type KnownItem, type RecordOutcome } from '#learner-record';
import type { CloudEvent } from '#catalogue';
import { type Consent, consentOwner, decideConsent, isConsentType, NOTICE_ISSUED, noticeSentTo } from '#consent';
import { decideDisclosure, type Question, type Route } from '#sharing-protocols';
import { speaksForLearners } from './checks/event-form.ts';
import type { SeenMessage } from './messages-seen.ts';
import { eventIdOf, type JudgedEvent, lookupOf, type Session } from './session.ts';

// How the sender of a contribution stands before the learner, and what it may be told of others (sharing-matrix.md, W1, W2).

/** The learner's own page speaks for the learner: it always stands. */
export const levelOf = (standing: FileStanding, agency: Agency): StandingLevel =>
  speaksForLearners(agency) ? FULL : standing.levelOf(agency.slug);

const LACKS: { readonly [One in StandingLevel]: Notes['lacks'] } = { [NONE]: 'standing', [PARTIAL]: 'rights', [FULL]: undefined };

/** What is to be noted with what it says. */
export const lacksOf = (level: StandingLevel): Pick<Notes, 'lacks'> => {
  const lacks = LACKS[level];
  return lacks === undefined ? {} : { lacks };
};

/**
 * Whether what others said is looked up for the sender. Whoever does not stand is told nothing that depends on it; nor is a founder with
 * whom nobody else stands: it must not learn from an answer whether its registration met somebody.
 */
export const mayLookUp = (standing: FileStanding, agency: Agency): boolean => {
  if (speaksForLearners(agency)) return true;
  const { agencies } = standing.standing.state.effects;
  return (
    levelOf(standing, agency) !== NONE &&
    agencies.some((other) => !standing.standing.same(other, agency.slug) && standing.levelOf(other) !== NONE)
  );
};

/**
 * Whom a subject means to the sender. On the learner's own page it is whoever is signed in there, or nobody: whatever who holds its key
 * makes of others' numbers.
 */
export const whomMeant = (session: Session, subject: string): LearnerId | undefined => {
  const { agency, draft, streams, signedIn } = session;
  if (!speaksForLearners(agency)) return whomItMeans(lookupOf(session), agency.slug, subject);
  if (signedIn === undefined) return undefined;
  const learner = whoIs(streams, draft, signedIn.learner);
  const isMeant = subject === signedIn.pseudonym || streams.candidates(draft, agency.slug, subject).includes(learner);
  return isMeant && fileAt(streams, draft, learner).state.learner.founder !== undefined ? learner : undefined;
};

// Events that name another of the sender's own by its message id: retracted, or withheld from the learner (contracts.md, event catalogue).

type Naming = Contribution<'record.retracted'> | Contribution<'withholding.stated'> | Contribution<'withholding.ended'>;

const NAMING: readonly string[] = ['record.retracted', 'withholding.stated', 'withholding.ended'];

const UNKNOWN = rejected(
  'unknown-reference',
  'You recorded no event with this id about the learner. Give in `of` the id of the event as you sent it.',
);

const RETRACTED = rejected('unknown-reference', 'You retracted the event with this id already.');
const NOT_WITHHELD = rejected(
  'unknown-reference',
  'You do not withhold the event with this id: give in `of` what withholding.stated gave.',
);

export const namesOwnEvent = <One extends Pick<Contribution, 'type'>>(contribution: One): contribution is One & Naming =>
  NAMING.includes(contribution.type);

/**
 * `unknown-reference`: the sender recorded no such event about this learner, in this message neither, or what it says of it is so already.
 */
const ownEventNamed = ({ draft, messages, names: blinds }: Session, { type, source, data }: Naming, file: LearnerFile): Outcome => {
  const { record } = file;
  const eventId = eventIdOf(blinds, sourceOf(source), data.of);
  const [place] = ownStreams(file).flatMap((learner) => {
    const stream = learnerStream(learner);
    const revision = draft.revisionOf(stream, eventId) ?? revisionIn(stream, messages.find(eventId));
    return revision === undefined ? [] : (placeIn(file.id, file.united, { learner, revision }) ?? []);
  });
  if (place === undefined) return UNKNOWN;
  if (type === 'record.retracted' && record.retracted.includes(place)) return RETRACTED;
  return type === 'withholding.ended' && !isWithheld(record, source, place) ? NOT_WITHHELD : accepted({ names: place });
};

const ownStreams = ({ id, united }: LearnerFile): readonly LearnerId[] => [id, ...(united?.members.map(({ learner }) => learner) ?? [])];

const revisionIn = (stream: string, found: SeenMessage | undefined): Revision | undefined =>
  found?.recorded.stream === stream ? found.recorded.revision : undefined;

// Which consents given and withdrawn in one message stand or fall together: those of one learner and protocol (sharing-matrix.md, W5).

const GIVEN = 'uk.concordat.consent.given.v1';
const WITHDRAWN = 'uk.concordat.consent.withdrawn.v1';

/** A consent given or withdrawn, with what it is bound to others of the message by: the learner and the protocol. */
export interface Bound {
  readonly place: number;
  readonly type: string;
  readonly subject: string;
  /** Undefined: it names none, or what it withdraws is not known, so it may be of any protocol. */
  readonly protocol: string | undefined;
}

export const bundlesIn = (session: Session, judged: readonly JudgedEvent[]): readonly (readonly Bound[])[] => {
  const types = new Set(judged.map(({ form }) => form.envelope?.type));
  if (!types.has(GIVEN) || !types.has(WITHDRAWN)) return [];
  const bound = judged.flatMap((one, place) => boundAs(session, one, place));
  // A page speaks of one learner, by whichever name.
  const bySubject = speaksForLearners(session.agency) ? [bound] : [...Map.groupBy(bound, ({ subject }) => subject).values()];
  return bySubject
    .flatMap(byProtocol)
    .filter((bundle) => bundle.some(({ type }) => type === GIVEN) && bundle.some(({ type }) => type === WITHDRAWN));
};

const byProtocol = (bound: readonly Bound[]): readonly (readonly Bound[])[] => {
  const protocols = new Set(bound.flatMap(({ protocol }) => protocol ?? []));
  return [...protocols].map((protocol) => bound.filter((one) => one.protocol === undefined || one.protocol === protocol));
};

/** Also where it is malformed: what is withdrawn for a consent that cannot be recorded is not withdrawn. */
const boundAs = (session: Session, { form: { envelope: event } }: JudgedEvent, place: number): readonly Bound[] => {
  if (event?.subject === undefined || (event.type !== GIVEN && event.type !== WITHDRAWN)) return [];
  const { type, subject } = event;
  return [{ place, type, subject, protocol: type === GIVEN ? protocolGiven(event) : protocolWithdrawn(session, event) }];
};

const protocolGiven = ({ data: { protocol } }: CloudEvent): string | undefined => (typeof protocol === 'string' ? protocol : undefined);

/** Of the consent that it names, where that is recorded already. */
const protocolWithdrawn = (session: Session, event: CloudEvent): string | undefined => consentNamed(session, event)?.protocol;

/** Others' alone where they are looked up for the sender: else what becomes of its message would tell it of them (W2). */
const consentNamed = (session: Session, { subject = '', data }: CloudEvent): Consent | undefined => {
  const { agency } = session;
  const standing = standingMeant(session, subject);
  if (standing === undefined) return undefined;
  const sees = mayLookUp(standing, agency);
  const named = standing.file.consent.consents.filter(({ id, source }) => id === data['consentId'] && (sees || source === agency.slug));
  const owner = consentOwner({ source: agency.slug, data: data as never });
  return named.find(({ source }) => source === owner) ?? named[0];
};

const standingMeant = (session: Session, subject: string): FileStanding | undefined => {
  const learner = whomMeant(session, subject);
  return learner === undefined ? undefined : standingOf(lookupOf(session), learner);
};

/** What they come to against what is recorded, as far as the sender may look. */
export const outcomeOf = (session: Session, contribution: Contribution, standing: FileStanding): RecordOutcome => {
  const { type } = contribution;
  const looked = mayLookUp(standing, session.agency);
  if (isConsentType(type)) {
    const view = { state: standing.file.consent, grounds: standing.grounds, mayLookUp: looked };
    return decideConsent({ ...contribution, type } as Parameters<typeof decideConsent>[0], view);
  }
  if (namesOwnEvent(contribution)) return ownEventNamed(session, contribution, standing.file);
  if (!isRecordType(type)) throw new Error(`No rule judges ${type}.`);
  const view = {
    state: standing.file.record,
    counts: (said: Parameters<FileStanding['counts']>[0]) => standing.counts(said),
    mayLookUp: looked,
  };
  return decideRecord({ ...contribution, type } as Parameters<typeof decideRecord>[0], { ...view, ...knowledgeOf(session, standing) });
};

/** On which routes one may come to know of an item; aggregates tell of nobody. */
const TELLING: readonly Route[] = ['learner', 'feed', 'list'];

/**
 * Signing off, following up and reviewing programmes is the careers service's task, so it may name any programme of a learner it works
 * with.
 */
const isToSignOff = ({ roles }: Session['agency'], { type }: KnownItem): boolean =>
  type === 'programme.started' && roles.includes('connexions');

/** "May know" ignores the purpose (contracts.md): any clause that shows the item, or that it exists. */
const knowledgeOf = ({ agency, inForce, at }: Session, standing: FileStanding): Knowledge => {
  const question: Omit<Question, 'item' | 'route' | 'relationships'> = {
    recipient: agency.slug,
    purposes: 'any',
    learner: standing.terms,
    today: londonDate(at),
    referred: standing.referredBy(agency.slug),
  };
  const levels = (item: KnownItem) =>
    TELLING.flatMap((route) => {
      const confirmed = standing.counts(item);
      const relationships = standing.bitsFor(agency.slug, item);
      const decision = decideDisclosure(inForce.decisions, { ...question, relationships, item: { ...item, confirmed }, route });
      return decision.permit ? [decision.level] : [];
    });
  return {
    mayKnow: (item) => isToSignOff(agency, item) || levels(item).length > 0,
    maySee: (item) => levels(item).some((level) => level !== 'existence'),
  };
};

// Answers to notices that bear no subject: the notice names its learner, as nothing else can once the learner was erased (ADR 15).

type Said = Pick<Contribution, 'type' | 'data' | 'subject'>;

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The id of the notice, which is its event's id too; undefined: another event, one with a subject, or no id of a notice. */
export const noticeAnswered = ({ type, data, subject }: Said): string | undefined => {
  if (type !== 'notice.acknowledged' || subject !== undefined) return undefined;
  const { noticeId } = data as Contribution<'notice.acknowledged'>['data'];
  return UUID.test(noticeId) ? noticeId : undefined;
};

/** About whom the notice was issued, to whomever; undefined: there is none of that id. */
export const learnerNoticed = ({ messages }: Session, noticeId: string): LearnerId | undefined => {
  const issued = messages.find(noticeId);
  return issued?.recorded.type === NOTICE_ISSUED ? learnerOfStream(issued.recorded.stream) : undefined;
};

/** Of a notice to another agency nobody learns whether there is one. */
export const learnerOfAnswer = (session: Session, said: Said): LearnerId | undefined => {
  const noticeId = noticeAnswered(said);
  const learner = noticeId === undefined ? undefined : learnerNoticed(session, noticeId);
  if (noticeId === undefined || learner === undefined) return undefined;
  const { consent } = fileAt(session.streams, session.draft, learner).state;
  return noticeSentTo(consent, session.agency.slug, noticeId) ? learner : undefined;
};
