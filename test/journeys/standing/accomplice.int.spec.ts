// An accomplice gets nothing by a stranger's referral, application, placing, sign-off or voucher (sharing-matrix.md, W2 and W3).
import { about, adviser, programme, referral, signOff } from '../told.ts';
import { consent, registration } from '../town.ts';
import { by, clausesOf, expectNothingGained, EXPLICIT, INVENTED, PERSON, type Script, StandingTown } from './standing-town.ts';

let standing: StandingTown;
beforeAll(async () => {
  standing = await StandingTown.open();
});
afterAll(() => standing.close());

const STRANGER = 'careers-south';
const ACCOMPLICE = 'anvil';
const joined = (agency: string, uln: string, person: typeof PERSON | typeof INVENTED = PERSON) =>
  registration(uln, `${agency}-${uln}`, { ...person, postcode: 'ZZ9 9ZZ' });
const started = (agency: string, uln: string) => programme(uln, `${agency}-${uln}`, agency === 'st-chads' ? { kind: 'school-course' } : {});

const consentFor = (uln: string) =>
  consent(uln, `acc-${uln}`, {
    ...EXPLICIT,
    recipients: [ACCOMPLICE, 'st-chads'],
    purposes: ['plan-learning', 'support-learner'],
    categories: ['assessment', 'circumstance-special', 'programme'],
  });

const byReferral: Script = (uln) => [
  ...by(STRANGER, joined(STRANGER, uln), referral(uln, ACCOMPLICE, { referralId: `acc-${uln}` }), consentFor(uln)),
  ...by(
    ACCOMPLICE,
    joined(ACCOMPLICE, uln),
    about(uln, 'referral.accepted', { referralId: `acc-${uln}`, of: STRANGER }),
    started(ACCOMPLICE, uln),
  ),
  ...by(STRANGER, { ...signOff(uln, `${ACCOMPLICE}-${uln}`) }, about(uln, 'tie.confirmed', { agency: ACCOMPLICE })),
];

const byApplication: Script = (uln) => {
  const application = {
    applicationId: `acc-${uln}`,
    choices: [
      { agency: ACCOMPLICE, provision: 'Bricklaying' },
      { agency: 'st-chads', provision: 'Sixth form' },
    ],
  };
  return [
    ...by(
      STRANGER,
      joined(STRANGER, uln),
      about(uln, 'application.submitted', application),
      about(uln, 'application.placed', application),
      consentFor(uln),
    ),
    ...by(ACCOMPLICE, joined(ACCOMPLICE, uln), started(ACCOMPLICE, uln)),
    ...by('st-chads', joined('st-chads', uln), started('st-chads', uln)),
  ];
};

/** Each vouches for the other. */
const inCircles: Script = (uln) => [
  ...by('wulfrun', joined('wulfrun', uln), started('wulfrun', uln)),
  ...by(
    'st-chads',
    joined('st-chads', uln),
    started('st-chads', uln),
    referral(uln, 'wulfrun', { route: 'school', referralId: `to-college-${uln}` }),
  ),
  ...by('wulfrun', referral(uln, 'st-chads', { route: 'other-agency', referralId: `to-school-${uln}` })),
];

const ofAnInvention: Script = (uln) => [
  ...by(STRANGER, joined(STRANGER, uln, INVENTED), adviser(uln), referral(uln, ACCOMPLICE, { referralId: `acc-${uln}` }), consentFor(uln)),
  ...by(ACCOMPLICE, joined(ACCOMPLICE, uln, INVENTED)),
];

describe('an accomplice', () => {
  it("gains nothing by a stranger's referral, sign-off and voucher", () => expectNothingGained(standing, byReferral));
  it("gains nothing by a stranger's application and placing", () => expectNothingGained(standing, byApplication));
  it('gains nothing by a circle of strangers', () => expectNothingGained(standing, inCircles));

  it('of a person whom they invent reads of that person alone, and changes no answer about the other', async () => {
    const uln = await standing.honestLearner();
    const attackers = [STRANGER, ACCOMPLICE];
    const before = await standing.answersToOthers(uln, attackers);
    await standing.tell(ofAnInvention(uln));
    expect(await standing.answersToOthers(uln, attackers)).toEqual(before);
    for (const attacker of attackers) {
      const { items } = await standing.answerTo(attacker, uln);
      const sources = items.filter(({ source }) => source !== undefined).map(({ source }) => source.replace('urn:concordat:agency:', ''));
      expect(sources.filter((source) => !attackers.includes(source))).toEqual([]);
      expect(items.find(({ type }) => type.includes('learner.identity'))?.data ?? { familyName: 'Invented' }).toMatchObject({
        familyName: 'Invented',
      });
    }
  });

  it('is referred to once the stranger stands: what was said takes effect from then on', async () => {
    const uln = await standing.honestLearner();
    await standing.tell(byReferral(uln));
    expect(clausesOf(await standing.answerTo(ACCOMPLICE, uln))).toEqual(['own']);
    await standing.tell(by('careers', referral(uln, STRANGER, { route: 'out-of-area' })));
    expect(clausesOf(await standing.answerTo(ACCOMPLICE, uln))).toEqual(expect.arrayContaining(['EP1', 'EP2', 'EP3', 'EP6']));
  });
});
