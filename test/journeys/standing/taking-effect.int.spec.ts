// What an agency said before it stood takes effect when it comes to stand, from then on, and stays (sharing-matrix.md, W2).
import type { EventToSend } from '#client';
import { about, confirmed, programme, referral } from '../told.ts';
import { assessment, consent, registration } from '../town.ts';
import { by, clausesOf, consentOf, EXPLICIT, PERSON, StandingTown } from './standing-town.ts';

let standing: StandingTown;
beforeAll(async () => {
  standing = await StandingTown.open();
});
afterAll(() => standing.close());

const LATE = 'social';
const seen = async (agency: string, uln: string, purposes?: string): Promise<readonly string[]> =>
  clausesOf(await standing.answerTo(agency, uln, purposes));

/** Told by an agency that nobody vouched for. */
const waiting = async (events: (uln: string) => readonly EventToSend[]): Promise<string> => {
  const uln = await standing.honestLearner();
  await standing.tell(by(LATE, registration(uln, `late-${uln}`, { ...PERSON, familyName: 'Renamed', postcode: 'B1 1AA' }), ...events(uln)));
  return uln;
};

/** Each brings the agency to stand. */
const WAYS: readonly (readonly [string, (uln: string) => Promise<void>])[] = [
  ['is vouched for', (uln) => standing.tell(by('careers', confirmed(uln, LATE)))],
  ['is vouched for by the learner', (uln) => standing.tell(by('own-page', confirmed(uln, LATE)))],
  ['is referred to', (uln) => standing.tell(by('careers', referral(uln, LATE)))],
];

describe.each(WAYS)('once an agency %s', (_how, stands) => {
  it('its circumstance reaches the adviser', async () => {
    const uln = await waiting((one) => [about(one, 'circumstance.noted', { kind: 'housing', note: 'WAITED' })]);
    const told = async (): Promise<boolean> =>
      JSON.stringify(await standing.answerTo('careers', uln, 'support-learner')).includes('WAITED');
    expect(await told()).toBe(false);
    await stands(uln);
    expect(await told()).toBe(true);
  });

  it('its withdrawal of a consent holds', async () => {
    const uln = await waiting((one) => [about(one, 'consent.withdrawn', { consentId: consentOf(one), of: 'careers', by: 'learner' })]);
    expect(await seen('forge', uln, 'plan-learning')).toContain('EP3');
    await stands(uln);
    expect(await seen('forge', uln, 'plan-learning')).not.toContain('EP3');
  });

  it('its consent for another opens', async () => {
    const uln = await waiting((one) => [
      consent(one, `late-${one}`, { ...EXPLICIT, purposes: ['support-learner'], categories: ['circumstance'], recipients: ['forge'] }),
    ]);
    await standing.tell(by('careers', about(uln, 'circumstance.noted', { kind: 'housing', note: 'Moves.' })));
    expect(await seen('forge', uln, 'support-learner')).not.toContain('EP10');
    await stands(uln);
    expect(await seen('forge', uln, 'support-learner')).toContain('EP10');
  });

  it('its referral brings the agency that it named, and its postcode moves the learner', async () => {
    const uln = await waiting((one) => [referral(one, 'anvil', { route: 'other-agency' })]);
    expect((await standing.answerTo('anvil', uln)).status).toBe(404);
    expect(await seen('careers-south', uln, 'track-participation')).toEqual([]);
    await stands(uln);
    expect(await seen('anvil', uln, 'deliver-programme')).toEqual(['EP1', 'EP2']);
    expect(await seen('careers-south', uln, 'track-participation')).toEqual(['AS1', 'EL3']);
  });
});

describe('an effect once had', () => {
  it('stays when the standing ends', async () => {
    const uln = await standing.honestLearner();
    const tie = { referralId: `gone-${uln}` };
    await standing.tell(by('careers', about(uln, 'referral.made', { ...tie, to: 'wulfrun', route: 'connexions' })));
    await standing.tell(
      by(
        'wulfrun',
        registration(uln, `w-${uln}`, { ...PERSON, postcode: 'WV1 1AA' }),
        assessment(uln, { assessmentId: `w-${uln}`, domain: 'numeracy' }),
      ),
    );
    await standing.tell(by('wulfrun', about(uln, 'referral.declined', { ...tie, of: 'careers' })));
    expect(await seen('wulfrun', uln)).toEqual(['own']);
    const { items } = await standing.answerTo('forge', uln, 'plan-learning');
    expect(items.map(({ data }) => data['assessmentId'])).toContain('w-ULN');
  });

  it('is none for what it says after that', async () => {
    const uln = await standing.honestLearner();
    const tie = { referralId: `gone-${uln}` };
    await standing.tell(by('careers', about(uln, 'referral.made', { ...tie, to: 'wulfrun', route: 'connexions' })));
    await standing.tell(
      by(
        'wulfrun',
        registration(uln, `w-${uln}`, { ...PERSON, postcode: 'WV1 1AA' }),
        about(uln, 'referral.declined', { ...tie, of: 'careers' }),
      ),
    );
    await standing.tell(
      by(
        'wulfrun',
        programme(uln, `w-${uln}`),
        about(uln, 'consent.withdrawn', { consentId: consentOf(uln), of: 'careers', by: 'learner' }),
      ),
    );
    expect(await seen('forge', uln, 'plan-learning')).toContain('EP3');
    expect(JSON.stringify(await standing.answerTo('careers', uln, 'support-learner'))).not.toContain('w-ULN');
  });
});
