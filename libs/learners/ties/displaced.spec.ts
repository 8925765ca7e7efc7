// Whose place as an adviser another's has, and since when (sharing-matrix.md, adviser-for and W2; ADR 74).
import type { Contribution } from '#contribution';
import { connexions, otherConnexions, provider, school, type Teller, yot } from '#contribution/fixtures';
import { londonDate } from '#kernel';
import {
  adviserEnded,
  after,
  assigned,
  learnerAfter,
  referral,
  registered,
  registeredAnywhere,
  standingOf,
  started,
  town,
} from '../fixtures/index.ts';
import { withLinkAssigned, withLinkConfirmed } from './circumstances.ts';
import { displacedOf } from './relationships.ts';
import { Standing } from './standing.ts';

type Story = readonly Contribution[];

/** By the places of its assignments in the story. */
const displaced = (story: Story, { slug }: Teller) => [...displacedOf(standingOf(story, { days: 40 }), slug)];

/** Registered by a school on 5 January, at home in the area of connexions-north. */
const known = registered(school, { localId: 's-1' });
const here = [known, assigned(connexions)];
const referred = referral(otherConnexions, connexions, after(2));
const handedOver = [...here, referred, assigned(otherConnexions, 'personal-adviser', after(3))];
const bySouth = registeredAnywhere(otherConnexions, after(1));
const attacked = [...here, bySouth, assigned(otherConnexions, 'personal-adviser', after(1))];

describe('whoever was adviser is displaced', () => {
  it('from the day on which another’s is assigned that has a ground', () => {
    expect(displaced(handedOver, connexions)).toEqual([[1, { since: '2026-01-08' }]]);
  });

  it('until the last who has the place ends', () => {
    expect(displaced([...handedOver, adviserEnded(otherConnexions, after(9))], connexions)).toEqual([
      [1, { since: '2026-01-08', until: '2026-01-14' }],
    ]);
  });

  it('not by who has no ground, and by that one from the day of the ground on', () => {
    expect(displaced(attacked, connexions)).toEqual([]);
    expect(displaced([...attacked, referral(otherConnexions, connexions, after(20))], connexions)).toEqual([[1, { since: '2026-01-25' }]]);
  });

  it('by the first who comes to count, though another was said before', () => {
    const third: Teller = { slug: 'connexions-east', roles: ['connexions'] };
    const story = [...attacked, referral(third, connexions, { ...after(5), id: 'r-3' }), assigned(third, 'personal-adviser', after(5))];
    expect(displaced([...story, referral(otherConnexions, connexions, after(20))], connexions)).toEqual([[1, { since: '2026-01-10' }]]);
  });

  it('from today where the ground is there since the last that was said of the learner', () => {
    const story = [...attacked, referral(provider, connexions), started(provider)];
    const links = withLinkConfirmed(withLinkAssigned(new Map(), provider.slug, otherConnexions.slug), provider.slug, otherConnexions.slug);
    const { ties, effects, statements, founder } = learnerAfter(story);
    const asked = (days: number) => {
      const now = after(days).at;
      const around = { now, today: londonDate(now), areas: town, linkAdvisers: links };
      const standing = new Standing({ ties, effects, statements, founder, namedInConsents: () => [] }, around);
      return [...displacedOf(standing, connexions.slug)];
    };
    expect([asked(30), asked(31)]).toEqual([[[1, { since: '2026-02-04' }]], [[1, { since: '2026-02-05' }]]]);
  });
});

describe('nothing is told of others', () => {
  it('to whoever has the place, or never had a ground', () => {
    expect(displaced(handedOver, otherConnexions)).toEqual([]);
    const stranger = [known, bySouth, assigned(otherConnexions, 'personal-adviser', after(1)), assigned(connexions)];
    expect(displaced(stranger, otherConnexions)).toEqual([]);
  });

  it('to whoever came to have a ground only when another had the place', () => {
    const late = [
      known,
      bySouth,
      assigned(otherConnexions, 'personal-adviser', after(1)),
      assigned(connexions, 'personal-adviser', after(4)),
    ];
    expect(displaced([...late, referral(otherConnexions, connexions, after(20))], otherConnexions)).toEqual([]);
  });

  it('by an assignment to another role, or of a dedicated adviser', () => {
    const asLink = [...here, referred, assigned(otherConnexions, 'link-adviser', after(3))];
    expect(displaced(asLink, connexions)).toEqual([]);
    const dedicated = [known, referral(yot), assigned(yot, 'dedicated-adviser'), assigned(connexions, 'dedicated-adviser', after(3))];
    expect(displaced(dedicated, yot)).toEqual([]);
  });
});
