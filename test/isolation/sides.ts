// Two halves of a town that have nothing to do with each other, ten agencies each, which call everything by the same names: what one half
// tells must show in nothing to the other.
import type { CatalogueData, Role, ShortType } from '#catalogue';
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';
import { ulnOf, type Town } from '../journeys/town.ts';
import type { Townsfolk } from '../journeys/townsfolk.ts';

export type Side = 'north' | 'south';
export const SIDES: readonly Side[] = ['north', 'south'];

const ROLES: readonly (readonly [name: string, role: Role])[] = [
  ['careers', 'connexions'],
  ['forge', 'provider'],
  ['anvil', 'provider'],
  ['college', 'college'],
  ['school', 'school'],
  ['yot', 'yot'],
  ['council', 'local-authority'],
  ['social', 'social-services'],
  ['jobcentre', 'jobcentre'],
  ['yoi', 'custody'],
];
const AREA_ROLES: readonly Role[] = ['connexions', 'local-authority', 'yot', 'social-services', 'jobcentre'];
const DISTRICT = { north: 'WV1', south: 'B1' } as const;

export const agenciesOf = (side: Side): readonly Townsfolk[] =>
  ROLES.map(([name, role]) => ({ slug: `${name}-${side}`, roles: [role], districts: AREA_ROLES.includes(role) ? [DISTRICT[side]] : [] }));

/** Of both halves, without whom agreements are not in force. What they pay for, place or plan they may see, so they ask nothing. */
export const SHARED: readonly Townsfolk[] = [
  { slug: 'lsc', roles: ['funder'] },
  { slug: 'ebp-wv', roles: ['ebp'] },
  { slug: 'castings', roles: ['employer'] },
  { slug: 'wv-partnership', roles: ['learning-partnership'] },
];

/** The day on which all is told. */
export const TODAY = '2026-10-20';

/** One whom everything happens to, and one who was declined and whom nobody followed up. */
export const learnersOf = (side: Side): readonly string[] => (side === 'north' ? [ulnOf(901), ulnOf(902)] : [ulnOf(911), ulnOf(912)]);

/** What the other half could name of a learner: ids are alike, so that only the agency tells them apart. */
export const IDS = {
  localId: 'l-1',
  programmeId: 'e2e-1',
  referralId: 'r-1',
  name: 'Example',
  area: 'WV3',
  occupation: 'Joinery',
} as const;

type Told = readonly [by: AgencySlug, ...events: readonly EventToSend[]];

/** Told by one half, in its order. */
export const tellSide = async (town: Town, side: Side): Promise<void> => {
  const [first = '', second = ''] = learnersOf(side);
  const start = [...things(side), ...beginning(side, first)];
  await tellAll(town, side, [...start, ...course(first), ...others(side, first), ...apart(side, second)]);
};

/** Of the first learner up to the start of the programme. */
export const tellBeginning = async (town: Town, side: Side): Promise<void> =>
  tellAll(town, side, [
    ...things(side),
    ...beginning(side, learnersOf(side)[0] ?? ''),
    ['jobcentre', registered(side, learnersOf(side)[0] ?? '', 'l-1')],
  ]);

const tellAll = async (town: Town, side: Side, all: readonly Told[]): Promise<void> => {
  for (const [by, ...events] of all) {
    await town.tell(`${by}-${side}`, ...events.map((event, n) => ({ ...event, id: `${side}-${by}-${n}-${++told}` })));
  }
};
let told = 0;

const about = <Type extends ShortType>(uln: string, type: Type, data: CatalogueData[Type]): EventToSend =>
  ({ type, subject: `uln:${uln}`, data }) as EventToSend;

const registered = (side: Side, uln: string, localId: string): EventToSend => {
  const person = { givenName: 'Sam', familyName: IDS.name, dateOfBirth: '2010-05-06', postcode: `${DISTRICT[side]} 1AA` };
  return about(uln, 'learner.registered', { localId, uln, ...person });
};

/** Of these nobody else is told. */
const things = (side: Side): readonly Told[] => {
  const vacancy = { vacancyId: 'v-1', employer: 'Castings', title: IDS.occupation, area: IDS.area, confidentialTo: `careers-${side}` };
  return [
    ['forge', { type: 'vacancy.listed', data: vacancy }, { type: 'link-adviser.confirmed', data: { by: `careers-${side}` } }],
    ['careers', { type: 'link-adviser.assigned', data: { provider: `forge-${side}`, name: 'Lee Link' } }],
  ];
};

const beginning = (side: Side, uln: string): readonly Told[] => {
  const assessed = { instrument: 'BSA', assessedOn: '2026-09-01', assessor: { name: 'A', role: 'adviser' } } as const;
  return [
    ['careers', registered(side, uln, IDS.localId), about(uln, 'learner.adviser-assigned', { name: 'Pat', role: 'personal-adviser' })],
    [
      'careers',
      about(uln, 'assessment.recorded', {
        ...{ assessmentId: 'a-1', framework: 'initial', domain: 'literacy', ...assessed },
        outcome: { level: 'entry-3', summary: 'Reads.' },
      }),
      about(uln, 'endorsement.given', { endorsementId: 'en-1', programmeKind: 'e2e', expectedLevel: 'level-1' }),
      about(uln, 'referral.made', { referralId: IDS.referralId, to: `forge-${side}`, route: 'connexions', reason: 'wants it' }),
      about(uln, 'placement.sought', { occupation: IDS.occupation, area: IDS.area }),
    ],
    ['forge', about(uln, 'referral.accepted', { referralId: IDS.referralId }), registered(side, uln, IDS.localId)],
    [
      'forge',
      about(uln, 'programme.started', {
        ...{ programmeId: IDS.programmeId, kind: 'e2e', title: 'Entry to employment', startedOn: '2026-09-10', plannedEnd: '2027-03-01' },
      }),
      about(uln, 'assessment.recorded', {
        ...{ assessmentId: 'a-2', framework: 'risk-of-failing', domain: 'whole', ...assessed, assessedOn: '2026-09-11' },
        outcome: { level: 'medium', summary: 'Some.' },
      }),
    ],
  ];
};

const course = (uln: string): readonly Told[] => {
  const { programmeId } = IDS;
  return [
    [
      'forge',
      about(uln, 'programme.agreed', { programmeId, version: '1', objectives: ['read'] }),
      about(uln, 'review.scheduled', {
        reviewId: 'v-1',
        programmeId,
        on: '2026-10-12',
        attendanceRequested: ['personal-adviser'],
        reason: 'housing',
      }),
      about(uln, 'attendance.concern', { programmeId, on: '2026-10-01', kind: 'absent', note: 'No answer.' }),
      about(uln, 'review.held', { reviewId: 'v-1', programmeId, heldOn: '2026-10-12', attendees: ['learner'], summary: 'Well.' }),
      about(uln, 'achievement.recorded', {
        achievementId: 'ac-1',
        kind: 'accredited',
        title: 'Safety',
        level: 'level-1',
        awardedOn: '2026-10-05',
      }),
    ],
    [
      'careers',
      about(uln, 'adviser.informed', { programmeId, on: '2026-09-12' }),
      about(uln, 'programme.signed-off', { programmeId, signedBy: { name: 'Pat', role: 'personal-adviser' }, signedOn: '2026-10-01' }),
    ],
    ['forge', about(uln, 'programme.left-early', { programmeId, leftOn: '2026-10-15', reason: 'job-offer', note: 'Gone.' })],
  ];
};

const others = (side: Side, uln: string): readonly Told[] => [
  ['jobcentre', registered(side, uln, IDS.localId)],
  ['careers', about(uln, 'destination.recorded', { activity: '330', from: '2026-10-16', verifiedOn: '2026-10-17' })],
  [
    'careers',
    about(uln, 'application.submitted', { applicationId: 'ap-1', choices: [{ agency: `college-${side}`, provision: 'Catering' }] }),
    about(uln, 'endorsement.answered', { endorsementId: 'en-1', outcome: 'upheld', reason: 'seen' }),
  ],
  ['college', about(uln, 'offer.made', { offerId: 'of-1', cohort: '2027', provision: 'Catering' })],
  ['yot', registered(side, uln, IDS.localId), about(uln, 'offence.noted', { incident: 'taken a car', order: 'ISSP' })],
  ['yot', about(uln, 'release.planned', { from: `yoi-${side}`, on: '2027-03-01' })],
  ['social', registered(side, uln, IDS.localId), about(uln, 'circumstance.noted', { kind: 'care-status', note: 'In care.' })],
  ['council', registered(side, uln, IDS.localId)],
];

const apart = (side: Side, uln: string): readonly Told[] => [
  ['school', registered(side, uln, 'l-2'), about(uln, 'referral.made', { referralId: 'r-2', to: `anvil-${side}`, route: 'school' })],
  ['anvil', about(uln, 'referral.declined', { referralId: 'r-2', reason: 'full' })],
];
