// Who may see what: the clauses of sharing-matrix.md that act on lists, as a table of their own.

export type Relationship =
  | 'referred-to'
  | 'enrolled-with'
  | 'adviser-for'
  | 'link-for-provider'
  | 'home-institution'
  | 'resident-area'
  | 'referrer-of'
  | 'made-referral'
  | 'applied-to';

export interface Clause {
  readonly id: string;
  readonly protocol: string;
  /** Categories, or short types. */
  readonly data: readonly string[];
  readonly from: readonly string[] | 'any';
  readonly to: readonly {
    readonly roles: readonly string[];
    readonly with?: readonly Relationship[];
    readonly without?: readonly string[];
  }[];
  readonly purpose: string;
  readonly basis: string;
  readonly consent?: 'required' | 'explicit';
  /** Fields that are left; all where nothing is said. */
  readonly only?: readonly string[];
  readonly leavesOut?: readonly string[];
  /** Fields of which the group is told, not the code. */
  readonly coarse?: readonly string[];
  readonly withoutIdentity?: true;
  /** That there is such a thing; any other clause tells more of it. */
  readonly existence?: true;
}

const E2E = { protocol: 'e2e-passport', basis: '6(1)(e)' };
const ADVISERS = ['connexions', 'yot', 'social-services'];
const TAKING: readonly Relationship[] = ['referred-to', 'enrolled-with'];
const ALL_TIES: readonly Relationship[] = ['referred-to', 'enrolled-with', 'adviser-for'];
const REFERRERS = ['connexions', 'provider', 'school', 'college', 'yot', 'jobcentre', 'social-services'];
const SECRET = ['yot', 'custody', 'social-services'];
const LEAVING = ['reason', 'destination'];
const MERGED = 'merged-identity';

export const CLAUSES: readonly Clause[] = [
  { ...E2E, id: 'EP1', data: [MERGED, 'adviser'], from: 'any', purpose: 'deliver-programme', to: [{ roles: ADVISERS, with: ALL_TIES }] },
  {
    ...{ ...E2E, id: 'EP1', data: [MERGED, 'adviser'], from: 'any', purpose: 'deliver-programme' },
    ...{ to: [{ roles: ['provider', 'college'], with: ALL_TIES, without: SECRET }], leavesOut: ['outcome'] },
  },
  {
    ...{ ...E2E, id: 'EP2', data: ['referral'], from: 'any', purpose: 'deliver-programme' },
    to: [
      { roles: [...REFERRERS, 'local-authority', 'ebp'], with: TAKING },
      { roles: REFERRERS, with: ['made-referral'] },
      { roles: ADVISERS, with: ['adviser-for'] },
    ],
  },
  {
    ...{ ...E2E, id: 'EP3', data: ['assessment'], from: ['connexions', 'provider', 'school', 'college'], purpose: 'plan-learning' },
    ...{ consent: 'required', to: [{ roles: ['connexions', 'provider', 'college'], with: ALL_TIES }] },
  },
  {
    ...{ ...E2E, id: 'EP4', data: ['assessment', 'apir'], from: ['connexions', 'provider', 'school', 'college'], purpose: 'plan-learning' },
    ...{ existence: true, only: ['assessmentId', 'framework', 'domain', 'assessedOn', 'validUntil'] },
    to: [{ roles: ['connexions', 'provider', 'college'], with: ALL_TIES }],
  },
  {
    ...{ ...E2E, id: 'EP5', from: ['provider', 'college', 'school', 'social-services'], purpose: 'support-learner' },
    data: ['programme', 'review', 'placement', 'achievement', 'attendance', 'circumstance', 'programme.moved-on', 'moving-on.planned'],
    ...{ coarse: ['destination'], to: [{ roles: ADVISERS, with: ['adviser-for'] }] },
  },
  {
    ...{ ...E2E, id: 'EP7', data: ['identity'], leavesOut: ['localId', 'uln'], from: ['provider'], purpose: 'deliver-programme' },
    to: [{ roles: ['connexions'], with: ['link-for-provider'] }],
  },
  {
    ...{ ...E2E, id: 'EP7', data: ['referral', 'programme.started', 'leaving'], coarse: LEAVING, from: ['provider'] },
    ...{ purpose: 'deliver-programme', to: [{ roles: ['connexions'], with: ['link-for-provider'] }] },
  },
  {
    ...{ ...E2E, id: 'EP7', data: ['learner.adviser-assigned'], only: ['role'], from: 'any', purpose: 'deliver-programme' },
    to: [{ roles: ['connexions'], with: ['link-for-provider'] }],
  },
  {
    ...{ ...E2E, id: 'EP8', data: ['programme', 'review', 'leaving'], coarse: LEAVING, from: 'any', purpose: 'support-learner' },
    to: [{ roles: ADVISERS, with: ['referrer-of'] }],
  },
  {
    ...{ ...E2E, id: 'EP9', data: ['programme', 'review', 'achievement'], from: ['provider', 'college'], purpose: 'plan-learning' },
    ...{ consent: 'required', to: [{ roles: ['provider', 'college', 'school'], with: [...TAKING, 'home-institution'] }] },
  },
  {
    ...{ ...E2E, id: 'EP11', data: ['endorsement'], from: ['connexions', 'provider', 'college'], purpose: 'plan-learning' },
    to: [
      { roles: ['provider', 'college'], with: TAKING },
      { roles: ADVISERS, with: ['adviser-for'] },
    ],
  },
  {
    ...{ ...E2E, id: 'EP11', data: ['endorsement'], from: ['connexions', 'provider', 'college'], purpose: 'plan-learning' },
    ...{ leavesOut: ['supportNeeds'], to: [{ roles: ['funder'] }] },
  },
  {
    ...{ ...E2E, id: 'EP12', data: ['risk-of-failing'], from: ['connexions', 'provider'], purpose: 'support-learner' },
    to: [
      { roles: ADVISERS, with: ['adviser-for'] },
      { roles: ['provider'], with: TAKING },
    ],
  },
  {
    ...{ ...E2E, id: 'EP13', data: ['attendance'], from: ['provider', 'college'], purpose: 'support-learner' },
    to: [{ roles: ['school'], with: ['referrer-of', 'home-institution'] }],
  },
  {
    ...{
      id: 'AR1',
      protocol: 'initial-assessment-reuse',
      basis: '6(1)(e)',
      data: ['apir'],
      from: ['connexions'],
      purpose: 'plan-learning',
    },
    ...{ consent: 'required', only: ['assessmentId', 'assessedOn', 'factors'], to: [{ roles: ['provider', 'college'], with: TAKING }] },
  },
  {
    ...{ id: 'YJ1', protocol: 'youth-justice', basis: '6(1)(e)', data: ['offence', 'risk-of-reoffending'], from: ['yot', 'custody'] },
    ...{ purpose: 'prevent-reoffending', to: [{ roles: ['connexions'], with: ['adviser-for'] }] },
  },
  {
    ...{ id: 'YJ3', protocol: 'youth-justice', basis: '6(1)(e)', data: ['offence.noted'], from: ['yot'], purpose: 'support-learner' },
    ...{ consent: 'explicit', only: ['order', 'until'], to: [{ roles: ['provider'], with: ['enrolled-with'] }] },
  },
  {
    ...{ id: 'EL1', protocol: 'early-leaving', basis: '6(1)(c)', data: ['leaving'], from: ['provider', 'college', 'school'] },
    purpose: 'track-participation',
    to: [
      { roles: ['connexions'], with: ['adviser-for', 'resident-area'] },
      { roles: ['local-authority'], with: ['resident-area'] },
    ],
  },
  {
    ...{ id: 'EL2', protocol: 'early-leaving', basis: '6(1)(e)', data: ['leaving'], from: ['provider', 'college'] },
    ...{ purpose: 'account-for-funding', to: [{ roles: ['funder'] }], leavesOut: ['note'], coarse: LEAVING },
  },
  {
    ...{ id: 'EL3', protocol: 'early-leaving', basis: '6(1)(c)', data: [MERGED], from: 'any', purpose: 'track-participation' },
    to: [{ roles: ['connexions', 'local-authority'], with: ['resident-area'] }],
  },
  {
    ...{ id: 'SG1', protocol: 'september-guarantee', basis: '6(1)(e)', data: ['offer', 'application'], purpose: 'guarantee-place' },
    from: ['school', 'college', 'provider', 'connexions'],
    to: [{ roles: ['connexions', 'local-authority'], with: ['resident-area'] }],
  },
  {
    ...{ id: 'SG1', protocol: 'september-guarantee', basis: '6(1)(e)', data: ['offer', 'application'], purpose: 'guarantee-place' },
    ...{ from: ['school', 'college', 'provider', 'connexions'], to: [{ roles: ['funder'] }], withoutIdentity: true },
  },
  {
    ...{ id: 'SG2', protocol: 'september-guarantee', basis: '6(1)(e)', data: [MERGED], from: 'any', purpose: 'guarantee-place' },
    to: [{ roles: ['connexions', 'local-authority'], with: ['resident-area'] }],
  },
  {
    ...{
      id: 'SG2',
      protocol: 'september-guarantee',
      basis: '6(1)(e)',
      data: ['programme.started'],
      from: 'any',
      purpose: 'guarantee-place',
    },
    ...{ only: ['kind', 'startedOn'], to: [{ roles: ['connexions', 'local-authority'], with: ['resident-area'] }] },
  },
  {
    ...{
      id: 'SF1',
      protocol: 'starts-and-finishes',
      basis: '6(1)(e)',
      data: ['programme.started', 'programme.left-early', 'programme.moved-on'],
    },
    ...{ from: ['provider', 'college'], purpose: 'account-for-funding', leavesOut: ['note'], coarse: LEAVING, to: [{ roles: ['funder'] }] },
  },
  {
    ...{
      id: 'SF2',
      protocol: 'starts-and-finishes',
      basis: '6(1)(e)',
      data: ['programme.started', 'programme.left-early', 'programme.moved-on'],
    },
    ...{ from: ['provider', 'college'], purpose: 'track-participation', leavesOut: ['note'], coarse: LEAVING },
    to: [{ roles: ['connexions'], with: ['resident-area'] }],
  },
  {
    ...{ id: 'SF3', protocol: 'starts-and-finishes', basis: '6(1)(e)', data: ['job'], from: ['connexions'], purpose: 'plan-provision' },
    ...{ coarse: ['activity'], leavesOut: ['until'], to: [{ roles: ['funder'] }], withoutIdentity: true },
  },
  {
    ...{ id: 'AS1', protocol: 'activity-survey', basis: '6(1)(c)', data: ['destination'], from: ['connexions', 'school', 'college'] },
    ...{ purpose: 'track-participation', to: [{ roles: ['local-authority', 'connexions'], with: ['resident-area'] }] },
  },
  {
    ...{ id: 'AB1', protocol: 'applications-brokerage', basis: '6(1)(e)', data: ['application', MERGED], from: ['school', 'connexions'] },
    purpose: 'match-provision',
    to: [
      { roles: ['provider', 'college', 'school'], with: ['applied-to'] },
      { roles: ['local-authority'], with: ['resident-area'] },
    ],
  },
  {
    ...{ id: 'PM3', protocol: 'placement-matching', basis: '6(1)(e)', data: ['placement.sought'], from: ['provider', 'connexions'] },
    ...{ purpose: 'match-placement', consent: 'required', only: ['occupation', 'area'], to: [{ roles: ['ebp', 'connexions'] }] },
  },
  {
    ...{ id: 'PM3', protocol: 'placement-matching', basis: '6(1)(e)', data: ['identity'], from: ['provider', 'connexions'] },
    ...{ purpose: 'match-placement', consent: 'required', only: ['givenName'], to: [{ roles: ['ebp', 'connexions'] }] },
  },
];
