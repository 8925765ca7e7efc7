// A provider that knows a ULN, and perhaps who it is, makes itself whatever it can: it reads nothing of others (invariant 11).
import type { EventToSend } from '#client';
import { about, leaving, programme, referral } from '../told.ts';
import { assessment, consent, registration } from '../town.ts';
import {
  by,
  clausesOf,
  expectNothingGained,
  expectNothingSquatted,
  EXPLICIT,
  honestStory,
  INVENTED,
  PERSON,
  type Script,
  StandingTown,
} from './standing-town.ts';

let standing: StandingTown;
beforeAll(async () => {
  standing = await StandingTown.open();
});
afterAll(() => standing.close());

const ATTACKER = 'anvil';
const OWN = (uln: string): string => `anvil-${uln}`;

/** Explicit, with evidence, for all that a provider could be shown. */
const ownConsents = (uln: string): readonly EventToSend[] => [
  consent(uln, `own-${uln}`, {
    ...EXPLICIT,
    purposes: ['plan-learning', 'support-learner'],
    categories: ['assessment', 'circumstance', 'circumstance-special', 'programme', 'review', 'achievement'],
    recipients: [ATTACKER, 'provider'],
  }),
  consent(uln, `own-yj-${uln}`, {
    ...EXPLICIT,
    protocol: 'youth-justice',
    purposes: ['support-learner', 'plan-learning'],
    categories: ['offence', 'assessment'],
    recipients: [ATTACKER],
  }),
];

const asIfEnrolled = (uln: string): readonly EventToSend[] => [
  referral(uln, ATTACKER, { referralId: `self-${uln}`, route: 'self' }),
  about(uln, 'referral.accepted', { referralId: `self-${uln}` }),
  programme(uln, OWN(uln)),
  ...ownConsents(uln),
  about(uln, 'consent.confirmed', { consentId: `own-${uln}` }),
];

const registered = (uln: string, person: typeof PERSON | typeof INVENTED, postcode: string): EventToSend =>
  registration(uln, `x-${uln}`, { ...person, postcode });
/** Who the learner is, with an address in another area. */
const truly: Script = (uln) => by(ATTACKER, registered(uln, PERSON, 'B1 1AA'), ...asIfEnrolled(uln));
/** A person of its own, who lives where no agency of the town is responsible. */
const invented: Script = (uln) => by(ATTACKER, registered(uln, INVENTED, 'ZZ9 9ZZ'), ...asIfEnrolled(uln));

/** Everything about its own programme, and about things of others that it guesses. */
const guesses: Script = (uln) => [
  ...truly(uln),
  ...by(
    ATTACKER,
    assessment(uln, { assessmentId: `guess-${uln}` }),
    assessment(uln, {
      assessmentId: `super-${uln}`,
      domain: 'numeracy',
      supersedes: { assessmentId: `a-${uln}`, reason: 'not-comprehensive' },
    }),
    about(uln, 'assessment.disputed', { assessmentId: `a-${uln}`, reason: 'Guessed.', of: 'careers' }),
    about(uln, 'review.held', {
      reviewId: `rv-${uln}`,
      programmeId: `p-${uln}`,
      of: 'forge',
      heldOn: '2026-09-20',
      attendees: ['learner'],
      summary: 'Guessed.',
    }),
    leaving(uln, OWN(uln)),
    leaving(uln, `p-${uln}`),
  ),
];

describe('a provider that knows the number', () => {
  it('and invents the person reads nothing, changes nothing and is told nothing', () => expectNothingGained(standing, invented));
  it('and name and birth date reads nothing, changes nothing and is told nothing', () => expectNothingGained(standing, truly));
  it('and guesses the things of others reads nothing, changes nothing and is told nothing', () => expectNothingGained(standing, guesses));
  it('and registers nobody is told that there is no such learner', () =>
    expectNothingGained(standing, (uln) => by(ATTACKER, ...asIfEnrolled(uln))));

  it('and invents the person, before anybody else, squats on nothing', () => expectNothingSquatted(standing, invented));

  it('and invents a person in another area shows that area this person alone', async () => {
    const uln = await standing.honestLearner();
    await standing.tell(by(ATTACKER, registered(uln, INVENTED, 'B1 1AA'), ...asIfEnrolled(uln)));
    const { items } = await standing.answerTo('careers-south', uln);
    expect(items.map(({ data }) => data['familyName'] ?? data['kind'])).toEqual(['Invented', 'e2e']);
  });

  it('and truly registers the learner first reads nothing of what others add', async () => {
    const uln = standing.newUln();
    await standing.receiptsFor([...truly(uln), ...honestStory(uln)]);
    expect(clausesOf(await standing.answerTo(ATTACKER, uln))).toEqual(['own']);
  });

  it('is shown what it lacks once the careers service takes up its referral, and not before', async () => {
    const uln = await standing.honestLearner();
    await standing.tell(truly(uln));
    expect(clausesOf(await standing.answerTo(ATTACKER, uln))).toEqual(['own']);
    await standing.tell(by('careers', about(uln, 'adviser.informed', { programmeId: OWN(uln), of: ATTACKER, on: '2026-09-30' })));
    // Its own consent, with evidence, now opens what is personal, and still nothing that is sensitive (EP6, YJ3).
    expect(clausesOf(await standing.answerTo(ATTACKER, uln))).toEqual(['EP1', 'EP3', 'EP9', 'YJ2', 'own']);
  });
});
