import { LEARNER, NOON, OTHER_LEARNER, type Shown, showing, TestLog, type Written } from '../fixtures/index.ts';
import { tiesView } from '../ties/index.ts';
import { type ConsentProposals, consentsSince, learnersWithConsent, proposeConsents } from './consents.query.ts';
import { consentsView } from './consents.view.ts';

const DAY = 86_400_000;

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, consentsView, tiesView);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const told = (type: string, learner = LEARNER, actor = 'northside'): Written =>
  log.contribution(type, { learner, actor, category: 'consent', data: { consentId: 'consent of Chloë' } });
const positions = async (asked: Partial<ConsentProposals> = {}): Promise<readonly number[]> => {
  await shown.catchUp();
  const { rows } = await proposeConsents(shown.views, { kind: 'begun', limit: 10, ...asked });
  return rows.map(({ position }) => position);
};

describe('where consents stand in the log', () => {
  it('is told of those that began, and of those that were withdrawn, the latest first', async () => {
    await log.append(
      told('consent.given'),
      told('consent.refused', OTHER_LEARNER, 'eastgate'),
      told('consent.withdrawn'),
      told('consent.paused'),
    );
    expect(await positions()).toEqual([2, 1]);
    expect(await positions({ kind: 'withdrawn' })).toEqual([3]);
    expect(await positions({ source: 'eastgate' })).toEqual([2]);
    expect(await positions({ before: 2 })).toEqual([1]);
    expect(await positions({ limit: 1 })).toEqual([2]);
  });

  it('is told of the learners alone with whom an agency has to do', async () => {
    await log.append(told('consent.given'), told('consent.given', OTHER_LEARNER, 'eastgate'), told('review.held', LEARNER, 'westgate'));
    expect(await positions({ knownTo: 'westgate' })).toEqual([1]);
    expect(await positions({ knownTo: 'nobody' })).toEqual([]);
  });

  it('is told of a span of time', async () => {
    await log.append(told('consent.withdrawn'));
    log.clock.set(NOON + DAY);
    await log.append(told('consent.withdrawn', OTHER_LEARNER));
    await shown.catchUp();
    const { rows } = await consentsSince(shown.views, { kind: 'withdrawn', since: NOON + 1, most: 10 });
    expect(rows).toEqual([{ position: 2, learner: OTHER_LEARNER, revision: 0, source: 'northside', recordedAt: NOON + DAY }]);
  });

  it('is found by the id under which it was given, the latest first, and by nothing else', async () => {
    const named = (consentId: string, learner: string, actor: string): Written =>
      log.contribution('consent.given', { learner, actor, category: 'consent', data: { consentId } });
    await log.append(named('k-1', LEARNER, 'northside'), named('k-1', OTHER_LEARNER, 'eastgate'), named('k-1', LEARNER, 'westgate'));
    await shown.catchUp();
    const found = (asked: Partial<Parameters<typeof learnersWithConsent>[1]>) =>
      learnersWithConsent(shown.views, { id: 'k-1', limit: 10, ...asked });
    expect(await found({})).toEqual([LEARNER, OTHER_LEARNER]);
    expect(await found({ source: 'eastgate' })).toEqual([OTHER_LEARNER]);
    expect(await found({ knownTo: 'westgate' })).toEqual([LEARNER]);
    expect(await found({ limit: 1 })).toEqual([LEARNER]);
    expect(await found({ id: 'k' })).toEqual([]);
    await log.erase(LEARNER, 'consent');
    await shown.catchUp();
    expect(await found({})).toEqual([OTHER_LEARNER]);
  });

  it.each([undefined, 'consent'])('goes with what was erased (category: %s)', async (category) => {
    await log.append(told('consent.given'), told('consent.given', OTHER_LEARNER));
    await log.erase(LEARNER, category);
    expect(await positions()).toEqual([2]);
  });

  it('stays when another category is erased', async () => {
    await log.append(told('consent.given'));
    await log.erase(LEARNER, 'assessment');
    expect(await positions()).toEqual([1]);
  });
});
