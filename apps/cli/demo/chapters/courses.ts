// Who is on which programme, and what is out of the ordinary with each.
import type { LeavingReason, ProgrammeKind } from '#catalogue';
import type { ConsentFate } from './consents.ts';

export type Ending =
  | { readonly left: number; readonly reason: LeavingReason; readonly note: string; readonly then: string }
  | { readonly movedOn: number; readonly destination: string; readonly plan: string };

export interface Course {
  readonly name: string;
  readonly postcode: string;
  readonly adviser: 'connexions-north' | 'connexions-south';
  readonly provider: 'black-country-training' | 'heath-town-skills' | 'forge-apprenticeships';
  readonly kind: ProgrammeKind;
  readonly title: string;
  /** Day of the story on which the adviser meets the learner. */
  readonly begins: number;
  readonly consent: ConsentFate;
  /** The adviser assesses literacy at once: what the provider records later is then a repeat. */
  readonly literacy?: string;
  readonly supersedes?: 'not-comprehensive' | 'changed-circumstances';
  readonly signedOff?: 'queried first' | 'never';
  readonly followedUp?: 'never';
  readonly ending?: Ending;
}

const NORTH = { adviser: 'connexions-north' } as const;
const SOUTH = { adviser: 'connexions-south' } as const;
const BCT = { provider: 'black-country-training', kind: 'e2e' } as const;
const HTS = { provider: 'heath-town-skills', kind: 'e2e' } as const;
const FORGE = { provider: 'forge-apprenticeships', kind: 'apprenticeship' } as const;

export const COURSES: readonly Course[] = [
  {
    name: 'Aisha Rahman',
    postcode: 'WV1 3AB',
    ...NORTH,
    ...BCT,
    title: 'E2E: hair and beauty',
    begins: 3,
    consent: 'given',
    literacy: 'entry-3',
  },
  {
    name: 'Ben Hartley',
    postcode: 'WV2 1CD',
    ...NORTH,
    ...BCT,
    title: 'E2E: motor vehicle',
    begins: 5,
    consent: 'withdrawn',
    literacy: 'entry-2',
  },
  { name: 'Chloe Baker', postcode: 'WV3 9EF', ...NORTH, ...HTS, title: 'E2E: retail', begins: 6, consent: 'refused', literacy: 'level-1' },
  {
    name: 'Dev Sandhu',
    postcode: 'WV1 4GH',
    ...NORTH,
    ...HTS,
    title: 'E2E: construction',
    begins: 8,
    consent: 'given',
    literacy: 'entry-3',
    supersedes: 'not-comprehensive',
    ending: { movedOn: 112, destination: '310', plan: 'Bricklaying apprenticeship, induction booked' },
  },
  {
    name: 'Ellie Morgan',
    postcode: 'WV2 2JK',
    ...NORTH,
    ...BCT,
    title: 'E2E: childcare',
    begins: 10,
    consent: 'paused',
    ending: { left: 71, reason: 'personal', note: 'Moved in with her father for a while', then: '619' },
  },
  {
    name: 'Farid Aziz',
    postcode: 'B1 5LM',
    ...SOUTH,
    ...HTS,
    title: 'E2E: warehousing',
    begins: 12,
    consent: 'given',
    literacy: 'entry-2',
    ending: { left: 64, reason: 'job-offer', note: 'Full-time job at a distribution centre', then: '330' },
  },
  {
    name: 'Grace Okafor',
    postcode: 'WV3 7NP',
    ...NORTH,
    ...FORGE,
    title: 'Apprenticeship: dental nursing',
    begins: 14,
    consent: 'renewed',
    literacy: 'level-1',
  },
  {
    name: 'Hamza Iqbal',
    postcode: 'WV1 8QR',
    ...NORTH,
    ...BCT,
    title: 'E2E: catering',
    begins: 17,
    consent: 'resumed',
    literacy: 'entry-3',
    signedOff: 'queried first',
  },
  {
    name: 'Imogen Clarke',
    postcode: 'B2 4ST',
    ...SOUTH,
    ...FORGE,
    title: 'Apprenticeship: engineering',
    begins: 20,
    consent: 'given',
    ending: { movedOn: 126, destination: '320', plan: 'Kept on by the placement employer' },
  },
  {
    name: 'Jay Foster',
    postcode: 'WV2 6UV',
    ...NORTH,
    ...HTS,
    title: 'E2E: land-based',
    begins: 24,
    consent: 'expired',
    literacy: 'entry-2',
    ending: { left: 83, reason: 'dissatisfied', note: 'Wanted more time outdoors', then: '540' },
  },
  {
    name: 'Kasia Nowak',
    postcode: 'WV3 1WX',
    ...NORTH,
    ...BCT,
    title: 'Traineeship: business administration',
    kind: 'traineeship',
    begins: 30,
    consent: 'narrow',
    literacy: 'level-1',
  },
  {
    name: 'Liam Doyle',
    postcode: 'WV1 2YZ',
    ...NORTH,
    ...HTS,
    title: 'E2E: painting and decorating',
    begins: 38,
    consent: 'withdrawn',
    literacy: 'entry-3',
    supersedes: 'changed-circumstances',
    signedOff: 'never',
  },
  {
    name: 'Maya Patel',
    postcode: 'B3 9BC',
    ...SOUTH,
    ...BCT,
    title: 'E2E: sport and leisure',
    begins: 47,
    consent: 'given',
    literacy: 'entry-3',
    followedUp: 'never',
  },
  {
    name: 'Noor Hussain',
    postcode: 'WV2 8DE',
    ...NORTH,
    ...FORGE,
    title: 'Apprenticeship: accountancy',
    begins: 60,
    consent: 'none',
    literacy: 'level-2',
  },
  {
    name: 'Owen Price',
    postcode: 'WV1 6FG',
    ...NORTH,
    ...BCT,
    title: 'E2E: music technology',
    begins: 88,
    consent: 'given',
    literacy: 'entry-3',
    signedOff: 'never',
    followedUp: 'never',
  },
  {
    name: 'Priya Dhillon',
    postcode: 'WV3 5HJ',
    ...NORTH,
    ...HTS,
    title: 'E2E: health and social care',
    begins: 133,
    consent: 'given',
    literacy: 'level-1',
  },
];
