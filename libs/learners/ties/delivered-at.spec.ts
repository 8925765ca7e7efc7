// An agency that delivers a programme for its provider is as enrolled as that provider, while the programme runs (views.md, part 8).
import type { Contribution } from '#contribution';
import { council, otherConnexions, otherProvider, provider } from '#contribution/fixtures';
import { after, confirmed, left, referral, registered, signed, standingOf, standsOn, started, tiesAfter } from '../fixtures/index.ts';
import { relationshipsChangeAt } from './relationships.ts';

type Story = readonly Contribution[];

const known = registered();
const delivered = started(provider, { data: { deliveredAt: otherProvider.slug, plannedEnd: '2026-12-01' } });
const enrolled = [known, referral(provider), delivered];
const ties = (story: Story, days = 0): readonly string[] => tiesAfter(story, otherProvider, { days });

it.each<readonly [string, Story]>([
  ['the provider was referred to', enrolled],
  ['the programme was signed off', [known, delivered, signed(provider)]],
  ['the provider’s tie was confirmed', [known, delivered, confirmed(provider, council, 'enrolled-with')]],
])('counts where %s, and makes it stand', (_, story) => {
  expect(ties(story)).toEqual(['enrolled-with']);
  expect(standsOn(story, otherProvider, [0])).toEqual([true]);
});

it.each<readonly [string, Story]>([
  ['nobody vouched for the provider', [known, delivered]],
  ['it confirmed the provider itself', [known, delivered, confirmed(provider, otherProvider, 'enrolled-with')]],
  ['it referred to the provider itself', [known, referral(provider, otherProvider), delivered]],
  ['one vouched that does not stand', [known, delivered, signed(provider, otherConnexions)]],
  [
    'another programme was signed off',
    [known, delivered, started(provider, { data: { programmeId: 'p-2' } }), confirmed(provider, provider)],
  ],
  ['its own tie alone was confirmed', [known, delivered, confirmed(otherProvider, council, 'enrolled-with')]],
])('does not where %s', (_, story) => expect(ties(story)).not.toContain('enrolled-with'));

it('ends with the programme, without any days of grace, and lasts as long as nothing ends it', () => {
  const over = [...enrolled, left(provider, '2026-01-15', after(20))];
  const change = relationshipsChangeAt(standingOf(over, { days: 0 })) ?? 0;
  expect(new Date(change).toISOString()).toBe('2026-01-16T00:00:00.000Z');
  expect(ties(over, 20)).toEqual([]);
  expect(tiesAfter(over, provider, { days: 20 })).toEqual(['enrolled-with']);
  expect(ties(enrolled, 300)).toEqual(['enrolled-with']);
});
