import type { Contribution } from '#contribution';
import { connexions, council, otherConnexions, provider, school, yot } from '#contribution/fixtures';
import {
  after,
  type Around,
  applied,
  assigned,
  confirmed,
  kin,
  moved,
  page,
  referral,
  registered,
  registeredAnywhere,
  standingOf,
  town,
} from '../fixtures/index.ts';

type Story = readonly Contribution[];

const residents = (story: Story, around: Around = {}): readonly string[] => [...standingOf(story, around).residence.agencies].sort();
const waiting = (story: Story): readonly string[] => [...standingOf(story).residence.unconfirmed].sort();

const north = [connexions, council].map(({ slug }) => slug).sort();
const south = [otherConnexions.slug];

/** Registered by a school, whose word moves the learner to WV1. */
const known = registered(school, { localId: 's-1' });

describe('a postcode', () => {
  it.each<readonly [string, Story, readonly string[]]>([
    ['of the first, told by an agency of no area', [known], north],
    ['told by another that stands', [known, moved(school, 'B3 1AA')], south],
    ['told by an agency that it takes out of its own districts', [known, moved(connexions, 'B3 1AA')], south],
    ['told on the learner’s own page', [known, moved(page, 'B3 1AA')], south],
    ['told by an agency where it was resident-area already', [known, moved(connexions, 'WV14 1AA')], north],
    [
      'told by an agency in whose districts another’s latest statement lies',
      [known, moved(page, 'B3 1AA'), referral(connexions, school), moved(connexions, 'WV1 1AB')],
      north,
    ],
    ['of nowhere', [known, moved(school, 'ZZ99 9ZZ')], []],
    ['that is an outward code alone', [known, moved(school, 'B3')], south],
    ['of a longer district', [known, moved(school, 'WV14 8AA')], [otherConnexions.slug, council.slug].sort()],
    ['beside the longer district', [known, moved(school, 'WV14 7AA')], north],
    ['however it is written', [known, moved(school, 'wv148aa')], [otherConnexions.slug, council.slug].sort()],
    ['of a longer district, where the outward code alone is told', [known, moved(school, 'WV14')], north],
  ])('%s moves the learner', (_, story, expected) => {
    expect(residents(story)).toEqual(expected);
    expect(waiting(story)).toEqual([]);
  });

  it.each<readonly [string, Story]>([
    ['told by one that does not stand', [known, registeredAnywhere(provider), moved(provider, 'B3 1AA')]],
    ['told by one that does not stand, of its own area', [known, registered(otherConnexions, { postcode: 'B3 1AA' })]],
    ['told by one to which the learner only applied', [known, applied(provider, school), moved(provider, 'B3 1AA')]],
  ])('%s moves nobody, and waits for nothing', (_, story) => {
    expect(residents(story)).toEqual(north);
    expect(waiting(story)).toEqual([]);
  });
});

describe('an agency’s own statement that the learner lives with it', () => {
  const claimed = [known, referral(otherConnexions, school), moved(otherConnexions, 'B3 1AA')];

  it('does not move the learner to it: the former residence keeps', () => {
    expect(residents(claimed)).toEqual(north);
    expect(waiting(claimed)).toEqual(south);
  });

  it.each<readonly [string, Contribution]>([
    ['another that stands says so', moved(school, 'B3 9ZZ')],
    ['the learner’s page says so', moved(page, 'B3 1AA')],
    ['the learner’s page, or the data manager, confirms it', confirmed(otherConnexions, page, 'resident-area')],
  ])('does as soon as %s', (_, then) => expect(residents([...claimed, then])).toEqual(south));

  it.each<readonly [string, Story]>([
    ['it repeats it', [moved(otherConnexions, 'B3 2AA', after(1))]],
    ['a neighbour confirms it', [confirmed(otherConnexions, connexions, 'resident-area')]],
    ['a neighbour confirms whatever tie it has', [confirmed(otherConnexions, council)]],
    ['one says so that does not stand', [registeredAnywhere(yot), moved(yot, 'B3 1AA')]],
  ])('does not because %s', (_, then) => expect(residents([...claimed, ...then])).toEqual(north));

  it('keeps out the speaker alone: others of the area have it from another', () => {
    expect(residents([registered()])).toEqual([council.slug]);
    expect(waiting([registered()])).toEqual([connexions.slug]);
    expect(residents([registered(council)])).toEqual([connexions.slug]);
  });

  it('is not confirmed by its own legal entity', () => {
    expect(residents([registered(kin, { localId: 'k-1' })])).toEqual([council.slug]);
    expect(residents([registered(kin, { localId: 'k-1' }), referral(connexions, kin), moved(connexions, 'WV1 1AB')])).toEqual([
      council.slug,
    ]);
  });

  it('comes to move the learner, and whoever it made stand is heard: as far as others vouch', () => {
    const story = [known, moved(page, 'B3 1AA'), referral(connexions, school), moved(connexions, 'WV1 1AA'), assigned(connexions)];
    expect(residents(story)).toEqual(north);
  });
});

describe('the residence', () => {
  it('follows the order of what was said, not of what came to count', () => {
    const story = [known, registered(yot, { postcode: 'B3 1AA' }), moved(school, 'WV14 1AA')];
    expect(residents([...story, referral(yot, school)])).toEqual(north);
    expect(residents([known, moved(yot, 'B3 1AA'), referral(yot, school)])).toEqual(south);
  });

  it('stays where it was put when the standing of who said so ends', () => {
    const story = [known, referral(yot, school), moved(yot, 'B3 1AA')];
    expect(residents(story, { days: 400 })).toEqual(south);
  });

  it('follows the register', () => {
    const covers = (postcode: string) => new Set(postcode === 'WV11AB' ? [yot.slug] : []);
    expect(residents([known], { areas: { ...town, covers } })).toEqual([yot.slug]);
  });

  it('is nobody’s while no postcode is known', () => {
    expect(residents([registeredAnywhere(school)])).toEqual([]);
    expect(residents([])).toEqual([]);
  });

  it('remembers when the learner moved away from whom', () => {
    const { left } = standingOf([known, moved(page, 'B3 1AA', after(7))]).residence;
    expect([...left].sort()).toEqual(north.map((slug) => [slug, after(7).at]));
  });
});
