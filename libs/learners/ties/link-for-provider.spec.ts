import type { Contribution } from '#contribution';
import { connexions, otherConnexions, otherProvider, provider, type Teller } from '#contribution/fixtures';
import { type Around, kin, left, referral, registered, started, tiesAfter } from '../fixtures/index.ts';
import { withLinkAssigned, withLinkConfirmed } from './circumstances.ts';

type Story = readonly Contribution[];

const known = registered();
const byProvider = registered(provider, { localId: 'p-1' });

describe('link-for-provider', () => {
  const byOther = withLinkAssigned(new Map(), provider.slug, otherConnexions.slug);
  const confirmedToo: Around = { links: withLinkConfirmed(byOther, provider.slug, otherConnexions.slug) };
  const inDistrict: Around = { links: withLinkAssigned(new Map(), provider.slug, connexions.slug) };
  const enrolled = [known, byProvider, started(provider)];
  const vouched = [known, referral(provider), started(provider)];

  it.each<readonly [string, Story, Teller, Around & { readonly has: readonly string[] }]>([
    ['the provider confirmed it', enrolled, otherConnexions, { ...confirmedToo, has: ['link-for-provider'] }],
    [
      'the provider confirmed it and stands',
      vouched,
      otherConnexions,
      { ...confirmedToo, has: ['link-for-provider', 'link-for-standing-provider'] },
    ],
    [
      'the register gives both a district in common',
      enrolled,
      connexions,
      { ...inDistrict, has: ['link-for-provider', 'link-for-standing-provider'] },
    ],
    ['nobody but itself says so', vouched, otherConnexions, { links: byOther, has: [] }],
    ['another was confirmed', vouched, otherConnexions, { links: withLinkConfirmed(byOther, provider.slug, connexions.slug), has: [] }],
    ['it is of another provider', [known, started(otherProvider)], otherConnexions, { ...confirmedToo, has: [] }],
    [
      'the provider says that the learner walked in',
      [known, byProvider, referral(provider, provider)],
      otherConnexions,
      { ...confirmedToo, has: ['link-for-provider'] },
    ],
    ['that was long ago', [known, byProvider, referral(provider, provider)], otherConnexions, { ...confirmedToo, days: 181, has: [] }],
    ['nobody is enrolled there', [known, byProvider], otherConnexions, { ...confirmedToo, has: [] }],
    [
      'nobody is enrolled there any more',
      [...enrolled, left(provider, '2026-01-05')],
      otherConnexions,
      { ...confirmedToo, days: 181, has: [] },
    ],
    [
      'a later one counts',
      enrolled,
      otherConnexions,
      { links: withLinkAssigned(confirmedToo.links ?? new Map(), provider.slug, connexions.slug), has: [] },
    ],
    [
      'a later one does not count',
      enrolled,
      otherConnexions,
      { links: withLinkAssigned(confirmedToo.links ?? new Map(), provider.slug, kin.slug), has: ['link-for-provider'] },
    ],
  ])('%s', (_, story, of, { has, ...around }) => {
    expect(tiesAfter(story, of, around).filter((name) => name.startsWith('link'))).toEqual(has);
  });
});
