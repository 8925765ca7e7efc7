// Events about a learner: what bears upon them, what they are refused for by what is recorded, and how those that pass are recorded.
import { type Contribution, overDailyLimit, type Rejected } from '#contribution';
import type { LearnerId } from '#kernel';
import { fileAt, type FileStanding, type LearnerFile, learnerStream, noticeOwner, standingOf } from '#learner-file';
import { answersLearner, categoryIn, isRecordType, type RecordOutcome, wasAsked } from '#learner-record';
import { isConsentType, noticeSentTo } from '#consent';
import { NO_SUCH_LEARNER } from '#learners';
import { lacksOf, learnerOfAnswer, levelOf, namesOwnEvent, outcomeOf, whomMeant } from '../learner-rules.ts';
import { correctionLinking, type LinkedWith, recordLinked, registrationLinking, type ToLink } from '../linking.ts';
import { contributionOf, dailyLimited, isOf, lookupOf, rejected, type Session, type Verdict } from '../session.ts';
import { avoidRepeat } from '../repeats.ts';
import { type Contributed, recordAboutLearner } from '../recording.ts';
import { type Check, firstRefusal, type Refusal } from './event-form.ts';
import { speaksForLearners } from './event-form.ts';
import type { RejectionCode } from './rejections.ts';

// An event about a learner, and what is known that bears upon it: each is worked out when the first check asks for it, and once.

type Memo<Value> = { readonly value: Value } | undefined;

class AboutLearner {
  readonly session: Session;
  readonly contribution: Contribution;
  #standing: Memo<FileStanding | undefined>;
  #linking: Memo<ToLink | undefined>;
  #outcome: Memo<RecordOutcome | undefined>;

  constructor(session: Session, contribution: Contribution) {
    this.session = session;
    this.contribution = contribution;
  }

  get isRegistration(): boolean {
    return isOf(this.contribution, 'learner.registered');
  }

  /** Of the learner whom the subject means; undefined: nobody, or it is a registration, which may make a learner. */
  get standing(): FileStanding | undefined {
    this.#standing ??= { value: this.isRegistration ? undefined : this.#meant() };
    return this.#standing.value;
  }

  #meant(): FileStanding | undefined {
    const { session, contribution } = this;
    const { subject } = contribution;
    const learner = subject === undefined ? learnerOfAnswer(session, contribution) : whomMeant(session, subject);
    return learner === undefined ? undefined : standingOf(lookupOf(session), learner);
  }

  /** Whose registration or correction it is, and what it links; undefined: it is neither. */
  get linking(): ToLink | undefined {
    this.#linking ??= { value: this.#link() };
    return this.#linking.value;
  }

  #link(): ToLink | undefined {
    const { session, contribution, standing } = this;
    if (isOf(contribution, 'learner.registered')) return registrationLinking(session, contribution);
    return standing && isOf(contribution, 'learner.corrected') ? correctionLinking(session, contribution, standing) : undefined;
  }

  /** What the rules of consent and record say; undefined: it links, or means nobody. */
  get outcome(): RecordOutcome | undefined {
    const { session, contribution, standing } = this;
    this.#outcome ??= { value: standing && !this.linking ? outcomeOf(session, contribution, standing) : undefined };
    return this.#outcome.value;
  }

  /** What is to be linked, of a registration or correction that no check refused. */
  get linked(): LinkedWith | undefined {
    const { linking: toLink } = this;
    return toLink?.linking.outcome === 'accepted' ? { linking: toLink.linking, details: toLink.details } : undefined;
  }

  /** Of any other event that no check refused. */
  known(): { readonly standing: FileStanding; readonly outcome: Exclude<RecordOutcome, Rejected> } {
    const { standing, outcome } = this;
    if (!standing || !outcome || outcome.outcome === 'rejected') throw new Error('A check refuses this event: it is not recorded.');
    return { standing, outcome };
  }

  /** In which the sender's own events of the day are counted: of a learner whom it may know of. */
  get own(): LearnerFile | undefined {
    if (!this.isRegistration) return this.standing?.file;
    const { draft, streams } = this.session;
    const own = this.linking?.own;
    return own === undefined ? undefined : fileAt(streams, draft, own).state;
  }
}

// What an event about a learner is refused for by what is recorded, as far as its sender may know of that.

/** Whom the sender has nothing to do with is, to the sender, nobody. */
const known: Check<AboutLearner> = {
  codes: ['no-such-learner'],
  looksAt: 'whom the subject means, and whether the sender has to do with that learner',
  refuse: (about) => (about.isRegistration || mayContribute(about) ? undefined : NO_SUCH_LEARNER.rejection),
};

/**
 * Whoever has to do with the learner; the learner's own page always does. Whoever was sent a notice, or was asked something by the learner,
 * may answer it, also when it has nothing to do with the learner any more.
 */
const mayContribute = ({ standing, contribution, session: { agency } }: AboutLearner): boolean =>
  standing !== undefined && (standing.isRelated(agency.slug) || speaksForLearners(agency) || answers(standing.file, contribution));

const answers = (file: LearnerFile, contribution: Contribution): boolean =>
  answersNotice(file, contribution) || (answersLearner(contribution) && wasAsked(file.record, contribution.source));

const answersNotice = ({ consent }: LearnerFile, contribution: Contribution): boolean =>
  isOf(contribution, 'notice.acknowledged') && noticeSentTo(consent, contribution.source, contribution.data.noticeId) !== undefined;

const pace: Check<AboutLearner> = {
  codes: ['too-large'],
  looksAt: 'how much the sender told of the learner today',
  refuse: ({ own, session, contribution }) => own && overDailyLimit(own.pace, dailyLimited(session, contribution))?.rejection,
};

const identifiers: Check<AboutLearner> = {
  codes: ['link-conflict', 'schema', 'invalid-uln'],
  looksAt: 'of registrations and corrections, the learners whom their identifiers name',
  refuse: ({ linking }) => {
    if (linking?.linking.outcome !== 'rejected') return undefined;
    const { rejection, between } = linking.linking;
    return { ...rejection, ...(between === undefined ? {} : { between }) };
  },
};

const byRule = (
  codes: readonly RejectionCode[],
  looksAt: string,
  judges: (contribution: Contribution) => boolean,
): Check<AboutLearner> => ({
  codes,
  looksAt,
  refuse: ({ contribution, outcome }): Refusal | undefined =>
    judges(contribution) && outcome?.outcome === 'rejected' ? outcome.rejection : undefined,
});

/** Of the last three, each event is judged by one. */
export const LEARNER_CHECKS: readonly Check<AboutLearner>[] = [
  known,
  pace,
  identifiers,
  byRule(['unknown-reference'], 'of retractions and withholdings, what the sender recorded of the learner', namesOwnEvent),
  byRule(
    ['unknown-reference', 'ambiguous-reference', 'reference-taken', 'schema'],
    "the learner's record",
    ({ type }) => isRecordType(type) && !namesOwnEvent({ type }),
  ),
  byRule(
    ['unknown-reference', 'ambiguous-reference', 'reference-taken', 'stale-consent', 'schema'],
    "the learner's consents and rights",
    ({ type }) => isConsentType(type),
  ),
];

// Judges an event about a learner by the checks of the table, and records what passes them.

export const judgeAboutLearner = (session: Session, contributed: Contributed): Verdict => {
  const about = new AboutLearner(session, contributionOf(session, contributed.formed));
  const refusal = firstRefusal(LEARNER_CHECKS, about);
  return refusal ? rejected(refusal) : record(session, contributed, about);
};

const record = (session: Session, contributed: Contributed, about: AboutLearner): Verdict => {
  const { contribution, linked } = about;
  if (linked) return recordLinked(session, contributed, linked);
  const { standing, outcome } = about.known();
  const { file } = standing;
  if (outcome.outcome === 'already-captured') return avoidRepeat(session, contributed, { file, contribution, met: outcome });
  const notes = { ...outcome.notes, ...lacksOf(levelOf(standing, session.agency)) };
  const category = categoryIn(file.record, contribution, notes);
  return recordAboutLearner(session, file.id, contributed, { category, ...ownerOf(file, contribution), ...homeOf(session, file), notes });
};

/** What is said on the page of whoever was merged into another goes where it would have gone before (ADR 45). */
const homeOf = ({ signedIn }: Session, { united }: LearnerFile): { readonly home?: LearnerId } =>
  signedIn !== undefined && united?.members.some(({ learner }) => learner === signedIn.learner) ? { home: signedIn.learner } : {};

/** What is answered to a notice lies with the notice: of a learner who was erased, beside the learner's keys. */
const ownerOf = ({ id, consent }: LearnerFile, contribution: Contribution): { readonly owner?: string } => {
  const { source } = contribution;
  const notice = isOf(contribution, 'notice.acknowledged') ? noticeSentTo(consent, source, contribution.data.noticeId) : undefined;
  return notice === undefined ? {} : { owner: noticeOwner(learnerStream(id), notice.reason) };
};
