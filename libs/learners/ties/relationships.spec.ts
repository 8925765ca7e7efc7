import fc from 'fast-check';
import type { Contribution } from '#contribution';
import { college, connexions, council, otherConnexions, provider, school, type Teller, told, yot } from '#contribution/fixtures';
import { relationshipBits } from '#sharing-protocols';
import {
  after,
  applied,
  assigned,
  confirmed,
  noted,
  page,
  referral,
  referralIs,
  registered,
  schoolCourse,
  standingOf,
  started,
  tiesAfter,
  tiesOf,
  town,
} from '../fixtures/index.ts';
import { answeredReferrer, isByTable, referredBy, relationshipsOf } from './relationships.ts';

type Story = readonly Contribution[];

const known = registered();
const byProvider = registered(provider, { localId: 'p-1' });
const ofConnexions = { notes: { of: connexions.slug } };

describe('whether an agency has to do with the learner at all', () => {
  const any = (story: Story, { slug }: Teller, isKnown = false): boolean => relationshipsOf(standingOf(story), slug, isKnown).any;

  it.each<readonly [string, boolean, boolean]>([
    ['it knows the learner under an id of its own', any([known], connexions, true), true],
    ['it runs a programme for the learner, counted or not', any([known, started(provider)], provider), true],
    ['a referral that counts named it', any([known, referral(provider)], provider), true],
    ['a referral named it that does not', any([known, referral(provider, yot)], provider), false],
    ['it only said something', any([known, noted(provider)], provider), false],
    ['somebody applied to it who does not stand', any([known, applied(college, provider)], college), false],
  ])('%s: %#', (_, is, expected) => expect(is).toBe(expected));

  it('known-to is its own, and of no weight', () => {
    const { counting, any: is } = relationshipsOf(standingOf([known, byProvider]), provider.slug, true);
    expect([counting, is]).toEqual([relationshipBits(['known-to']), true]);
  });
});

describe('a relationship of the table', () => {
  it.each([
    ['referred-to', true],
    ['enrolled-with', true],
    ['home-institution', true],
    ['adviser-for', true],
    ['resident-area', true],
    ['known-to', false],
    ['made-referral', false],
    ['referrer-of', false],
    ['link-for-provider', false],
    ['applied-to', false],
  ] as const)('%s makes its agency stand by more than its founding: %s', (name, is) => {
    expect(isByTable({ counting: relationshipBits([name]), any: true })).toBe(is);
  });
});

describe('made-referral', () => {
  const asked = [known, referral(provider)];
  const seen = (story: Story, days: number): boolean => tiesAfter(story, connexions, { days }).includes('made-referral');

  it.each<readonly [string, Story, number]>([
    ['that lapsed', asked, 360],
    ['that was declined', [...asked, referralIs('declined', provider, { ...after(10), ...ofConnexions })], 190],
    ['that was withdrawn', [...asked, referralIs('withdrawn', connexions, after(20))], 200],
  ])('is had of a referral %s for 180 days more', (_, story, last) =>
    expect([seen(story, last), seen(story, last + 1)]).toEqual([true, false]),
  );

  it('is had for good of one that was accepted', () =>
    expect(seen([...asked, referralIs('accepted', provider, ofConnexions)], 2000)).toBe(true));

  it('is not had by one that does not stand', () => expect(tiesAfter([known, referral(provider, yot)], yot)).toEqual([]));
});

describe('an answer', () => {
  const story = [known, referral(provider), referralIs('declined', provider, ofConnexions)];

  it('is seen by whoever asked, for 180 days', () => {
    expect(answeredReferrer(standingOf(story), 2)).toBe(connexions.slug);
    expect(answeredReferrer(standingOf(story, { days: 181 }), 2)).toBeUndefined();
  });

  it('is seen by nobody where the referral has no effect, or there is none', () => {
    expect(
      answeredReferrer(standingOf([known, referral(provider, yot), referralIs('declined', provider, { notes: { of: yot.slug } })]), 2),
    ).toBeUndefined();
    expect(answeredReferrer(standingOf(story), 1)).toBeUndefined();
  });

  it('stands, also where the agency thinks better of it', () => {
    expect(tiesAfter([...story, referralIs('accepted', provider, ofConnexions)], provider)).toEqual([]);
  });

  it('counts when its source stands: what it said before gives way', () => {
    const early = [
      known,
      referral(provider, yot),
      referralIs('declined', provider, { notes: { of: yot.slug } }),
      referral(yot),
      referral(provider, connexions, { id: 'r-2' }),
    ];
    const later = [...early, referralIs('accepted', provider, { notes: { of: yot.slug } })];
    expect(tiesAfter(early, yot)).not.toContain('referrer-of');
    expect(tiesAfter(later, yot)).toContain('referrer-of');
  });
});

describe('the day from which on a referrer sees how it goes', () => {
  it('is that of the first referral which makes it one', () => {
    const story = [
      known,
      referral(provider),
      started(provider),
      referral(provider, connexions, { id: 'r-2', ...after(30) }),
      started(provider, after(40)),
    ];
    expect([...referredBy(standingOf(story, { days: 50 }), connexions.slug)]).toEqual([[provider.slug, '2026-01-05']]);
    expect([...referredBy(standingOf([known, referral(provider)]), connexions.slug)]).toEqual([]);
  });
});

describe('a confirmed tie', () => {
  const enrolled = [known, byProvider, started(provider)];
  const lasts = (story: Story, of: Teller, days: number): readonly boolean[] =>
    [days, days + 1].map((day) => tiesAfter(story, of, { days: day }).includes('enrolled-with'));

  it('holds with a relationship for as long as that lasts', () => {
    expect(lasts([...enrolled, confirmed(provider, council, 'enrolled-with')], provider, 356)).toEqual([true, false]);
  });

  it('holds without one for 180 days', () => {
    expect(lasts([...enrolled, confirmed(provider, council)], provider, 180)).toEqual([true, false]);
  });

  it('holds for a tie that is yet to come', () => {
    const roll = [known, confirmed(school, council, 'home-institution')];
    expect(tiesAfter(roll, school)).toEqual([]);
    expect(tiesAfter([...roll, schoolCourse(school)], school)).toEqual(['home-institution']);
  });

  it.each([
    [council, true],
    [page, true],
    [connexions, true],
    [otherConnexions, false],
    [provider, false],
  ] as const)('by %o: %s', (by, holds) => {
    expect(tiesAfter([...enrolled, confirmed(provider, by, 'enrolled-with')], provider).includes('enrolled-with')).toBe(holds);
  });
});

describe('events that have nothing to do with each other', () => {
  const independent: Story = [
    registered(provider, { localId: 'p-1' }),
    referral(provider),
    assigned(council, 'personal-adviser'),
    assigned(yot, 'dedicated-adviser'),
    schoolCourse(school),
    applied(college, connexions),
    told(connexions, 'intention.recorded', { year: '2026', intended: '310' }),
  ];
  const everybody = [connexions, provider, school, college, yot, council];

  it('make the same relationships in any order', () => {
    const tiesOfAll = (story: Story) => {
      const standing = standingOf([known, ...story], { areas: town });
      return everybody.map((one) => tiesOf(standing, one));
    };
    const expected = tiesOfAll(independent);
    fc.assert(
      fc.property(fc.shuffledSubarray([...independent], { minLength: independent.length }), (shuffled) => {
        expect(tiesOfAll(shuffled)).toEqual(expected);
      }),
    );
  });
});
