import type { Contribution } from '#contribution';
import { connexions, council, otherConnexions, provider, school, type Teller, yot } from '#contribution/fixtures';
import {
  adviserEnded,
  type Around,
  applied,
  assigned,
  confirmed,
  moved,
  noted,
  page,
  referral,
  referralIs,
  registered,
  registeredAnywhere,
  signed,
  started,
  tiesAfter,
  town,
} from '../fixtures/index.ts';
import { withLinkAssigned, withLinkConfirmed } from './circumstances.ts';

type Story = readonly Contribution[];

const linked = (by: Teller): Around['links'] & object => withLinkAssigned(new Map(), provider.slug, by.slug);
const LINKS: Around = { links: withLinkConfirmed(linked(otherConnexions), provider.slug, otherConnexions.slug) };
const isAdviser = (story: Story, of: Teller, around: Around = {}): boolean => tiesAfter(story, of, around).includes('adviser-for');

/** Registered by a school, at home in the area of connexions-north. */
const known = registered(school, { localId: 's-1' });
const bySouth = registeredAnywhere(otherConnexions);

describe('an agency is adviser', () => {
  it.each<readonly [string, Story, Teller, Around]>([
    ['in whose area the learner lives', [known, assigned(connexions)], connexions, {}],
    [
      'to which the learner was referred, as in a hand-over between areas',
      [known, referral(otherConnexions, school), assigned(otherConnexions)],
      otherConnexions,
      {},
    ],
    [
      'that is link adviser of a provider that stands',
      [known, referral(provider, school), started(provider), assigned(otherConnexions, 'link-adviser')],
      otherConnexions,
      LINKS,
    ],
    [
      'whose tie was confirmed',
      [known, bySouth, assigned(otherConnexions), confirmed(otherConnexions, council, 'adviser-for')],
      otherConnexions,
      {},
    ],
    [
      'whose tie was confirmed before',
      [known, confirmed(otherConnexions, council, 'adviser-for'), assigned(otherConnexions)],
      otherConnexions,
      {},
    ],
    ['that is the founder, and nobody else contributed', [registeredAnywhere(), assigned(connexions)], connexions, {}],
    [
      'that is the founder, and others stand by its own word',
      [registeredAnywhere(), referral(provider), started(provider), applied(school, connexions), noted(school), assigned(connexions)],
      connexions,
      {},
    ],
    [
      'that is the founder, and others signed off by it',
      [registeredAnywhere(), registeredAnywhere(provider), started(provider), signed(provider), assigned(connexions)],
      connexions,
      {},
    ],
    [
      'that is the founder, and others do not stand',
      [registeredAnywhere(), registeredAnywhere(yot), noted(yot), assigned(connexions)],
      connexions,
      {},
    ],
  ])('%s', (_, story, agency, around) => expect(isAdviser(story, agency, around)).toBe(true));

  it.each<readonly [string, Story, Teller, Around]>([
    ['it says so', [known, bySouth, assigned(otherConnexions)], otherConnexions, {}],
    ['it says that the learner lives with it', [known, moved(otherConnexions, 'B3 1AA'), assigned(otherConnexions)], otherConnexions, {}],
    [
      'one referred it that does not stand',
      [known, bySouth, referral(otherConnexions, yot), assigned(otherConnexions)],
      otherConnexions,
      {},
    ],
    [
      'it declined the referral',
      [known, referral(otherConnexions, school), referralIs('declined', otherConnexions), assigned(otherConnexions)],
      otherConnexions,
      {},
    ],
    [
      'it is link adviser of a provider that does not stand',
      [known, registeredAnywhere(provider), started(provider), assigned(otherConnexions, 'link-adviser')],
      otherConnexions,
      LINKS,
    ],
    [
      'the provider did not say that it is its link adviser',
      [known, referral(provider, school), started(provider), assigned(otherConnexions, 'link-adviser')],
      otherConnexions,
      { links: linked(otherConnexions) },
    ],
    ['the learner only applied to it', [known, applied(otherConnexions, school), assigned(otherConnexions)], otherConnexions, {}],
    [
      'another tie was confirmed',
      [known, bySouth, assigned(otherConnexions), confirmed(otherConnexions, council, 'known-to')],
      otherConnexions,
      {},
    ],
    [
      'it is the founder, and another stands by itself',
      [registered(otherConnexions), noted(council), assigned(otherConnexions)],
      otherConnexions,
      {},
    ],
    [
      'it is the founder, and one stands by another’s referral',
      [registeredAnywhere(), referral(school), referral(provider, school, { id: 'r-2' }), noted(provider), assigned(connexions)],
      connexions,
      {},
    ],
    ['another is the founder', [registeredAnywhere(school), assigned(connexions)], connexions, {}],
    ['it appoints a key worker', [known, assigned(connexions, 'key-worker')], connexions, {}],
    ['it appoints a mentor', [known, assigned(connexions, 'mentor')], connexions, {}],
  ])('not where %s', (_, story, agency, around) => expect(isAdviser(story, agency, around)).toBe(false));

  it('not as the founder where another said something that took effect by the register alone', () => {
    const story = [registeredAnywhere(), registeredAnywhere(yot), moved(page, 'B3 1AA')];
    const areas = { ...town, covers: (postcode: string) => new Set(postcode === '' ? [] : [yot.slug]) };
    expect(isAdviser([...story, assigned(connexions)], connexions, { areas })).toBe(false);
    expect(isAdviser([...story, assigned(connexions)], connexions)).toBe(true);
  });
});

describe('an adviser', () => {
  const here = [known, assigned(connexions)];
  const handedOver = [...here, referral(otherConnexions), assigned(otherConnexions)];

  it('remains when the ground is gone: it is asked for once', () => {
    expect(isAdviser([...here, moved(page, 'B3 1AA')], connexions, { days: 400 })).toBe(true);
  });

  it('becomes one when the ground comes later', () => {
    expect(isAdviser([known, bySouth, assigned(otherConnexions), referral(otherConnexions, school)], otherConnexions)).toBe(true);
  });

  it('is displaced by the last of its role that counts', () => {
    expect(isAdviser(handedOver, connexions)).toBe(false);
    expect(isAdviser(handedOver, otherConnexions)).toBe(true);
  });

  it('is not displaced by one without a ground', () => {
    const attacked = [...here, bySouth, assigned(otherConnexions)];
    expect([isAdviser(attacked, connexions), isAdviser(attacked, otherConnexions)]).toEqual([true, false]);
  });

  it('does not come back when the one that displaced it ends', () => {
    const over = [...handedOver, adviserEnded(otherConnexions)];
    expect([isAdviser(over, connexions), isAdviser(over, otherConnexions)]).toEqual([false, false]);
  });

  it('is ended by its own source alone', () => {
    expect(isAdviser([...here, adviserEnded(connexions)], connexions)).toBe(false);
    expect(isAdviser([...here, adviserEnded(council), bySouth, adviserEnded(otherConnexions)], connexions)).toBe(true);
  });

  it('of another role, or a dedicated one, displaces nobody', () => {
    const all = [
      ...here,
      referral(yot),
      assigned(yot, 'dedicated-adviser'),
      referral(otherConnexions, school, { id: 'r-2' }),
      assigned(otherConnexions, 'link-adviser'),
    ];
    expect([connexions, yot, otherConnexions].map((one) => isAdviser(all, one))).toEqual([true, true, true]);
  });
});
