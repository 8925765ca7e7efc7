import type { Contribution, Notes } from '#contribution';
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
  type Teller,
  told,
} from '#contribution/fixtures';
import { addDays, DATA_MANAGER } from '#kernel';
import { evolveLearner, initialLearner } from '../learner.ts';
import { Standing } from './standing.ts';
import { waitingTies } from './waiting.ts';

type Given = Contribution & { readonly notes?: Notes };

const covers = (postcode: string): ReadonlySet<string> => {
  if (postcode.startsWith('WV1')) return new Set([connexions.slug, council.slug]);
  return new Set(postcode.startsWith('B1') ? [otherConnexions.slug] : []);
};
const AREAS = { covers, shareDistrict: () => false, sameEntity: (a: string, b: string) => a === b };
const apart = { notes: { lacks: 'standing' } } as const;

const waits = (given: readonly Given[], { slug }: Teller, days = 0): ReturnType<typeof waitingTies> => {
  const { ties, effects, statements, founder, knownTo } = recorded(...given).reduce(evolveLearner, initialLearner);
  const circumstances = { now: NOON + days * 86_400_000, today: addDays('2026-01-05', days), areas: AREAS, linkAdvisers: new Map() };
  return waitingTies(
    new Standing({ ties, effects, statements, founder, namedInConsents: () => [] }, circumstances),
    slug,
    knownTo.includes(slug),
  );
};

const registered = told(connexions, 'learner.registered', person);
const started = (by: Teller, more = {}) => told(by, 'programme.started', programme('p-1', more), apart);
const course = started(school, { kind: 'school-course' });
const confirmed = (of: Teller, relationship?: 'enrolled-with' | 'home-institution', more = {}) =>
  told(connexions, 'tie.confirmed', { agency: of.slug, ...(relationship === undefined ? {} : { relationship }) }, more);

describe('what waits for a voucher', () => {
  it('is an enrolment that nobody but its provider told of, until somebody vouches for it', () => {
    expect(waits([registered, started(provider)], provider)).toEqual(['enrolled-with']);
    expect(waits([registered, started(provider), confirmed(provider, 'enrolled-with')], provider)).toEqual([]);
    expect(waits([registered, started(provider), confirmed(otherProvider, 'enrolled-with')], provider)).toEqual(['enrolled-with']);
  });

  it('is a course at a school, as enrolment and as home institution', () => {
    expect(waits([registered, course], school)).toEqual(['enrolled-with', 'home-institution']);
    expect(waits([registered, course, confirmed(school, 'home-institution')], school)).toEqual(['enrolled-with']);
    expect(waits([registered, course, confirmed(school)], school)).toEqual([]);
    expect(waits([registered, course, confirmed(school)], school, 181)).toEqual(['enrolled-with', 'home-institution']);
  });

  it('is no voucher of somebody who does not stand', () => {
    const accomplice = told(otherProvider, 'tie.confirmed', { agency: provider.slug, relationship: 'enrolled-with' }, apart);
    expect(waits([registered, started(provider), accomplice], provider)).toEqual(['enrolled-with']);
  });

  it('is a provider that refers to itself, or to which a stranger refers, as long as that lasts', () => {
    const referral = (by: Teller) => told(by, 'referral.made', { referralId: 'r-1', to: provider.slug, route: 'self' }, apart);
    const vouched = told(connexions, 'tie.confirmed', { agency: provider.slug, relationship: 'referred-to' });
    for (const by of [provider, otherProvider]) {
      expect(waits([registered, referral(by)], provider)).toEqual(['referred-to']);
      expect(waits([registered, referral(by), vouched], provider)).toEqual([]);
      expect(waits([registered, referral(by)], provider, 181)).not.toContain('referred-to');
    }
    expect(
      waits([registered, told(connexions, 'referral.made', { referralId: 'r-2', to: provider.slug, route: 'connexions' })], provider),
    ).toEqual([]);
  });

  it('is an adviser without a ground', () => {
    expect(waits([registered, told(college, 'learner.adviser-assigned', { name: 'A', role: 'personal-adviser' }, apart)], college)).toEqual(
      ['adviser-for'],
    );
  });

  it('is one that an application names which itself or a stranger sent', () => {
    const choice = { agency: college.slug, provision: 'x' };
    const applied = (by: Teller, more = {}) => told(by, 'application.submitted', { applicationId: 'a-1', choices: [choice] }, more);
    const vouched = told(connexions, 'tie.confirmed', { agency: college.slug, relationship: 'applied-to' });
    expect(waits([registered, applied(connexions)], college)).toEqual([]);
    expect(waits([registered, applied(college, apart)], college)).toEqual(['applied-to']);
    expect(waits([registered, applied(school, apart)], college)).toEqual(['applied-to']);
    expect(waits([registered, applied(school, apart), vouched], college)).toEqual([]);
  });

  it('is an area into which its own agency alone put the learner', () => {
    expect(waits([registered], connexions)).toEqual(['resident-area']);
    expect(waits([told(school, 'learner.registered', person)], connexions)).toEqual([]);
  });

  it('is a stranger in whose area the learner lives by its own word, until the data manager says so', () => {
    const moved = told(otherConnexions, 'learner.corrected', { postcode: 'B1 1AA', reason: 'moved' }, apart);
    const says = (source: string) => ({
      ...told(connexions, 'tie.confirmed', { agency: otherConnexions.slug, relationship: 'resident-area' }),
      source,
    });
    expect(waits([registered, moved], otherConnexions)).toEqual(['resident-area']);
    expect(waits([registered, moved, says(connexions.slug)], otherConnexions)).toEqual(['resident-area']);
    expect(waits([registered, moved, says(DATA_MANAGER)], otherConnexions)).toEqual([]);
  });

  it('is being known alone for one that registered the learner too, and nothing for one that stands, has nothing to say or whose time is over', () => {
    expect(waits([registered, told(provider, 'learner.registered', { ...person, localId: 'x' }, apart)], provider)).toEqual(['known-to']);
    expect(waits([told(otherProvider, 'learner.registered', person)], otherProvider)).toEqual([]);
    expect(waits([registered], provider)).toEqual([]);
    const former = [
      registered,
      told(provider, 'learner.registered', { ...person, localId: 'x' }, { notes: { effects: { full: [provider.slug] } } }),
    ];
    expect(waits(former, provider, 400)).toEqual([]);
    expect(waits([...former, told(provider, 'learner.corrected', { sex: 'female', reason: 'typo' }, apart)], provider, 400)).toEqual([
      'known-to',
    ]);
  });
});
