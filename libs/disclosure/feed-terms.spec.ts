import { college, connexions, council, provider, school } from '#contribution/fixtures';
import { GateTown } from './fixtures/index.ts';
import { Gate } from './gate.ts';
import { Registers } from './in-force.ts';
import { type FeedTerms, touchedBetween } from './feed-terms.ts';

const ALL = [connexions.slug, provider.slug, council.slug];

interface Changed {
  readonly entity?: string;
  readonly leaves?: string;
  readonly reachable?: readonly string[];
}

const SKETCH = { sources: [connexions.slug, provider.slug], categories: ['identity', 'referral', 'apir'] } as const;
const isTouched = ([before, after]: readonly [FeedTerms, FeedTerms], ...recipients: readonly string[]): boolean =>
  touchedBetween(before, after)({ ...SKETCH, recipients });

/** Terms of a partnership before something changed, and after. */
const around = async ({ entity, leaves, reachable = ALL }: Changed): Promise<readonly [FeedTerms, FeedTerms]> => {
  const town = await GateTown.open();
  const before = await town.gate.feedTerms(new Set(ALL));
  const { agencies, protocols } = await town.beside();
  const { slug, roles } = provider;
  if (entity !== undefined) await agencies.register({ slug, name: slug, roles, districts: [], entity }, []);
  if (leaves !== undefined) await protocols.leave(leaves, provider.slug);
  const gate = new Gate({ ...town.parts, registers: new Registers(agencies, protocols) });
  return [before, await gate.feedTerms(new Set(reachable))];
};

describe('the terms that feeds rest on', () => {
  it('are as before where nothing changed', async () => {
    const [before, after] = await around({});
    expect(after.digest).toBe(before.digest);
    expect(isTouched([before, after], ...ALL)).toBe(false);
  });

  it('are others for everybody where an agency has another legal entity, whose consents then count for others', async () => {
    const [before, after] = await around({ entity: 'works' });
    expect(after.digest).not.toBe(before.digest);
    expect(isTouched([before, after], school.slug)).toBe(true);
  });

  it('are others for whom something can be encrypted to, or no more', async () => {
    const terms = await around({ reachable: [connexions.slug, provider.slug, school.slug] });
    expect(terms[1].digest).not.toBe(terms[0].digest);
    expect([council.slug, school.slug, connexions.slug].map((slug) => isTouched(terms, slug))).toEqual([true, true, false]);
  });

  it('are others for a party that leaves a protocol, as far as that was about what there is to show', async () => {
    const terms = await around({ leaves: 'initial-assessment-reuse' });
    expect(terms[1].digest).not.toBe(terms[0].digest);
    expect([provider.slug, college.slug, connexions.slug].map((slug) => isTouched(terms, slug))).toEqual([true, false, false]);
    const without = { ...SKETCH, categories: ['identity', 'review'] as const, recipients: [provider.slug] };
    expect(touchedBetween(...terms)(without)).toBe(false);
  });
});
