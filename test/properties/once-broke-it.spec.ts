// The smallest attacks that once broke the property, each kept as it was found.
import type { ShortType } from '#catalogue';
import type { AgencySlug } from '#kernel';
import type { Attack, Strike } from './attacks.ts';
import { openRegisters } from './cast.ts';
import { BEGIN, NobodysWord } from './nobodys-word.ts';
import { IDS, PERSON, ULN } from './stories.ts';
import { World } from './world.ts';

type Blow = Omit<Strike, 'id'>;

const blow = (by: AgencySlug, slot: number, type: ShortType, data: Strike['data']): Blow => ({
  by,
  slot,
  type,
  data,
  subject: `uln:${ULN}`,
  daysAgo: 0,
  together: false,
});
const registers = (by: AgencySlug, slot: number, more: Strike['data'] = {}): Blow =>
  blow(by, slot, 'learner.registered', { ...PERSON, localId: 'x-a', uln: ULN, ...more });
const madeUp = { dateOfBirth: '2009-01-01' };
const assesses = (by: AgencySlug, assessmentId: string, more: Strike['data'] = {}): Blow =>
  blow(by, 1, 'assessment.recorded', {
    assessmentId,
    framework: 'initial',
    domain: 'literacy',
    instrument: 'BSA',
    assessedOn: '2026-01-15',
    assessor: { name: 'A', role: 'tutor' },
    outcome: { summary: 'As seen' },
    ...more,
  });
const consents = (slot: number): Blow =>
  blow('x-college', slot, 'consent.given', {
    consentId: 'x-1',
    protocol: 'youth-justice',
    purposes: ['support-learner'],
    categories: ['offence'],
    recipients: ['provider'],
    givenBy: 'learner',
    method: 'signed-form',
    notice: { id: 'n', version: '1', language: 'en' },
    validFrom: '2026-01-12',
  });

const CASES: readonly (readonly [says: string, story: string, blows: readonly Blow[]])[] = [
  [
    'two made-up registrations tell by ending at one learner that somebody has both names',
    'selfReferred',
    [registers('x-jobcentre', 1, { givenName: 'Zed' }), registers('x-jobcentre', 1, { familyName: 'Nobody', localId: 'x-b' })],
  ],
  [
    'a person made up before under the number draws what the learner says on its own page',
    'movesAway',
    [registers('x-yot', 0, { ...madeUp, postcode: 'CV1 1AA' })],
  ],
  [
    "a person made up before in the council's area takes the learner's place once others are done",
    'throughCareers',
    [registers('x-social', 0, { ...madeUp, postcode: 'WV1 9ZZ' })],
  ],
  [
    'an agency named in the record of a person made up before no longer finds the learner who lives in its area',
    'selfReferred',
    [registers('x-careers', 0, madeUp), blow('x-careers', 0, 'referral.made', { referralId: 'x-1', to: 'council', route: 'connexions' })],
  ],
  [
    'a person made up before, corrected until it agrees, draws to itself what others register',
    'throughYot',
    [registers('x-yot', 0, madeUp), blow('x-yot', 1, 'learner.corrected', { ...PERSON, reason: 'Misspelt' })],
  ],
  [
    "a batch tells by what it binds together of which protocol another's consent is",
    'movesAway',
    [
      registers('x-college', 1),
      consents(1),
      consents(5),
      { ...blow('x-college', 5, 'consent.withdrawn', { consentId: IDS.consent, by: 'learner', of: 'careers' }), together: true },
    ],
  ],
  [
    'an own assessment is marked disputed only where the learner was made up',
    'throughYot',
    [
      registers('x-provider', 1),
      assesses('x-provider', 'x-1'),
      blow('x-provider', 1, 'assessment.disputed', { assessmentId: 'x-1', reason: 'Wrong day' }),
    ],
  ],
  [
    'an own assessment is marked superseded only where the learner was made up',
    'throughSchool',
    [
      registers('x-provider', 1),
      assesses('x-provider', 'x-1'),
      assesses('x-provider', 'x-2', { supersedes: { assessmentId: 'x-1', reason: 'changed-circumstances' } }),
    ],
  ],
];

const attackOf = (blows: readonly Blow[]): Attack => blows.map((one, place) => ({ ...one, id: `x-m${place}` }));

describe('no longer', () => {
  let property: NobodysWord;

  beforeAll(async () => {
    const registered = await openRegisters({ now: () => BEGIN });
    property = new NobodysWord(() => new World(registered));
  });

  it.each(CASES)('%s', async (_says, story, blows) => {
    expect(await property.brokenBy(story, attackOf(blows))).toBeUndefined();
  });
});
