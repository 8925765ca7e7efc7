import { usesOf } from '#privacy/contract';
import { LEARNER, OTHER_LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { type Holding, holdingsOf } from './holdings.query.ts';
import { holdings } from './holdings.view.ts';

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, holdings);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const held = async (learner = LEARNER): Promise<readonly Holding[]> => {
  await shown.catchUp();
  return (await holdingsOf(shown.views, learner)).rows;
};
const holding = (
  category: string,
  source: string,
  events: number,
  [firstPosition, lastPosition = firstPosition]: readonly [number, number?],
): Holding => ({
  category,
  source,
  events,
  firstPosition,
  lastPosition,
});

describe('holdings', () => {
  it('tell how much of which category is held about a learner, and from whom', async () => {
    await log.append(log.contribution('review.held', { category: 'review' }), log.contribution('assessment.recorded'));
    await log.append(log.contribution('review.held', { category: 'review', learner: OTHER_LEARNER }));
    await log.append(log.contribution('review.held', { category: 'review', actor: 'eastgate' }));
    await log.append(log.contribution('review.scheduled', { category: 'review' }));
    expect(await held()).toEqual([
      holding('assessment', 'northside', 1, [2]),
      holding('review', 'eastgate', 1, [4]),
      holding('review', 'northside', 2, [1, 5]),
    ]);
    expect(await held(OTHER_LEARNER)).toEqual([holding('review', 'northside', 1, [3])]);
  });

  it('are taken from metadata alone', async () => {
    const { opened } = usesOf(log.vault);
    await log.append(log.contribution('offence.noted', { category: 'offence' }));
    expect(await held()).toHaveLength(1);
    expect(opened).toEqual([]);
  });

  it('leave out the streams of others and what is not sealed', async () => {
    await log.append(
      log.clear('agencies', 'uk.concordat.agency.registered.v1', {}),
      log.clear(`learner-${LEARNER}`, 'uk.concordat.some.noted.v1', {}),
    );
    expect(await held()).toEqual([]);
    expect(await held('nobody')).toEqual([]);
  });

  it('are gone after an erasure, and begin anew with what comes later', async () => {
    await log.append(log.contribution('review.held', { category: 'review' }), log.contribution('assessment.recorded'));
    await log.erase(LEARNER, 'review');
    expect(await held()).toEqual([holding('assessment', 'northside', 1, [2])]);
    await log.erase(LEARNER);
    expect(await held()).toEqual([]);
    await log.append(log.contribution('review.held', { category: 'review' }));
    expect(await held()).toEqual([holding('review', 'northside', 1, [5])]);
  });
});
