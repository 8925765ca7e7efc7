// Referrals made, received, and of one's learners (views.md, S5).
import { code, coded, count, day, flag, list, ownAnchors, proposeAnchors, rankedBy, text, texts } from '../lists/index.ts';
import { DIRECTIONS, isChosen, isStub, REFERRAL_STATES, referralRank, type ReferralRow, referralRow } from './referrals.answer.ts';
import { referralAnchors } from './referrals.view.ts';

export const ROUTES = ['connexions', 'other-agency', 'self', 'school', 'yot', 'out-of-area'] as const;

export const referrals = list<ReferralRow>({
  name: 'referrals',
  says: 'Referrals that the asking agency made or that name it, and those of learners whom it advises, with what came of them.',
  view: referralAnchors.view,
  purposes: ['deliver-programme', 'support-learner'],
  items: {
    anchor: ['referral.made', 'referral.declined'],
    beside: ['referral.accepted', 'referral.withdrawn', 'programme.started'],
  },
  filters: {
    direction: { says: 'Made by the asking agency, naming it, or of its learners by and to others.', codes: DIRECTIONS },
    state: { says: 'What came of it.', codes: REFERRAL_STATES },
    route: { says: 'By which way.', codes: ROUTES },
    to: { says: 'Slug of the agency named.' },
    from: { says: 'Slug of the agency that made it.' },
    office: { says: 'Office that made it.' },
    'made-from': { says: 'Made on that day or later.', period: 'day' },
    'made-to': { says: 'Made on that day or before.', period: 'day' },
  },
  fields: {
    referralId: text("The referrer's id for it."),
    direction: code(DIRECTIONS, 'Whose affair it is.'),
    of: text('Slug of the agency that made it.'),
    to: text('Slug of the agency named.'),
    office: text('Office that made it.'),
    route: coded(text('By which way.'), 'referral-routes'),
    madeOn: day('Day on which it was made; null where the asking agency declined it.'),
    reason: text('Why.'),
    assessments: texts('Ids of the assessments that go with it.'),
    state: code(REFERRAL_STATES, 'Lapsed: nobody answered within 180 days. Enrolled: the agency named has begun a programme.'),
    answeredOn: day('Day of the answer.'),
    answerReason: text('Reason given with it.'),
    daysWaiting: count('Days until the answer, or until now.'),
    due: day('Last day to answer.'),
    overdue: flag('Whether an answer is overdue.'),
  },
  table: ['referralId', 'of', 'to', 'route', 'madeOn', 'state', 'due'],
  propose: proposeAnchors(referralAnchors, { own: ['referral.declined'], days: ['made-from', 'made-to'] }),
  hasOwn: ownAnchors(referralAnchors),
  row: referralRow,
  matches: isChosen,
  ...rankedBy(referralRank),
  isUnnamed: isStub,
});
