// A careers service that nobody asked makes itself adviser of a learner of another area: it displaces nobody (sharing-matrix.md, W3).
import { about, adviser, programme, referral, signOff } from '../told.ts';
import { assessment, consent, registration } from '../town.ts';
import {
  by,
  clausesOf,
  expectNothingGained,
  expectNothingSquatted,
  EXPLICIT,
  INVENTED,
  PERSON,
  programmeOf,
  type Script,
  StandingTown,
} from './standing-town.ts';

let standing: StandingTown;
beforeAll(async () => {
  standing = await StandingTown.open();
});
afterAll(() => standing.close());

const ATTACKER = 'careers-south';

const asAdviser: Script = (uln) =>
  by(
    ATTACKER,
    adviser(uln),
    adviser(uln, 'link-adviser'),
    about(uln, 'learner.adviser-ended', { role: 'personal-adviser', on: '2026-10-01' }),
    about(uln, 'adviser.informed', { programmeId: programmeOf(uln), of: 'forge', on: '2026-09-30' }),
    about(uln, 'programme.queried', { programmeId: programmeOf(uln), of: 'forge', reason: 'Not agreed with us.' }),
    consent(uln, `own-${uln}`, { ...EXPLICIT, recipients: ['connexions', ATTACKER], categories: ['assessment'] }),
    assessment(uln, { assessmentId: `mine-${uln}` }),
    about(uln, 'destination.recorded', { activity: '710', from: '2026-09-11', verifiedOn: '2026-09-30' }),
  );

const known: Script = (uln) => [...by(ATTACKER, registration(uln, `s-${uln}`, { ...PERSON, postcode: 'B1 1AA' })), ...asAdviser(uln)];
const invented: Script = (uln) => [...by(ATTACKER, registration(uln, `s-${uln}`, { ...INVENTED, postcode: 'ZZ9 9ZZ' })), ...asAdviser(uln)];

/** Two services that vouch for each other: neither stands. */
const eachOther: Script = (uln) => [
  ...known(uln),
  ...by(
    'council-south',
    registration(uln, `cs-${uln}`, { ...PERSON, postcode: 'B1 1AA' }),
    about(uln, 'tie.confirmed', { agency: ATTACKER }),
  ),
  ...by(ATTACKER, about(uln, 'tie.confirmed', { agency: 'council-south' }), adviser(uln)),
];

/** As link adviser of the provider, which did not say so. */
const asLinkAdviser: Script = (uln) => [
  ...by(ATTACKER, { type: 'link-adviser.assigned', data: { provider: 'forge', name: 'Lee Link' } }),
  ...known(uln),
];

describe('a careers service that appoints itself', () => {
  it('displaces nobody, reads nothing and is told nothing', () => expectNothingGained(standing, known));
  it('of a person whom it invents, neither', () => expectNothingGained(standing, invented));
  it('before anybody else, of a person whom it invents, takes no place', () => expectNothingSquatted(standing, invented));
  it('gains nothing by another that does not stand either', () => expectNothingGained(standing, eachOther));
  it('gains nothing as link adviser of a provider that did not say so', () => expectNothingGained(standing, asLinkAdviser));

  it('is the adviser once the former service hands the learner over, as it said long before', async () => {
    const uln = await standing.honestLearner();
    await standing.tell(known(uln).slice(0, 2));
    expect(clausesOf(await standing.answerTo(ATTACKER, uln, 'support-learner'))).toEqual(['own']);
    await standing.tell(by('careers', referral(uln, ATTACKER, { route: 'out-of-area' })));
    expect(clausesOf(await standing.answerTo(ATTACKER, uln, 'support-learner, prevent-reoffending'))).toEqual(
      expect.arrayContaining(['EP5', 'YJ1']),
    );
    await standing.tell(by('forge', programme(uln, `p2-${uln}`)));
    await standing.tell(by(ATTACKER, signOff(uln, `p2-${uln}`)));
  });
});
