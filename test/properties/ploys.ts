// How one would really go about it: for each rule of whose word counts, the few events by which an agency would get around it.
import type { ShortType } from '#catalogue';
import type { AgencySlug } from '#kernel';
import { IDS, PERSON, ULN } from './stories.ts';

export interface Move {
  /** First or second of the attackers. */
  readonly by: 0 | 1;
  readonly type: ShortType;
  /** Over what is drawn; `ACCOMPLICE` stands for the other attacker. */
  readonly data: Readonly<Record<string, unknown>>;
  /** In one message with the move before. */
  readonly together?: boolean;
}

export interface Ploy {
  /** Who may play it: one of each list. */
  readonly attackers: readonly (readonly AgencySlug[])[];
  readonly moves: readonly Move[];
}

export const ACCOMPLICE = 'accomplice';

const move = (by: 0 | 1, type: ShortType, data: Move['data'] = {}): Move => ({ by, type, data });
const joins = (by: 0 | 1, more: Move['data'] = {}): Move =>
  move(by, 'learner.registered', { ...PERSON, uln: ULN, localId: 'x-a', ...more });

const TRAINERS = ['x-provider', 'x-college', 'x-employer', 'x-funder'];
const VOUCHERS = ['x-careers', 'x-council'];
const SPEAKERS = ['x-careers', 'x-provider', 'x-school', 'x-college', 'x-yot', 'x-social'];
const REFERRERS = ['x-careers', 'x-school', 'x-college', 'x-yot', 'x-jobcentre', 'x-social'];
const starts = (by: 0 | 1): Move => move(by, 'programme.started', { programmeId: 'x-1' });

const assesses = (assessmentId: string, more: Move['data'] = {}): Move =>
  move(0, 'assessment.recorded', {
    assessmentId,
    framework: 'initial',
    domain: 'literacy',
    assessedOn: '2026-01-15',
    supersedes: undefined,
    ...more,
  });

export const PLOYS: readonly Ploy[] = [
  { attackers: [['x-careers']], moves: [joins(0), move(0, 'learner.adviser-assigned', { role: 'personal-adviser' })] },
  { attackers: [['x-yot', 'x-social']], moves: [joins(0), move(0, 'learner.adviser-assigned', { role: 'dedicated-adviser' })] },
  { attackers: [['x-careers']], moves: [joins(0), move(0, 'learner.adviser-ended', { role: 'personal-adviser' })] },
  { attackers: [TRAINERS], moves: [joins(0), move(0, 'referral.made', { route: 'self', to: 'x-provider' }), starts(0)] },
  {
    attackers: [TRAINERS],
    moves: [joins(0), starts(0), move(0, 'consent.given', { consentId: 'x-1', evidence: 'form-1', recipients: ['provider', 'college'] })],
  },
  { attackers: [TRAINERS, VOUCHERS], moves: [joins(0), joins(1), starts(0), move(1, 'tie.confirmed', { agency: ACCOMPLICE })] },
  {
    attackers: [TRAINERS, VOUCHERS],
    moves: [
      joins(1),
      joins(0),
      move(1, 'tie.confirmed', { agency: ACCOMPLICE, relationship: 'referred-to' }),
      move(0, 'referral.made', { to: 'x-provider', route: 'self' }),
    ],
  },
  {
    attackers: [VOUCHERS, VOUCHERS],
    moves: [joins(0), joins(1), move(1, 'tie.confirmed', { agency: ACCOMPLICE, relationship: undefined })],
  },
  {
    attackers: [TRAINERS, ['x-careers']],
    moves: [joins(0), starts(0), joins(1), move(1, 'programme.signed-off', { programmeId: 'x-1', of: ACCOMPLICE })],
  },
  {
    attackers: [TRAINERS, REFERRERS],
    moves: [joins(1), move(1, 'referral.made', { to: ACCOMPLICE, referralId: 'x-1' }), joins(0), starts(0)],
  },
  {
    attackers: [TRAINERS, TRAINERS],
    moves: [joins(0), joins(1), move(0, 'programme.started', { programmeId: 'x-1', deliveredAt: ACCOMPLICE })],
  },
  { attackers: [SPEAKERS], moves: [joins(0), move(0, 'consent.withdrawn', { consentId: IDS.consent, of: 'careers' })] },
  { attackers: [SPEAKERS], moves: [joins(0), move(0, 'consent.withdrawn', { consentId: IDS.consent, of: 'forge' })] },
  { attackers: [SPEAKERS], moves: [joins(0), move(0, 'consent.confirmed', { consentId: IDS.consent })] },
  { attackers: [SPEAKERS], moves: [joins(0), move(0, 'restriction.requested')] },
  { attackers: [SPEAKERS], moves: [joins(0), move(0, 'restriction.lifted', { scope: { categories: ['circumstance'] } })] },
  { attackers: [SPEAKERS], moves: [joins(0), move(0, 'objection.raised')] },
  {
    attackers: [SPEAKERS],
    moves: [
      joins(0),
      move(0, 'consent.given', { consentId: 'x-1' }),
      move(0, 'consent.given', { consentId: 'x-1' }),
      { ...move(0, 'consent.withdrawn', { consentId: IDS.consent, of: 'careers' }), together: true },
    ],
  },
  {
    attackers: [['x-council', 'x-yot', 'x-social', 'x-jobcentre', 'x-careers']],
    moves: [joins(0), move(0, 'learner.corrected', { postcode: 'CV1 1AA', withheld: undefined })],
  },
  {
    attackers: [SPEAKERS],
    moves: [
      joins(0),
      move(0, 'assessment.recorded', { framework: 'initial', domain: 'literacy', assessedOn: '2026-01-31', assessmentId: 'x-1' }),
    ],
  },
  { attackers: [SPEAKERS], moves: [joins(0), assesses('x-1'), move(0, 'assessment.rectified', { assessmentId: 'x-1' })] },
  {
    attackers: [SPEAKERS],
    moves: [joins(0), assesses('x-1'), assesses('x-2', { supersedes: { assessmentId: 'x-1', reason: 'changed-circumstances' } })],
  },
  { attackers: [SPEAKERS], moves: [joins(0), assesses('x-1'), move(0, 'assessment.disputed', { assessmentId: 'x-1' })] },
  { attackers: [TRAINERS], moves: [joins(0), starts(0), move(0, 'programme.left-early', { programmeId: IDS.programme })] },
  { attackers: [SPEAKERS], moves: [joins(0, { givenName: 'Zed' }), joins(0, { familyName: 'Nobody', localId: 'x-b' })] },
];
