// Honest ways in: a learner who came by themselves, a hand-over between areas, a school that registers its pupil first, a roll (W3, W6).
import { about, adviser, confirmed, linkAdviser, linkConfirmed, programme, referral, signOff } from '../told.ts';
import { assessment, consent, registration } from '../town.ts';
import { by, clausesOf, PERSON, programmeOf, StandingTown } from './standing-town.ts';

let standing: StandingTown;
beforeAll(async () => {
  standing = await StandingTown.open();
});
afterAll(() => standing.close());

const registered = (agency: string, uln: string, postcode = 'WV1 1AA') => registration(uln, `${agency}-${uln}`, { ...PERSON, postcode });
const seen = async (agency: string, uln: string, purposes?: string): Promise<readonly string[]> =>
  clausesOf(await standing.answerTo(agency, uln, purposes));

describe('a learner who came by themselves', () => {
  /** The careers service of the area has assessed the learner, and does not know of the provider. */
  const selfReferred = async (): Promise<string> => {
    const uln = standing.newUln();
    await standing.tell([
      ...by('careers', registered('careers', uln), adviser(uln), assessment(uln, { assessmentId: `a-${uln}` })),
      ...by(
        'forge',
        registered('forge', uln),
        referral(uln, 'forge', { route: 'self', referralId: `self-${uln}` }),
        programme(uln, programmeOf(uln)),
      ),
    ]);
    return uln;
  };
  const onProgramme = { of: 'forge', on: '2026-09-30' };

  it.each([
    ['informs about the programme', (uln: string) => about(uln, 'adviser.informed', { ...onProgramme, programmeId: programmeOf(uln) })],
    [
      'follows up',
      (uln: string) =>
        about(uln, 'follow-up.made', { ...onProgramme, programmeId: programmeOf(uln), by: 'D. Lal', outcome: 'Settled in.' }),
    ],
    ['signs the programme off', (uln: string) => signOff(uln, programmeOf(uln))],
    ['confirms the tie', (uln: string) => confirmed(uln, 'forge', 'enrolled-with')],
  ])('is enrolled once the careers service %s, and not before', async (_how, voucher) => {
    const uln = await selfReferred();
    expect(await seen('forge', uln)).toEqual(['own']);
    expect(await seen('careers', uln, 'support-learner')).not.toContain('EP5');
    await standing.tell(by('careers', voucher(uln)));
    expect(await seen('forge', uln)).toEqual(expect.arrayContaining(['EP1', 'EP4', 'own']));
    // What the provider said before takes effect with it.
    expect(await seen('careers', uln, 'support-learner')).toContain('EP5');
  });

  it('is on the list of the link adviser from the first, marked as not confirmed', async () => {
    const uln = await selfReferred();
    await standing.tell([...by('careers-south', linkAdviser('forge')), ...by('forge', linkConfirmed('careers-south'))]);
    const linked = (await standing.answerTo('careers-south', uln, 'deliver-programme')).items;
    expect(linked.map(({ clause, confirmed: mark }) => [clause, mark])).toEqual(
      ['learner.registered', 'referral.made', 'programme.started'].map(() => ['e2e-passport@1#EP7', false]),
    );
    await standing.tell(by('careers', signOff(uln, programmeOf(uln))));
    const { items } = await standing.answerTo('careers-south', uln, 'deliver-programme');
    expect(items.map(({ confirmed: mark }) => mark)).toEqual(items.map(() => undefined));
    expect(items.find(({ category }) => category === 'adviser')).toMatchObject({ level: 'existence', data: { role: 'personal-adviser' } });
  });
});

describe('a hand-over between areas', () => {
  it('makes the other service adviser: it was referred to, and what it reads the former reads no more', async () => {
    const uln = await standing.honestLearner();
    const support = 'support-learner, prevent-reoffending';
    await standing.tell(by('careers', referral(uln, 'careers-south', { route: 'out-of-area', referralId: `over-${uln}` })));
    expect(await seen('careers-south', uln, support)).toEqual([]);
    await standing.tell(by('careers-south', about(uln, 'referral.accepted', { referralId: `over-${uln}`, of: 'careers' }), adviser(uln)));
    expect(await seen('careers-south', uln, support)).toEqual(expect.arrayContaining(['EP5', 'YJ1']));
    expect(await seen('careers', uln, 'prevent-reoffending')).not.toContain('YJ1');
    await standing.tell(by('careers-south', registered('careers-south', uln, 'B1 1AA')));
    await standing.tell(by('careers', about(uln, 'learner.corrected', { postcode: 'B1 1AA', reason: 'Moved.' })));
    expect(await seen('council-south', uln, 'track-participation')).toContain('EL3');
    expect(await seen('council', uln, 'track-participation')).toEqual([]);
  });
});

describe('a school that registers its pupil first', () => {
  const pupil = async (): Promise<string> => {
    const uln = standing.newUln();
    await standing.tell(by('st-chads', registered('st-chads', uln), programme(uln, `course-${uln}`, { kind: 'school-course' })));
    return uln;
  };

  it('stands: it refers the pupil, and its word brings the pupil to the area where they live', async () => {
    const uln = await pupil();
    expect(await seen('council', uln, 'guarantee-place')).toEqual(['SG2']);
    await standing.tell(by('st-chads', referral(uln, 'forge', { route: 'school', referralId: `r-${uln}` })));
    await standing.tell(
      by('forge', about(uln, 'referral.accepted', { referralId: `r-${uln}`, of: 'st-chads' }), programme(uln, programmeOf(uln))),
    );
    await standing.tell(
      by('forge', about(uln, 'attendance.concern', { programmeId: programmeOf(uln), on: '2026-09-20', kind: 'absence' })),
    );
    expect(await seen('forge', uln, 'deliver-programme')).toEqual(['EP1', 'EP2', 'own']);
    expect(await seen('st-chads', uln, 'support-learner')).toEqual(['EP13', 'own']);
  });

  it('is home institution: with consent it reads of the programme that its pupil attends', async () => {
    const uln = await pupil();
    await standing.tell(by('st-chads', referral(uln, 'forge', { route: 'school' })));
    await standing.tell(by('forge', registered('forge', uln), programme(uln, programmeOf(uln))));
    await standing.tell(by('forge', consent(uln, `c-${uln}`, { categories: ['programme'], recipients: ['school'] })));
    expect(await seen('st-chads', uln, 'plan-learning')).toEqual(['EP9', 'own']);
  });
});

describe('a roll', () => {
  it('that the authority confirmed before the school registers anybody lets the school in from its first word', async () => {
    const uln = standing.newUln();
    await standing.tell(by('careers', registered('careers', uln), assessment(uln, { assessmentId: `a-${uln}`, framework: 'screening' })));
    await standing.tell([
      ...by('careers', referral(uln, 'forge')),
      ...by('forge', registered('forge', uln), programme(uln, programmeOf(uln))),
    ]);
    await standing.tell(by('council', confirmed(uln, 'st-chads', 'home-institution')));
    await standing.tell(by('careers', consent(uln, `c-${uln}`, { categories: ['programme'], recipients: ['school'] })));
    expect((await standing.answerTo('st-chads', uln)).status).toBe(404);
    await standing.tell(by('st-chads', registered('st-chads', uln), programme(uln, `course-${uln}`, { kind: 'school-course' })));
    expect(await seen('st-chads', uln, 'plan-learning')).toEqual(['EP9', 'own']);
  });

  it('that an authority of elsewhere confirmed does not', async () => {
    const uln = standing.newUln();
    await standing.tell(by('careers', registered('careers', uln)));
    await standing.tell(by('council-south', registered('council-south', uln, 'B1 1AA'), confirmed(uln, 'st-chads', 'home-institution')));
    await standing.tell(by('st-chads', registered('st-chads', uln, 'B1 1AA'), programme(uln, `course-${uln}`, { kind: 'school-course' })));
    expect(await seen('st-chads', uln)).toEqual(['own']);
  });
});
