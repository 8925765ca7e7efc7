// The clauses of the other protocols that say what is shown of one learner, as stories.
import { assessment, fresh } from '../town.ts';
import { about, leaving, programme } from '../told.ts';
import {
  adviserFor,
  type ClauseCase,
  enrolledWith,
  item,
  referredTo,
  residentArea,
  scene,
  type Story,
  type Told,
  together,
} from './clause-case.ts';

const p = (uln: string): string => `p-${uln}`;
const risk = (uln: string): Told => item('city-yot', assessment(uln, { framework: 'risk-of-reoffending', domain: 'whole' }));
const offence = (uln: string, shows?: readonly string[]): Told =>
  item('city-yot', about(uln, 'offence.noted', { incident: 'A theft.', outcome: 'Sentenced', order: 'ISSP', until: '2027-02-01' }), shows);
const release = (uln: string): Told => item('city-yot', about(uln, 'release.planned', { from: 'HMYOI', on: '2027-01-10' }));
const conference = (uln: string): Told =>
  item('city-yot', about(uln, 'case-conference.held', { on: '2026-09-20', attendees: ['yot'], decisions: ['Keep on'] }));
const apir = (uln: string): Told =>
  item('careers', assessment(uln, { framework: 'apir', domain: 'whole', factors: [{ code: 'housing', level: 3 }] }), [
    'assessmentId',
    'assessedOn',
    'factors',
  ]);

/** The clauses on early leaving and destinations tell the codes themselves. */
const leavingForge: Story = (uln) => [scene('forge', programme(uln, p(uln))), item('forge', leaving(uln, p(uln)))];
const applied = (uln: string, ...agencies: readonly string[]): Told =>
  item(
    'st-chads',
    about(uln, 'application.submitted', {
      applicationId: fresh('ap'),
      choices: agencies.map((agency) => ({ agency, provision: 'Bricklaying' })),
    }),
  );
/** The ULN where the reader supplied it. */
const MERGED_WITH_ULN = ['uln', 'givenName', 'familyName', 'dateOfBirth', 'postcode', 'statedOn'];
const offered: Story = (uln) => [
  item('wulfrun', about(uln, 'offer.made', { offerId: fresh('of'), cohort: '2026', provision: 'Bricklaying' })),
  applied(uln, 'anvil'),
];
const destination: Story = (uln) => [
  item('st-chads', about(uln, 'destination.recorded', { activity: '310', from: '2026-09-01', verifiedOn: '2026-09-20' })),
];

const CRIMINAL = { basis: '6(1)(e), Art 10', level: 'full' } as const;
const TRACKED = '6(1)(c), 9(2)(g), Art 10';
const YJ = 'youth-justice@1#';
const JUSTICE = { protocol: 'youth-justice' };
const RESIDENT = { level: 'full', relationship: 'resident-area', outsider: 'local-training' } as const;

export const otherProtocols: readonly ClauseCase[] = [
  {
    clause: 'initial-assessment-reuse@1#AR1',
    basis: '6(1)(e)',
    level: 'summary',
    reader: 'wulfrun',
    relationship: 'referred-to',
    purpose: 'plan-learning',
    outsider: 'st-chads',
    consent: { protocol: 'initial-assessment-reuse', categories: ['apir'] },
    lesser: 'e2e-passport@1#EP4',
    story: together(referredTo, (uln) => [apir(uln)]),
  },
  {
    ...CRIMINAL,
    clause: `${YJ}YJ1`,
    reader: 'careers',
    relationship: 'adviser-for',
    purpose: 'prevent-reoffending',
    outsider: 'social',
    story: together(adviserFor, (uln) => [offence(uln), risk(uln), release(uln), conference(uln)]),
  },
  {
    ...CRIMINAL,
    clause: `${YJ}YJ2`,
    reader: 'forge',
    relationship: 'enrolled-with',
    purpose: 'safeguard',
    outsider: 'wulfrun',
    story: together(enrolledWith, (uln) => [risk(uln)]),
  },
  {
    ...CRIMINAL,
    clause: `${YJ}YJ3`,
    level: 'summary',
    reader: 'forge',
    relationship: 'enrolled-with',
    purpose: 'support-learner',
    outsider: 'wulfrun',
    consent: { ...JUSTICE, categories: ['offence'], explicit: true },
    story: together(enrolledWith, (uln) => [offence(uln, ['order', 'until'])]),
  },
  {
    ...CRIMINAL,
    clause: `${YJ}YJ4`,
    reader: 'forge',
    relationship: 'referred-to',
    purpose: 'plan-learning',
    outsider: 'st-chads',
    consent: { ...JUSTICE, categories: ['assessment', 'offence'] },
    story: together(referredTo, (uln) => [item('city-yot', assessment(uln)), release(uln)]),
  },
  {
    ...CRIMINAL,
    clause: `${YJ}YJ4`,
    reader: 'careers',
    relationship: 'adviser-for',
    purpose: 'plan-learning',
    outsider: 'social',
    consent: { ...JUSTICE, categories: ['assessment', 'offence'] },
    story: together(adviserFor, (uln) => [item('city-yot', assessment(uln)), release(uln)]),
  },
  {
    clause: 'early-leaving@1#EL1',
    basis: TRACKED,
    level: 'full',
    reader: 'careers-south',
    relationship: 'adviser-for',
    purpose: 'track-participation',
    outsider: 'city-yot',
    story: together(adviserFor, leavingForge),
  },
  {
    ...RESIDENT,
    clause: 'early-leaving@1#EL1',
    basis: TRACKED,
    reader: 'careers',
    purpose: 'track-participation',
    story: together(residentArea, leavingForge),
  },
  {
    ...RESIDENT,
    clause: 'early-leaving@1#EL1',
    basis: TRACKED,
    reader: 'council',
    purpose: 'track-participation',
    story: together(residentArea, leavingForge),
  },
  {
    ...RESIDENT,
    clause: 'september-guarantee@1#SG1',
    basis: '6(1)(e)',
    reader: 'council',
    purpose: 'guarantee-place',
    story: together(residentArea, offered),
  },
  {
    ...RESIDENT,
    clause: 'september-guarantee@1#SG1',
    basis: '6(1)(e)',
    reader: 'careers',
    purpose: 'guarantee-place',
    story: together(residentArea, offered),
  },
  {
    ...RESIDENT,
    clause: 'activity-survey@1#AS1',
    basis: TRACKED,
    reader: 'council',
    purpose: 'track-participation',
    story: together(residentArea, destination),
  },
  {
    ...RESIDENT,
    clause: 'activity-survey@1#AS1',
    basis: TRACKED,
    reader: 'careers',
    purpose: 'track-participation',
    story: together(residentArea, destination),
  },
  {
    clause: 'applications-brokerage@1#AB1',
    basis: '6(1)(e)',
    level: 'full',
    reader: 'wulfrun',
    relationship: 'applied-to',
    purpose: 'match-provision',
    outsider: 'social',
    merged: MERGED_WITH_ULN,
    story: (uln, reader) => [{ ...applied(uln, 'anvil', reader), tie: true }],
    untied: (uln) => [applied(uln, 'anvil')],
  },
  {
    ...RESIDENT,
    clause: 'applications-brokerage@1#AB1',
    basis: '6(1)(e)',
    reader: 'council',
    purpose: 'match-provision',
    merged: MERGED_WITH_ULN,
    story: together(residentArea, (uln) => [applied(uln, 'anvil', 'wulfrun')]),
  },
  {
    ...RESIDENT,
    clause: 'september-guarantee@1#SG2',
    basis: '6(1)(e)',
    reader: 'council',
    purpose: 'guarantee-place',
    merged: MERGED_WITH_ULN,
    story: together(residentArea, (uln) => [{ ...item('forge', programme(uln, p(uln)), ['kind', 'startedOn']), level: 'existence' }]),
  },
  {
    ...RESIDENT,
    clause: 'september-guarantee@1#SG2',
    basis: '6(1)(e)',
    reader: 'careers',
    purpose: 'guarantee-place',
    merged: MERGED_WITH_ULN,
    story: residentArea,
  },
  ...(['careers', 'council'] as const).map((reader) => ({
    ...RESIDENT,
    clause: 'early-leaving@1#EL3',
    basis: '6(1)(c)',
    reader,
    purpose: 'track-participation',
    merged: MERGED_WITH_ULN,
    story: residentArea,
  })),
];
