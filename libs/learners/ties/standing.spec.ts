import type { Contribution } from '#contribution';
import { college, connexions, council, otherConnexions, otherProvider, provider, school, type Teller, yot } from '#contribution/fixtures';
import {
  after,
  type Around,
  applied,
  assigned,
  confirmed,
  corrected,
  kin,
  left,
  moved,
  noted,
  page,
  referral,
  registered,
  registeredAnywhere,
  schoolCourse,
  signed,
  standingOf,
  standsOn,
  started,
  tiesAfter,
} from '../fixtures/index.ts';
import { FULL, type StandingLevel, NONE, PARTIAL } from './effects.ts';

type Story = readonly Contribution[];

const known = registeredAnywhere();
const byProvider = registeredAnywhere(provider);
const levelAfter = (story: Story, { slug }: Teller, around: Around = {}): StandingLevel => standingOf(story, around).levelOf(slug);

describe('an agency stands', () => {
  it.each<readonly [string, Story, Teller]>([
    ['as the founder', [known], connexions],
    ['where the learner lives', [registered()], council],
    ['where another that stands referred the learner to it', [known, referral(provider)], provider],
    ['where the learner is enrolled, and somebody vouched for it', [known, byProvider, started(provider), signed(provider)], provider],
    ['as an adviser on good ground', [known, moved(page, 'WV1 1AB'), assigned(connexions), moved(page, 'B3 1AA')], connexions],
    ['as a home institution', [registeredAnywhere(school), schoolCourse(school)], school],
    ['where its tie was confirmed', [registered(), byProvider, confirmed(provider, council)], provider],
    ['where it was confirmed that it knows the learner', [registered(), byProvider, confirmed(provider, council, 'known-to')], provider],
  ])('%s', (_, story, agency) => expect(levelAfter(story, agency)).toBe(FULL));

  it('with its contributions alone where the learner only applied', () =>
    expect(levelAfter([known, applied(college, connexions)], college)).toBe(PARTIAL));

  it.each<readonly [string, Story, Teller]>([
    ['it registered the learner second', [known, byProvider], provider],
    ['it refers the learner to itself', [known, byProvider, referral(provider, provider)], provider],
    ['it says that it runs a programme', [known, byProvider, started(provider)], provider],
    ['it says that it is the adviser', [known, registeredAnywhere(otherConnexions), assigned(otherConnexions)], otherConnexions],
    ['it says that the learner lives in its area', [known, registered(otherConnexions, { postcode: 'B3 1AA' })], otherConnexions],
    ['it applied to itself', [known, applied(college, college)], college],
    [
      'it confirmed itself',
      [registered(), registeredAnywhere(otherConnexions), confirmed(otherConnexions, otherConnexions)],
      otherConnexions,
    ],
    ['somebody who does not stand confirmed it', [known, byProvider, confirmed(provider, otherConnexions)], provider],
    [
      'it was confirmed that it knows the learner, whom it never named',
      [registered(), noted(provider), confirmed(provider, council, 'known-to')],
      provider,
    ],
    ['its district holds the postcode, but its service is not one of an area', [registered()], provider],
    ['its legal entity stands, and it does not', [known, registeredAnywhere(kin)], kin],
  ])('not where %s', (_, story, agency) => expect(levelAfter(story, agency)).toBe(NONE));
});

describe('two that do not stand', () => {
  it.each<readonly [string, Story]>([
    ['confirm each other', [confirmed(otherConnexions, otherProvider), confirmed(otherProvider, otherConnexions)]],
    ['refer the learner to each other', [referral(otherConnexions, otherProvider), referral(otherProvider, otherConnexions)]],
    [
      'refer, enrol and sign off',
      [referral(otherProvider, otherConnexions), started(otherProvider), signed(otherProvider, otherConnexions)],
    ],
    [
      'move the learner to each other',
      [moved(otherProvider, 'B3 1AA'), assigned(otherConnexions), referral(otherProvider, otherConnexions)],
    ],
    ['apply for each other', [applied(otherProvider, otherConnexions), applied(otherConnexions, otherProvider)]],
  ])('do not stand because they %s', (_, story) => {
    const standing = standingOf([registered(), registeredAnywhere(otherConnexions), registeredAnywhere(otherProvider), ...story]);
    expect([otherConnexions, otherProvider].map(({ slug }) => standing.levelOf(slug))).toEqual([NONE, NONE]);
    expect(standing.state.effects.full.filter((mark) => mark >= 0)).toHaveLength(1);
  });
});

describe('the founder', () => {
  const enrolled = [registered(provider), started(provider, { data: { plannedEnd: '2026-01-05' } }), left(provider, '2026-01-05')];

  it('stands until 180 days after its last relationship ended, where another stands', () => {
    expect(standsOn(enrolled, provider, [180, 360, 361])).toEqual([true, true, false]);
  });

  it('goes on standing where nobody else stands', () => {
    const alone = [registeredAnywhere(provider), ...enrolled.slice(1)];
    expect(standsOn(alone, provider, [361, 2000])).toEqual([true, true]);
  });

  it('stands for good where it never was more than the founder', () =>
    expect(standsOn([registered(school)], school, [2000])).toEqual([true]));

  it('is whoever registered first', () => {
    expect(levelAfter([byProvider, known], provider)).toBe(FULL);
    expect(levelAfter([byProvider, known], connexions)).toBe(NONE);
  });
});

describe('what an agency said before it stood', () => {
  const waiting = [known, registeredAnywhere(yot), referral(provider, yot)];

  it('has no effect', () => {
    expect(tiesAfter(waiting, provider)).toEqual([]);
    expect(standingOf(waiting).counts({ source: yot.slug, revision: 2 })).toBe(false);
  });

  it.each<readonly [string, Story]>([
    ['another’s later event', [...waiting, referral(yot)]],
    ['a voucher', [registered(), ...waiting.slice(1), confirmed(yot, council)]],
    ['a voucher given before', [registered(), confirmed(yot, council), ...waiting.slice(1)]],
  ])('takes effect by %s', (_, story) => expect(tiesAfter(story, provider)).toEqual(['referred-to']));

  it('takes effect by the register alone, and by a link adviser that is told elsewhere', () => {
    const story = [known, moved(page, 'B3 1AA'), registeredAnywhere(kin), referral(provider, kin)];
    expect(tiesAfter(story, provider)).toEqual([]);
    const { areas } = standingOf([]).circumstances;
    const withKin = { ...areas, covers: (postcode: string) => new Set([...areas.covers(postcode), kin.slug]) };
    const state = standingOf(story);
    expect(levelAfter(story, kin, { areas: withKin })).toBe(FULL);
    expect(state.levelOf(kin.slug)).toBe(NONE);
  });

  it('takes effect through others who stand by it, as far as it reaches', () => {
    const chain = [known, referral(college, school, { id: 'r-3' }), referral(school, provider, { id: 'r-2' }), referral(provider, yot)];
    expect(levelAfter(chain, college)).toBe(NONE);
    expect(levelAfter([...chain, referral(yot)], college)).toBe(FULL);
  });

  it('takes effect for contributions alone where the learner applied, and in full when it stands', () => {
    const story = [known, corrected(college, { contact: '01902 555 010', postcode: 'B3 1AA' }), applied(college, connexions)];
    const said = { source: college.slug, revision: 1 };
    const inPart = standingOf(story);
    expect([inPart.counts(said), inPart.counts(said, FULL)]).toEqual([true, false]);
    expect(standingOf([...story, referral(college)]).counts(said, FULL)).toBe(true);
  });
});

describe('an effect once had', () => {
  const referred = [registered(), referral(otherConnexions), referral(yot, otherConnexions)];

  it('stays when the standing ends; relationships end by their own rules', () => {
    expect(levelAfter(referred, otherConnexions, { days: 170 })).toBe(FULL);
    expect(levelAfter(referred, otherConnexions, { days: 181 })).toBe(NONE);
    expect(tiesAfter(referred, yot, { days: 181 })).toEqual([]);
    expect(standingOf(referred, { days: 181 }).counts({ source: otherConnexions.slug, revision: 2 })).toBe(true);
  });

  it('does not reach what is said afterwards', () => {
    const late = [...referred, referral(provider, otherConnexions, { id: 'r-9', ...after(200) })];
    expect(standingOf(late, { days: 200 }).counts({ source: otherConnexions.slug, revision: 3 })).toBe(false);
    expect(tiesAfter(late, provider, { days: 200 })).toEqual([]);
  });

  it('stays for what waited, once a later event found it', () => {
    const story = [registered(), registeredAnywhere(otherConnexions), referral(otherConnexions), noted(council)];
    expect(standingOf(story, { days: 400 }).counts({ source: otherConnexions.slug, revision: 1 })).toBe(true);
  });
});

describe('asking', () => {
  it('changes nothing: the same answers in any order, twice', () => {
    const story = [registered(), registeredAnywhere(yot), referral(provider, yot), referral(yot), started(provider)];
    const agencies = [connexions, council, yot, provider, school].map(({ slug }) => slug);
    const [one, other] = [standingOf(story), standingOf(story)];
    const forwards = agencies.map((agency) => one.levelOf(agency));
    const backwards = agencies.toReversed().map((agency) => other.levelOf(agency));
    expect(backwards.toReversed()).toEqual(forwards);
    expect(agencies.map((agency) => one.levelOf(agency))).toEqual(forwards);
  });
});
