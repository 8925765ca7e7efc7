// What an event about a learner is refused for by what is recorded, as far as its sender may know of that.
import { isConsentType, noticeSentTo } from '#consent';
import { type Contribution, overDailyLimit } from '#contribution';
import type { LearnerFile } from '#learner-file';
import { NO_SUCH_LEARNER } from '#learners';
import { isRecordType } from '#learner-record';
import { namesOwnEvent } from '../own-event-named.ts';
import { isOf, dailyLimited } from '../session.ts';
import type { AboutLearner } from './about-learner.ts';
import type { Check, Refusal } from './check.ts';
import type { RejectionCode } from './rejections.ts';

/** Whom the sender has nothing to do with is, to the sender, nobody. */
const known: Check<AboutLearner> = {
  codes: ['no-such-learner'],
  looksAt: 'whom the subject means, and whether the sender has to do with that learner',
  refuse: (about) => (about.isRegistration || mayContribute(about) ? undefined : NO_SUCH_LEARNER.rejection),
};

/** Whoever has to do with the learner; the learner's own page always does. */
const mayContribute = ({ standing, contribution, session: { agency } }: AboutLearner): boolean =>
  standing !== undefined &&
  (standing.isRelated(agency.slug) || agency.roles.includes('self-service') || answersNotice(standing.file, contribution));

/** Whoever was sent a notice may answer it, also when it has nothing to do with the learner any more. */
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
