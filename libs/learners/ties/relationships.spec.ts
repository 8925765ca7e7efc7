import fc from 'fast-check';
import type { Contribution, Notes, Recorded } from '#contribution';
import {
  college,
  connexions,
  council,
  NOON,
  otherConnexions,
  otherProvider,
  person,
  programme,
  provider,
  recorded,
  school,
  signedOff,
  type Teller,
  told,
  yot,
} from '#contribution/fixtures';
import { addDays } from '#kernel';
import { relationshipBits, type RelationshipName, UNCONFIRMED_ENROLMENT } from '#sharing-protocols';
import { evolveLearner, initialLearner } from './learner.ts';
import { relationshipsOf } from './relationships.ts';

type Given = Contribution & { readonly notes?: Notes };

const DAY = 86_400_000;
const TODAY = '2026-01-05';
const later = (days: number) => ({ now: NOON + days * DAY, today: addDays(TODAY, days) });
const fold = (events: readonly Recorded[]) => events.reduce(evolveLearner, initialLearner);

const bitsAfter = (given: readonly Given[], of: Teller, days = 0, districts: readonly string[] = []): number =>
  relationshipsOf(fold(recorded(...given)), { slug: of.slug, districts }, later(days), new Map());

const names = (...list: readonly RelationshipName[]): number => relationshipBits(list);

const referral = (to: Teller, by: Teller = connexions, more = {}): Given =>
  told(by, 'referral.made', { referralId: 'r-1', to: to.slug, route: 'connexions' }, more);
const declined = (by: Teller): Given =>
  told(by, 'referral.declined', { referralId: 'r-1' }, { notes: { of: 'connexions-north' } });
const started = (by: Teller, more = {}): Given => told(by, 'programme.started', programme('p-1', more));
const left = (by: Teller, leftOn: string): Given =>
  told(by, 'programme.left-early', { programmeId: 'p-1', leftOn, reason: 'job-offer' });
const assigned = (by: Teller, role: 'personal-adviser' | 'link-adviser' | 'key-worker'): Given =>
  told(by, 'learner.adviser-assigned', { name: 'A. Dviser', role });
const signed = (by: Teller = connexions): Given =>
  told(by, 'programme.signed-off', signedOff('p-1'), { notes: { of: 'heath-town-skills' } });

describe('known-to', () => {
  it('begins with a registration', () => {
    const given = [told(provider, 'learner.registered', person)];
    expect(bitsAfter(given, provider)).toBe(names('known-to'));
    expect(bitsAfter(given, otherProvider)).toBe(0);
  });
});

describe('referred-to and referrer-of', () => {
  it('begin with a referral', () => {
    expect(bitsAfter([referral(provider)], provider)).toBe(names('referred-to'));
    expect(bitsAfter([referral(provider)], connexions)).toBe(names('referrer-of'));
    expect(bitsAfter([referral(provider)], otherProvider)).toBe(0);
  });

  it('end when the agency named declines', () => {
    expect(bitsAfter([referral(provider), declined(provider)], provider)).toBe(0);
    expect(bitsAfter([referral(provider), declined(provider)], connexions)).toBe(0);
    expect(bitsAfter([referral(provider), declined(otherProvider)], provider)).toBe(names('referred-to'));
  });

  it('a declined referral leaves that of another referrer with the same id', () => {
    const given = [referral(provider, yot), referral(provider), declined(provider)];
    expect(bitsAfter(given, provider)).toBe(names('referred-to'));
    expect(bitsAfter(given, yot)).toBe(names('referrer-of'));
  });

  it('referred-to ends after 180 days, referrer-of does not', () => {
    expect(bitsAfter([referral(provider)], provider, 180)).toBe(names('referred-to'));
    expect(bitsAfter([referral(provider)], provider, 181)).toBe(0);
    expect(bitsAfter([referral(provider)], connexions, 1000)).toBe(names('referrer-of'));
  });

  it('referred-to ends at enrolment with that agency, and with none other', () => {
    expect(bitsAfter([referral(provider), started(provider)], provider)).toBe(names('enrolled-with'));
    expect(bitsAfter([referral(provider), started(otherProvider)], provider)).toBe(names('referred-to'));
    expect(bitsAfter([referral(provider), started(provider)], connexions)).toBe(names('referrer-of'));
  });
});

describe('enrolled-with', () => {
  it('counts for no clause by itself', () => {
    expect(bitsAfter([started(provider)], provider)).toBe(UNCONFIRMED_ENROLMENT);
  });

  it.each([
    ['a referral named the agency', [referral(provider), started(provider)]],
    ['it names it later', [started(provider), referral(provider, connexions, { at: NOON - 200 * DAY })]],
    ['connexions signed the programme off', [started(provider), signed()]],
  ])('counts once %s', (_, given) => {
    expect(bitsAfter(given, provider)).toBe(names('enrolled-with'));
  });

  it('counts once an application was placed there', () => {
    const choices = [{ agency: provider.slug, provision: 'e2e' }];
    const submitted = told(school, 'application.submitted', { applicationId: 'ap-1', choices });
    const placed = told(council, 'application.placed', { applicationId: 'ap-1', choices });
    expect(bitsAfter([submitted, started(provider)], provider)).toBe(UNCONFIRMED_ENROLMENT | names('applied-to'));
    expect(bitsAfter([submitted, placed, started(provider)], provider)).toBe(names('enrolled-with', 'applied-to'));
  });

  it('is signed off by connexions alone, and for the programme named alone', () => {
    expect(bitsAfter([started(provider), signed(yot)], provider)).toBe(UNCONFIRMED_ENROLMENT);
    const sameId = [started(provider), started(otherProvider), signed()];
    expect(bitsAfter(sameId, provider)).toBe(names('enrolled-with'));
    expect(bitsAfter(sameId, otherProvider)).toBe(UNCONFIRMED_ENROLMENT);
  });

  it.each([
    ['leftOn', left(provider, TODAY)],
    ['on', told(provider, 'programme.moved-on', { programmeId: 'p-1', on: TODAY, destination: '310' })],
  ])('lasts until 180 days after %s', (_, end) => {
    const given = [referral(provider), started(provider), end];
    expect(bitsAfter(given, provider, 180)).toBe(names('enrolled-with'));
    expect(bitsAfter(given, provider, 181)).toBe(0);
  });

  it('does not end with plannedEnd', () => {
    expect(bitsAfter([referral(provider), started(provider)], provider, 2000)).toBe(names('enrolled-with'));
  });

  it('lasts as long as one of several programmes', () => {
    const second = told(provider, 'programme.started', programme('p-2'));
    const given = [referral(provider), started(provider), second, left(provider, TODAY)];
    expect(bitsAfter(given, provider, 181)).toBe(names('enrolled-with'));
  });

  it('an end told by another agency ends nothing', () => {
    const given = [referral(provider), started(provider), left(otherProvider, TODAY)];
    expect(bitsAfter(given, provider, 181)).toBe(names('enrolled-with'));
  });
});

describe('adviser-for', () => {
  it('is of the current adviser of each role', () => {
    expect(bitsAfter([assigned(connexions, 'personal-adviser')], connexions)).toBe(names('adviser-for'));
    const both = [assigned(connexions, 'personal-adviser'), assigned(otherConnexions, 'link-adviser')];
    expect(bitsAfter(both, connexions)).toBe(names('adviser-for'));
    expect(bitsAfter(both, otherConnexions)).toBe(names('adviser-for'));
  });

  it('ends when another of the role is assigned', () => {
    const given = [assigned(connexions, 'personal-adviser'), assigned(yot, 'personal-adviser')];
    expect(bitsAfter(given, connexions)).toBe(0);
    expect(bitsAfter(given, yot)).toBe(names('adviser-for'));
  });

  it('is untouched by a key worker', () => {
    const given = [assigned(connexions, 'personal-adviser'), assigned(provider, 'key-worker')];
    expect(bitsAfter(given, connexions)).toBe(names('adviser-for'));
    expect(bitsAfter(given, provider)).toBe(0);
  });
});

describe('link-for-provider', () => {
  const bits = (given: readonly Given[], days = 0) =>
    relationshipsOf(
      fold(recorded(...given)),
      { slug: otherConnexions.slug, districts: [] },
      later(days),
      new Map([[provider.slug, otherConnexions.slug]]),
    );

  it('is of the link adviser of a provider where the learner is enrolled, confirmed or not', () => {
    expect(bits([started(provider)])).toBe(names('link-for-provider'));
    expect(bits([started(otherProvider)])).toBe(0);
    expect(bits([started(provider), left(provider, TODAY)], 181)).toBe(0);
  });
});

describe('home-institution', () => {
  it.each([
    [school, 'school-course', true],
    [college, 'fe-course', true],
    [college, 'e2e', false],
    [provider, 'fe-course', false],
  ] as const)('%o with %s: %s', (by, kind, is) => {
    const home = bitsAfter([started(by, { kind })], by) & names('home-institution');
    expect(home !== 0).toBe(is);
  });

  it('ends with the course', () => {
    const given = [started(school, { kind: 'school-course' }), left(school, TODAY)];
    expect(bitsAfter(given, school)).toBe(UNCONFIRMED_ENROLMENT);
  });
});

describe('applied-to', () => {
  it('is of every agency among the choices', () => {
    const choices = [college, provider].map(({ slug }) => ({ agency: slug, provision: 'a course' }));
    const given = [told(school, 'application.submitted', { applicationId: 'ap-1', choices })];
    expect(bitsAfter(given, college)).toBe(names('applied-to'));
    expect(bitsAfter(given, provider)).toBe(names('applied-to'));
    expect(bitsAfter(given, school)).toBe(0);
  });
});

describe('resident-area', () => {
  it('is of the agencies whose districts hold the outward code', () => {
    const given = [told(connexions, 'learner.registered', person)];
    expect(bitsAfter(given, council, 0, ['WV1', 'WV2'])).toBe(names('resident-area'));
    expect(bitsAfter(given, council, 0, ['WV10', 'WV11'])).toBe(0);
  });

  it('is nobody’s while no postcode is known', () => {
    expect(bitsAfter([], council, 0, [''])).toBe(0);
  });
});

describe('events that have nothing to do with each other', () => {
  const independent: readonly Given[] = [
    told(connexions, 'learner.registered', person),
    told(provider, 'learner.registered', { ...person, localId: 'p-1' }),
    referral(provider),
    assigned(connexions, 'personal-adviser'),
    assigned(yot, 'link-adviser'),
    started(school, { kind: 'school-course' }),
    told(school, 'application.submitted', { applicationId: 'ap-1', choices: [{ agency: college.slug, provision: 'x' }] }),
  ];
  const everybody = [connexions, provider, school, college, yot, council];
  const districts = ['WV1'];

  it('make the same relationships in any order', () => {
    const bitsOfAll = (given: readonly Given[]) => everybody.map((one) => bitsAfter(given, one, 0, districts));
    const expected = bitsOfAll(independent);
    fc.assert(
      fc.property(fc.shuffledSubarray([...independent], { minLength: independent.length }), (shuffled) => {
        expect(bitsOfAll(shuffled)).toEqual(expected);
      }),
    );
  });
});
