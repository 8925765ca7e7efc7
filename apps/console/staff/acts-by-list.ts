// What can be recorded from a line of which list (console.md, 4.3). Pure.
import { type Act, type Acting, type Acts, all, day, followUp, learner, signing, textIn, when, whose } from './acts.ts';
import { allocate, answerReferral, dutyActs, referOn } from './duty-acts.ts';
import type { Row } from './list-rows.ts';
import { onReview, onVisit } from './review-acts.ts';

const OPEN: ReadonlySet<string> = new Set(['open', 'due', 'overdue', 'to-inform', 'to-sign', 'agreed-anew', 'waiting', 'scheduled']);

/** The id is whose the gap is. */
const answerGap: Acts = (row, acting) => [
  {
    label: 'Answer',
    type: 'provision.gap-answered',
    fields: { gapId: textIn(row, 'gapId'), ...whose({ of: row['raisedBy'] }, acting) },
  },
];

const isOpen = (row: Row): boolean => OPEN.has(textIn(row, 'state'));
const inform: Acts = (row, acting) => [
  {
    label: 'Adviser informed',
    type: 'adviser.informed',
    fields: { ...learner(row), programmeId: textIn(row, 'programmeId'), ...whose(row, acting), ...day('on', acting.on) },
  },
];

const withdraw: Acts = (row) => [
  { label: 'Withdraw', type: 'referral.withdrawn', fields: { ...learner(row), referralId: textIn(row, 'referralId') } },
];

const ofReferral: Acts = all(
  when((row) => row['direction'] === 'received' && isOpen(row), answerReferral),
  when((row) => row['direction'] === 'made' && isOpen(row), withdraw),
  when((row) => row['direction'] !== 'received' && ['declined', 'lapsed'].includes(textIn(row, 'state')), referOn),
);

const LEAVER_OPEN: readonly string[] = ['open', 'overdue'];

const offer: Acts = (row) => [{ label: 'Offer a place', type: 'offer.made', fields: { ...learner(row), cohort: textIn(row, 'cohort') } }];

const SETTLED: readonly string[] = ['in-learning', 'accepted'];

/** By the agency that it is about, to each theme and quarter. */
const answerFeedback: Acts = (row) => [
  {
    label: 'Say what you do about it',
    type: 'feedback.answered',
    fields: { about: textIn(row, 'about'), theme: textIn(row, 'theme'), period: textIn(row, 'quarter') },
  },
];

const isUnanswered = ({ answers: given }: Row): boolean => Array.isArray(given) && given.length === 0;

const listAnew: Acts = (row) => [
  {
    label: 'List anew',
    type: 'provision.listed',
    fields: {
      ...Object.fromEntries(['provisionId', 'title', 'kind', 'level', 'area'].map((name) => [name, textIn(row, name)])),
      places: typeof row['places'] === 'number' ? String(row['places']) : '',
      ...(textIn(row, 'startsOn') !== '' && day('startsOn', textIn(row, 'startsOn'))),
    },
  },
];

/** Whoever sees the same need says so, and stands beside who raised it first. */
const support: Acts = (row) => [
  {
    label: 'Raise the same',
    type: 'provision.gap-raised',
    fields: Object.fromEntries(['area', 'occupation', 'level'].map((name) => [name, textIn(row, name)])),
  },
];

/** By list. */
const BY_LIST: Readonly<Record<string, Acts>> = {
  duties: when((row) => row['bearer'] === 'me' && isOpen(row), dutyActs),
  'follow-ups': when(isOpen, followUp),
  'sign-offs': when(isOpen, signing),
  referrals: ofReferral,
  'on-programme': all(
    when((row) => row['adviserAssigned'] === false, allocate),
    when(
      (row) => row['adviserAssigned'] === true,
      (row, acting) => (acting.isLinkAdviser === true ? inform(row, acting) : []),
    ),
  ),
  allocations: when((row) => row['state'] === 'to-allocate', allocate),
  reviews: onReview,
  visits: onVisit,
  'early-leavers': when((row) => LEAVER_OPEN.includes(textIn((row['followUp'] ?? {}) as Row, 'state')), followUp),
  guarantee: when((row) => !SETTLED.includes(textIn(row, 'state')), offer),
  'provision-gaps': when(
    isOpen,
    all(answerGap, (row, acting) => (isTheirs(row, acting) ? [] : support(row, acting))),
  ),
  provision: (row, acting) => (row['of'] === acting.agency ? listAnew(row, acting) : []),
  feedback: (row, acting) => (row['about'] === acting.agency && isUnanswered(row) ? answerFeedback(row, acting) : []),
};

const isTheirs = (row: Row, { agency }: Acting): boolean =>
  row['raisedBy'] === agency || (Array.isArray(row['supportedBy']) && row['supportedBy'].includes(agency));

/** Those that the agency may record; none where the list has none. */
export const actsOn = (list: string, row: Row, acting: Acting): readonly Act[] =>
  (BY_LIST[list]?.(row, acting) ?? []).filter(({ type }) => acting.types.has(type));
