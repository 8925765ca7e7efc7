// Judges a contribution about a learner whom its sender knows: consent by the consent rules, all else by the record's.
import { decideConsent, consentTerms, isConsentType } from '#consent';
import type { Contribution, Notes } from '#contribution';
import { londonDate } from '#kernel';
import { type LearnerFile, learnerStream, REPEAT_AVOIDED } from '#learner-file';
import { type AlreadyCaptured, categoryIn, decideRecord, isRecordType, type Knowledge, type KnownItem, type RecordOutcome } from '#learner-record';
import { decideDisclosure, type Question, type Route } from '#sharing-protocols';
import { type Contributed, headerOf, recordAboutLearner, sealedEvent } from './recording.ts';
import { contentDigest } from './repeats.ts';
import type { Session } from './session.ts';
import { rejection, type Verdict } from './verdict.ts';

export interface AboutLearner {
  readonly contribution: Contribution;
  readonly file: LearnerFile;
  /** Bits of the sender's relationships with the learner. */
  readonly relationships: number;
}

export const judgeAboutLearner = (session: Session, contributed: Contributed, about: AboutLearner): Verdict => {
  const outcome = outcomeOf(session, about);
  if (outcome.outcome === 'rejected') return rejection(outcome.rejection.code, outcome.rejection.says);
  if (outcome.outcome === 'already-captured') return avoidRepeat(session, contributed, about, outcome);
  const learner = about.file.id;
  recordAboutLearner(session, learner, contributed, noted(about, outcome.notes));
  return { outcome: 'accepted', eventId: contributed.eventId, learner };
};

const noted = ({ file, contribution }: AboutLearner, notes: Notes | undefined): { readonly category: string; readonly notes?: Notes } => ({
  category: categoryIn(file.record, contribution, notes),
  ...(notes === undefined ? {} : { notes }),
});

const outcomeOf = (session: Session, about: AboutLearner): RecordOutcome => {
  const { contribution, file } = about;
  const { type } = contribution;
  if (isConsentType(type)) return decideConsent({ ...contribution, type } as Parameters<typeof decideConsent>[0], file.consent);
  if (isRecordType(type)) return decideRecord({ ...contribution, type } as Parameters<typeof decideRecord>[0], { state: file.record, ...knowledgeOf(session, about) });
  throw new Error(`No rule judges ${type}.`);
};

/** On which routes one may come to know of an item; aggregates tell of nobody. */
const TELLING: readonly Route[] = ['learner', 'feed', 'list'];

/** Signing off, following up and reviewing programmes is the careers service's task, so it may name any programme of a learner it works with. */
const isToSignOff = ({ roles }: Session['agency'], { type }: KnownItem): boolean => type === 'programme.started' && roles.includes('connexions');

/** "May know" ignores the purpose (contracts.md): any clause that shows the item, or that it exists. */
const knowledgeOf = ({ agency, inForce, at }: Session, { file, relationships }: AboutLearner): Knowledge => {
  const question: Omit<Question, 'item' | 'route'> = {
    recipient: agency.slug,
    relationships,
    purposes: 'any',
    learner: consentTerms(file.consent),
    today: londonDate(at),
  };
  const levels = (item: KnownItem) =>
    TELLING.flatMap((route) => {
      const decision = decideDisclosure(inForce.decisions, { ...question, item, route });
      return decision.permit ? [decision.level] : [];
    });
  return { mayKnow: (item) => isToSignOff(agency, item) || levels(item).length > 0, maySee: (item) => levels(item).some((level) => level !== 'existence') };
};

/** Met with what exists (invariant 4): the id is consumed, the avoided repeat counted, and its content not kept. */
const avoidRepeat = (session: Session, contributed: Contributed, { file, contribution }: AboutLearner, { existing, readable }: AlreadyCaptured): Verdict => {
  const { judged, eventId } = contributed;
  const stream = learnerStream(file.id);
  const header = { ...headerOf(session, judged), evidence: undefined, existing, mayRead: readable, digest: contentDigest(judged.event.value) };
  const toRecord = { eventId, type: REPEAT_AVOIDED, category: categoryIn(file.record, contribution), owner: stream, header, bytes: new Uint8Array() };
  session.draft.add(session.streams.files, stream, (revision) => sealedEvent(session, stream, revision, toRecord), (held) => held);
  return { outcome: 'already-captured', eventId, learner: file.id, existing, mayRead: readable };
};
