// Judges a contribution about a learner with whom its sender has to do: consent by the consent rules, all else by the record's.
import { decideConsent, isConsentType } from '#consent';
import type { Contribution, Notes } from '#contribution';
import { londonDate } from '#kernel';
import { evolveRepeat, type FileStanding, learnerStream, REPEAT_AVOIDED } from '#learner-file';
import {
  type AlreadyCaptured,
  categoryIn,
  decideRecord,
  isRecordType,
  type Knowledge,
  type KnownItem,
  type RecordOutcome,
} from '#learner-record';
import { decideDisclosure, type Question, type Route } from '#sharing-protocols';
import { ownEventNamed, namesOwnEvent } from './own-event-named.ts';
import { type Contributed, headerOf, recordAboutLearner, sealedEvent } from './recording.ts';
import { contentDigest, toldOf } from './repeats.ts';
import { lacksOf, levelOf, mayLookUp } from './sender-standing.ts';
import type { Session } from './session.ts';
import { rejected, type Verdict } from './verdict.ts';

export interface AboutLearner {
  readonly contribution: Contribution;
  readonly standing: FileStanding;
}

export const judgeAboutLearner = (session: Session, contributed: Contributed, about: AboutLearner): Verdict => {
  const outcome = outcomeOf(session, about);
  if (outcome.outcome === 'rejected') return rejected(outcome.rejection);
  if (outcome.outcome === 'already-captured') return avoidRepeat(session, contributed, about, outcome);
  return recordAboutLearner(session, about.standing.file.id, contributed, noted(session, about, outcome.notes));
};

const noted = (
  { agency }: Session,
  { standing, contribution }: AboutLearner,
  of: Notes | undefined,
): { readonly category: string; readonly notes: Notes } => {
  const notes = { ...of, ...lacksOf(levelOf(standing, agency)) };
  return { category: categoryIn(standing.file.record, contribution, notes), notes };
};

const outcomeOf = (session: Session, about: AboutLearner): RecordOutcome => {
  const { contribution, standing } = about;
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
 * Signing off, following up and reviewing programmes is the careers service's task,
 * so it may name any programme of a learner it works with.
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

/** Met with what exists (invariant 4): the id is consumed, the avoided repeat counted, and its content not kept. */
const avoidRepeat = (
  session: Session,
  contributed: Contributed,
  { standing, contribution }: AboutLearner,
  { existing, revision: existingAt }: AlreadyCaptured,
): Verdict => {
  const { judged, eventId } = contributed;
  const { file } = standing;
  const stream = learnerStream(file.id);
  const header = { ...headerOf(session, judged), evidence: undefined, existing, existingAt, digest: contentDigest(judged.event.value) };
  const toRecord = {
    eventId,
    type: REPEAT_AVOIDED,
    category: categoryIn(file.record, contribution),
    owner: stream,
    header,
    bytes: new Uint8Array(),
  };
  session.draft.add(
    session.streams.files,
    stream,
    (revision) => sealedEvent(session, stream, revision, toRecord),
    (held) => evolveRepeat(held, session.agency.slug, session.at),
  );
  return { outcome: 'already-captured', eventId, learner: file.id, existing, ...toldOf(session, file.id, existingAt) };
};
