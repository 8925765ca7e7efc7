// Each rule finds what it is for, and nothing beside it (views.md, S16).
import { shippedCodes } from '#catalogue';
import { type Fact, factOf } from './facts.ts';
import { findingsIn, RULE_CODES, type RuleCode } from './rules.ts';
import { provisionWord } from '../provision/index.ts';
import { workingDaysAfter } from '../lists/index.ts';

type Told = readonly [type: Fact['type'], data: object, source?: string, toldOn?: string];

const factsOf = (told: readonly Told[]): readonly Fact[] =>
  told.flatMap(([type, data, source = 'bct', toldOn = '2026-10-01'], place) => factOf({ place, type, source }, data, toldOn) ?? []);
const found = (rule: RuleCode, told: readonly Told[], on = '2026-10-10') =>
  findingsIn(factsOf(told), { on, mayAnswer: (agency) => agency !== 'gone', isListed: (word) => LISTED.includes(word) })
    .filter((one) => one.rule === rule)
    .map(({ at }) => at);

/** BCT lists that, by its title and its id. */
const LISTED = ['Motor vehicle', 'bct-1'].map((text) => provisionWord('bct', text));
const applied = (agency: string, provision: string, more: object = {}): Told => [
  'application.submitted',
  {
    applicationId: 'a',
    choices: [
      { agency: 'bct', provision: 'BCT-1' },
      { agency, provision },
    ],
    ...more,
  },
];

const registered = (more: object = {}): Told => ['learner.registered', { dateOfBirth: '2010-05-06', uln: '1', postcode: 'WV1', ...more }];
const start = (startedOn: string, more: object = {}): Told => ['programme.started', { programmeId: 'p', kind: 'e2e', startedOn, ...more }];
const left = (leftOn: string, programmeId = 'p'): Told => ['programme.left-early', { programmeId, leftOn }];
const does = (activity: string, from = '2026-10-02'): Told => ['destination.recorded', { activity, from, verifiedOn: from }];

const achieved = (level: string | undefined): Told => [
  'achievement.recorded',
  { kind: 'accredited', title: `Of ${level ?? 'no level'}`, ...(level !== undefined && { level }), awardedOn: '2026-09-01' },
];

const offered = (cohort: string): Told => ['offer.made', { offerId: 'o', cohort, provision: 'Joinery' }];

const CASES: Readonly<
  Record<RuleCode, { readonly wrong: readonly Told[]; readonly right: readonly Told[]; readonly at?: readonly number[] }>
> = {
  'end-before-start': { wrong: [start('2026-09-10'), left('2026-09-09')], right: [start('2026-09-10'), left('2026-09-10')], at: [1] },
  'start-before-14': { wrong: [registered(), start('2024-05-05')], right: [registered(), start('2024-05-06')], at: [1] },
  'start-too-far-ahead': { wrong: [start('2027-01-09')], right: [start('2027-01-08')] },
  'leaver-without-start': { wrong: [left('2026-09-10', 'q'), start('2026-09-01')], right: [left('2026-09-10'), start('2026-09-01')] },
  'two-school-courses': {
    wrong: [start('2026-09-01', { kind: 'school-course' }), start('2026-09-20', { kind: 'school-course', programmeId: 'q' })],
    right: [
      start('2026-09-01', { kind: 'school-course' }),
      left('2026-09-20'),
      start('2026-09-20', { kind: 'school-course', programmeId: 'q' }),
    ],
    at: [1],
  },
  'destination-contradicts': {
    wrong: [start('2026-09-01'), does('619')],
    right: [start('2026-09-01'), left('2026-10-01'), does('619')],
    at: [1],
  },
  'activity-stale': { wrong: [does('619', '2026-07-10')], right: [does('619', '2026-07-11')] },
  'residence-missing': {
    wrong: [registered({ postcode: undefined })],
    right: [registered({ postcode: undefined }), ['learner.corrected', { postcode: 'WV1' }]],
  },
  'code-unknown': {
    wrong: [does('999'), achieved('NVQ 2'), ['endorsement.given', { expectedLevel: 'high' }], offered('2027/28'), offered('12027')],
    right: [does('619'), achieved('level-2'), achieved(undefined), ['endorsement.given', { expectedLevel: 'entry-3' }], offered('2027')],
    at: [0, 1, 2, 3, 4],
  },
  'review-after-end': {
    wrong: [start('2026-09-01'), left('2026-09-20'), ['review.held', { programmeId: 'p', heldOn: '2026-09-21' }]],
    right: [start('2026-09-01'), left('2026-09-20'), ['review.held', { programmeId: 'p', heldOn: '2026-09-20' }]],
    at: [2],
  },
  'uln-missing': {
    wrong: [['learner.registered', {}, 'bct', '2026-08-28']],
    right: [['learner.registered', {}, 'bct', '2026-08-29']],
  },
  'referral-to-non-party': { wrong: [['referral.made', { to: 'gone' }]], right: [['referral.made', { to: 'hts' }]] },
  'assessment-valid-too-long': {
    wrong: [['assessment.recorded', { assessedOn: '2026-09-01', validUntil: '2028-09-02' }]],
    right: [['assessment.recorded', { assessedOn: '2026-09-01', validUntil: '2028-09-01' }]],
  },
  'provision-unknown': {
    wrong: [applied('wulfrun', 'Motor vehicle'), applied('bct', 'Motors', { applicationId: 'b' })],
    right: [applied('bct', 'Motors'), applied('bct', 'motor VEHICLE')],
    at: [0, 1],
  },
  'achievement-twice': {
    wrong: [
      ['achievement.recorded', { kind: 'accredited', title: 'First Aid', awardedOn: '2026-09-01' }],
      ['achievement.recorded', { kind: 'accredited', title: 'first-aid', awardedOn: '2026-10-02' }],
      ['achievement.recorded', { kind: 'accredited', title: 'First Aid', awardedOn: '2026-11-03' }],
    ],
    right: [
      ['achievement.recorded', { kind: 'accredited', title: 'First Aid', awardedOn: '2026-09-01' }],
      ['achievement.recorded', { kind: 'accredited', title: 'First Aid', level: '2', awardedOn: '2026-09-01' }],
    ],
    at: [1],
  },
};

const cases = RULE_CODES.map((rule) => [rule, CASES[rule]] as const);

describe.each(cases)('%s', (rule, { wrong, right, at = [0] }) => {
  it('finds what is wrong, and not what is just right', () => {
    expect(found(rule, wrong)).toEqual(at);
    expect(found(rule, right)).toEqual([]);
  });
});

it('every rule of the table is reckoned, and none that is not there', () => {
  const { codes } = shippedCodes()['data-quality-rules'];
  expect(codes.map(({ code }) => code).sort()).toEqual([...RULE_CODES].sort());
});

describe('of several destinations', () => {
  const verified = (activity: string, from: string, verifiedOn: string): Told => ['destination.recorded', { activity, from, verifiedOn }];
  const neet = verified('619', '2026-10-02', '2026-10-08');

  it('of one day the one verified last stands, whichever was recorded last', () => {
    expect(found('destination-contradicts', [start('2026-09-01'), neet, verified('310', '2026-10-02', '2026-10-03')])).toEqual([1]);
    expect(found('destination-contradicts', [start('2026-09-01'), neet, verified('310', '2026-10-02', '2026-10-09')])).toEqual([]);
    expect(found('destination-contradicts', [start('2026-09-01'), neet, verified('310', '2026-10-02', '2026-10-08')])).toEqual([]);
  });

  it('the latest begun stands, whenever each was verified, and none before it was', () => {
    expect(found('destination-contradicts', [start('2026-09-01'), neet, verified('310', '2026-10-01', '2026-10-09')])).toEqual([1]);
    const ahead = [start('2026-09-01'), neet, verified('310', '2026-10-02', '2026-10-11')];
    expect(found('destination-contradicts', ahead)).toEqual([1]);
    expect(found('destination-contradicts', ahead, '2026-10-11')).toEqual([]);
  });
});

it('another agency’s programme of the same id is another programme', () => {
  const theirs: Told = ['programme.left-early', { programmeId: 'p', leftOn: '2026-01-01' }, 'hts'];
  expect(found('end-before-start', [start('2026-09-10'), theirs])).toEqual([]);
  expect(found('leaver-without-start', [start('2026-09-10'), theirs])).toEqual([1]);
});

it.each([
  ['2026-10-02', '2026-10-16'],
  ['2026-10-03', '2026-10-16'],
  ['2026-10-05', '2026-10-19'],
])('ten working days after %s is %s', (from, to) => {
  expect(workingDaysAfter(from, 10)).toBe(to);
});
