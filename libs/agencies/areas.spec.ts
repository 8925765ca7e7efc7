import type { Role } from '#catalogue';
import { type AgencyWithArea, type AreaIndex, areasOf } from './agencies.ts';

const agency = (slug: string, roles: Role | readonly Role[], districts: readonly string[] = [], entity?: string): AgencyWithArea => ({
  slug,
  roles: typeof roles === 'string' ? [roles] : roles,
  districts,
  ...(entity === undefined ? {} : { entity }),
});
const covering = (areas: AreaIndex, postcode: string): readonly string[] => [...areas.covers(postcode)].sort();

describe('whose area a postcode lies in', () => {
  const areas = areasOf([
    agency('north', 'connexions', ['WV1', 'WV14', 'EC1A']),
    agency('hill', 'connexions', ['WV14 8', 'wv14 9a']),
    agency('council', 'local-authority', ['WV1', 'WV14']),
    agency('city-yot', 'yot', ['WV1']),
    agency('works', 'jobcentre', ['WV14']),
    agency('childrens', 'social-services', ['WV14 8AB']),
    agency('forge', 'provider', ['WV14']),
    agency('ward', ['provider', 'local-authority'], ['B1']),
  ]);

  it.each([
    ['WV1 1AA', ['city-yot', 'council', 'north']],
    ['wv1 1aa', ['city-yot', 'council', 'north']],
    ['WV11AA', ['city-yot', 'council', 'north']],
    ['WV1', ['city-yot', 'council', 'north']],
    ['WV14 1AA', ['council', 'north', 'works']],
    ['WV14', ['council', 'north', 'works']],
    ['EC1A 1BB', ['north']],
    ['B1 1AA', ['ward']],
    ['B11 1AA', []],
    ['EC1 1BB', []],
  ])('is by the outward code: %s', (postcode, slugs) => {
    expect(covering(areas, postcode)).toEqual(slugs);
  });

  it.each([
    ['WV14 8QQ', ['council', 'hill', 'works']],
    ['WV14 8AB', ['childrens', 'council', 'hill', 'works']],
    ['WV148AB', ['childrens', 'council', 'hill', 'works']],
    ['WV14 9AZ', ['council', 'hill', 'works']],
    ['WV14 9BA', ['council', 'north', 'works']],
  ])('is of the longest prefix among agencies of the same role: %s', (postcode, slugs) => {
    expect(covering(areas, postcode)).toEqual(slugs);
  });

  it.each(['', 'BFPO 58', 'ZZ99 3VZ', '14 Mill Lane', 'WV14 8', 'WV1 1AAA'])('is nobody: %j', (postcode) => {
    expect(covering(areas, postcode)).toEqual([]);
  });

  it('is of both where two of a role claim the same', () => {
    const both = areasOf([agency('north', 'connexions', ['WV1']), agency('south', 'connexions', ['WV1', 'WV2'])]);
    expect([covering(both, 'WV1 1AA'), covering(both, 'WV2 1AA')]).toEqual([['north', 'south'], ['south']]);
  });

  it('is known again without being worked out, and forgets no rule when there are many', () => {
    const first = areas.covers('WV1 1AA');
    expect(areas.covers('WV1 1AA')).toBe(first);
    for (let place = 0; place < 20_000; place++) areas.covers(`B${place % 90} ${place % 10}AA${place}`);
    expect(areas.covers('WV1 1AA')).toBe(first);
  });
});

it('gives two agencies a district in common where one is or holds the other', () => {
  const areas = areasOf([
    agency('link', 'connexions', ['WV1', 'WV14 8']),
    agency('forge', 'provider', ['WV14']),
    agency('anvil', 'provider', ['WV10', 'wv1']),
    agency('far', 'provider', ['WV14 9']),
    agency('bare', 'provider'),
  ]);
  const shared = ['forge', 'anvil', 'far', 'bare', 'nobody-known'].filter((slug) => areas.shareDistrict('link', slug));
  expect(shared).toEqual(['forge', 'anvil']);
  expect(shared.every((slug) => areas.shareDistrict(slug, 'link'))).toBe(true);
});

it('knows agencies of one legal entity, and each as one with itself', () => {
  const areas = areasOf([
    agency('yot', 'yot', [], 'council'),
    agency('social', 'social-services', [], 'council'),
    agency('council', 'local-authority'),
    agency('other', 'college'),
  ]);
  expect(areas.sameEntity('yot', 'social')).toBe(true);
  expect(areas.sameEntity('yot', 'council')).toBe(false);
  expect(areas.sameEntity('council', 'other')).toBe(false);
  expect(areas.sameEntity('other', 'other')).toBe(true);
  expect([areas.kinOf('yot'), areas.kinOf('council'), areas.kinOf('unknown')]).toEqual([['social'], [], []]);
});
