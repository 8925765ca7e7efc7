import type { FeedReadSet, FeedSketch, FeedTerms } from '#disclosure';
import { compileDecisionTable, type ProtocolDocument } from '#sharing-protocols';
import { MemoryFeedLedger } from '../memory/index.ts';
import { FeedCheckpoint } from './feed-checkpoint.ts';
import { FeedSweep } from './feed-sweep.ts';

const AGENCIES = [
  { slug: 'careers', roles: ['connexions' as const] },
  { slug: 'forge', roles: ['provider' as const] },
  { slug: 'anvil', roles: ['provider' as const] },
];

/** Providers see what careers services tell of this category. */
const sharing = (id: string, category: string): ProtocolDocument =>
  ({
    id,
    version: '1',
    parties: [{ role: 'connexions' }, { role: 'provider' }],
    purposes: [{ id: 'plan-learning' }],
    flows: [
      {
        id: 'F1',
        share: [{ category }],
        from: ['connexions'],
        to: [{ roles: ['provider'], relationship: ['enrolled-with'] }],
        for: ['plan-learning'],
        level: 'full',
        basis: { article6: 'e' },
        delivery: ['feed'],
      },
    ],
    prohibitions: [],
  }) as unknown as ProtocolDocument;
const REVIEWS = sharing('reviews', 'review');
const ASSESSMENTS = sharing('assessments', 'assessment');

/** Of a partnership that may change. */
class Partnership {
  reachable = new Set(['careers', 'forge', 'anvil']);
  protocols: readonly ProtocolDocument[] = [REVIEWS];
  parties: readonly string[] = ['careers', 'forge', 'anvil'];
  standing = 'as before';
  changes = 0;

  get ground(): FeedTerms['ground'] {
    return { versions: { agencies: 1, protocols: this.changes }, linkAdvisers: -1, today: '2026-11-30' };
  }

  terms = async (reachable: ReadonlySet<string>): Promise<FeedTerms> => {
    const { protocols, parties, standing, ground } = this;
    const names = protocols.map(({ id }) => id);
    return {
      digest: JSON.stringify([names, parties, standing, [...reachable]]),
      ground,
      decisions: compileDecisionTable(
        protocols.map((document) => ({ document, parties })),
        AGENCIES,
      ),
      ...{ standing, reachable, duties: [], roles: new Map() },
    };
  };
}

const sketchOf = (recipients: readonly string[], ...categories: FeedSketch['categories']): FeedSketch => ({
  recipients,
  sources: ['careers'],
  categories: ['identity', ...categories],
});

/** Learners of the ledger, and what is there to be shown of whom to whom. */
const LEARNERS: Readonly<Record<string, FeedSketch | undefined>> = {
  reviewed: sketchOf(['careers', 'forge'], 'review'),
  assessed: sketchOf(['careers', 'forge'], 'assessment'),
  alone: sketchOf(['careers'], 'review', 'assessment'),
  elsewhere: sketchOf(['careers', 'anvil'], 'review'),
  unknown: undefined,
};

let partnership: Partnership;
let ledger: MemoryFeedLedger;
let checkpoint: FeedCheckpoint;
let sweep: FeedSweep;

const begin = async (): Promise<void> => {
  checkpoint = new FeedCheckpoint(ledger);
  await checkpoint.recover(9);
  sweep = new FeedSweep({
    gate: { feedTerms: (reachable) => partnership.terms(reachable) },
    agencies: { list: () => AGENCIES as never },
    sealer: { keyFor: (slug) => (partnership.reachable.has(slug) ? ({} as never) : undefined) },
    ledger,
    checkpoint,
  });
};

const restart = async (): Promise<void> => {
  await ledger.close();
  ledger = new MemoryFeedLedger(ledger);
  await begin();
};

const enter = async (learner: string, generation = checkpoint.terms.generation): Promise<void> =>
  ledger.write({ learners: [{ learner, generation, due: 7, sketch: LEARNERS[learner] }] });

/** Decides whoever is to be decided, as a runner does. */
const swept = async (limit = 9): Promise<readonly string[]> => {
  const decided: string[] = [];
  for (let looks = 0; looks < 100; looks++) {
    const { touched, hasPassed } = await sweep.look(limit);
    for (const learner of touched) await enter(learner);
    decided.push(...touched);
    if (touched.length === 0 && !hasPassed) break;
  }
  expect(await ledger.behind(checkpoint.terms.generation, 9)).toEqual([]);
  return decided.sort();
};

beforeEach(async () => {
  partnership = new Partnership();
  ledger = new MemoryFeedLedger();
  await begin();
  expect(await sweep.renewTerms()).toBe(true);
  for (const learner of Object.keys(LEARNERS)) await enter(learner);
});

describe('when terms change', () => {
  it('looks at nobody where they are as before', async () => {
    expect([await sweep.renewTerms(), await swept()]).toEqual([false, []]);
  });

  it('decides those anew of whom somebody may be shown more, or less', async () => {
    partnership.protocols = [REVIEWS, ASSESSMENTS];
    expect([await sweep.renewTerms(), await swept()]).toEqual([true, ['assessed', 'unknown']]);
    partnership.protocols = [ASSESSMENTS];
    expect([await sweep.renewTerms(), await swept()]).toEqual([true, ['elsewhere', 'reviewed', 'unknown']]);
  });

  it('decides those of whom a party that left, or could be told nothing, may be shown something', async () => {
    partnership.parties = ['careers', 'forge'];
    expect([await sweep.renewTerms(), await swept()]).toEqual([true, ['elsewhere', 'unknown']]);
    partnership.reachable.delete('forge');
    expect([await sweep.renewTerms(), await swept()]).toEqual([true, ['assessed', 'reviewed', 'unknown']]);
  });

  it('decides everybody where who stands may be another', async () => {
    partnership.standing = 'otherwise';
    expect([await sweep.renewTerms(), await swept()]).toEqual([true, Object.keys(LEARNERS).sort()]);
  });

  it('decides whoever any of several changes touches, as many at once as are asked for', async () => {
    partnership.protocols = [REVIEWS, ASSESSMENTS];
    await sweep.renewTerms();
    partnership.protocols = [REVIEWS];
    await sweep.renewTerms();
    partnership.parties = ['careers', 'forge'];
    await sweep.renewTerms();
    expect((await sweep.look(1)).touched).toHaveLength(1);
    expect(await swept(1)).toEqual(['assessed', 'elsewhere', 'unknown']);
  });

  it('keeps when those are due whom it passes', async () => {
    partnership.reachable.delete('anvil');
    await sweep.renewTerms();
    await swept();
    expect(await ledger.dueBy(7, 9)).toHaveLength(Object.keys(LEARNERS).length);
  });

  it('decides those anew who are to be in any case, whatever else they were', async () => {
    await enter('alone', 0);
    expect(await swept()).toEqual(['alone']);
  });
});

it('after a restart decides everybody who was not decided under the last terms, since what came before is not known', async () => {
  partnership.protocols = [REVIEWS, ASSESSMENTS];
  await sweep.renewTerms();
  await restart();
  expect([await sweep.renewTerms(), await swept()]).toEqual([false, Object.keys(LEARNERS).sort()]);
  partnership.protocols = [REVIEWS];
  await restart();
  expect([await sweep.renewTerms(), await swept()]).toEqual([true, Object.keys(LEARNERS).sort()]);
});

it('looks again at those of whom a recipient that was passed over may be shown something', async () => {
  await sweep.lookAgain('anvil');
  expect(await swept()).toEqual(['elsewhere', 'unknown']);
});

it('has those decided again who were decided while the terms were changing', async () => {
  const readSet: FeedReadSet = { ...partnership.ground, learner: 'reviewed', revision: 3, streams: [{ learner: 'reviewed', revision: 3 }] };
  expect(sweep.generationOf(readSet)).toBe(checkpoint.terms.generation);
  partnership.changes += 1;
  expect(sweep.generationOf({ ...readSet, ...partnership.ground })).toBe(0);
  expect(await sweep.renewTerms()).toBe(false);
  expect(sweep.generationOf({ ...readSet, ...partnership.ground })).toBe(checkpoint.terms.generation);
});
