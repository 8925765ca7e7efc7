import {
  conflictId,
  DATA_QUALITY,
  IDENTIFIER_LINKED,
  identifierStream,
  learnerStream,
  LINK_CONFLICT_FOUND,
  MATCH_DECIDED,
  MATCH_KEY_SEEN,
  matchId,
  type MatchOutcome,
  matchStream,
} from '#learner-file';
import { LEARNER, NOON, OTHER_LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { type DataQualityEntry, type DataQualityPage, listDataQuality } from './data-quality.query.ts';
import { dataQuality } from './data-quality.view.ts';

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, dataQuality);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const THIRD = '00000000-0000-4000-8000-00000000000c';

type Found = Omit<DataQualityEntry, 'match' | 'state' | 'decisions'>;
const listed = async (page: Partial<DataQualityPage> = {}): Promise<readonly Found[]> => {
  await shown.catchUp();
  return foundIn(await listDataQuality(shown.views, { limit: 10, ...page }));
};
const foundIn = ({ rows }: { readonly rows: readonly DataQualityEntry[] }): readonly Found[] =>
  rows.map(({ match: _, state: __, decisions: ___, ...found }) => found);
const apart = { header: { notes: { apartFrom: { source: 'eastgate', assessmentId: 'secret' } } } };

describe('the data-quality queue', () => {
  it('holds possible matches, link conflicts and assessments recorded apart, the oldest first', async () => {
    await log.append(log.aliased(matchStream('blind'), MATCH_KEY_SEEN, { learner: LEARNER, hasUln: false, suspects: [OTHER_LEARNER] }));
    log.clock.set(NOON + 1000);
    await log.append(log.clear(DATA_QUALITY, LINK_CONFLICT_FOUND, { learners: [LEARNER, OTHER_LEARNER], agency: 'southside' }));
    await log.append(log.clear(DATA_QUALITY, LINK_CONFLICT_FOUND, { learners: [THIRD], agency: 'southside', identifier: 'uln' }));
    await log.append(log.contribution('assessment.recorded', { actor: 'northside', ...apart }));
    expect(await listed()).toEqual([
      { kind: 'possible-match', learners: [LEARNER, OTHER_LEARNER], position: 1, openedAt: NOON },
      { kind: 'link-conflict', learners: [LEARNER, OTHER_LEARNER], agency: 'southside', position: 2, openedAt: NOON + 1000 },
      { kind: 'link-conflict', learners: [THIRD], agency: 'southside', identifier: 'uln', position: 3, openedAt: NOON + 1000 },
      { kind: 'recorded-apart', learners: [LEARNER], agency: 'northside', beside: 'eastgate', position: 4, openedAt: NOON + 1000 },
    ]);
  });

  it('holds each pair with one number once, since when it was first found', async () => {
    const linked = (learner: string, agency: string, ...beside: readonly string[]) =>
      log.aliased(identifierStream('blind'), IDENTIFIER_LINKED, { learner, agency, ...(beside.length > 0 ? { beside } : {}) });
    await log.append(linked(LEARNER, 'northside'), linked(OTHER_LEARNER, 'southside', LEARNER));
    log.clock.set(NOON + 1000);
    await log.append(linked(LEARNER, 'eastgate', OTHER_LEARNER), linked(THIRD, 'eastgate', LEARNER, OTHER_LEARNER));
    const pair = (...learners: readonly string[]) => ({ kind: 'same-number' as const, learners, agency: 'eastgate' });
    const all = [
      { ...pair(LEARNER, OTHER_LEARNER), position: 2, openedAt: NOON },
      { ...pair(LEARNER, THIRD), position: 4, openedAt: NOON + 1000 },
      { ...pair(OTHER_LEARNER, THIRD), position: 4, openedAt: NOON + 1000 },
    ];
    expect(await listed()).toEqual(all);
    expect(await listed({ limit: 2 })).toEqual(all);
    expect(await listed({ after: 2, limit: 1 })).toEqual(all.slice(1));
  });

  it('holds a pair that is alike in two ways once', async () => {
    const seen = (blind: string, learner: string, suspect: string) =>
      log.aliased(matchStream(blind), MATCH_KEY_SEEN, { learner, hasUln: false, suspects: [suspect] });
    await log.append(seen('postcode', LEARNER, OTHER_LEARNER), seen('school', OTHER_LEARNER, LEARNER));
    expect(await listed()).toEqual([{ kind: 'possible-match', learners: [LEARNER, OTHER_LEARNER], position: 1, openedAt: NOON }]);
  });

  it('holds no assessment that stands alone, and nothing of the content', async () => {
    await log.append(
      log.contribution('assessment.recorded', { data: { framework: 'apir' } }),
      log.contribution('assessment.recorded', apart),
    );
    const entries = await listed();
    expect(entries.map(({ position }) => position)).toEqual([2]);
    expect(JSON.stringify(entries)).not.toContain('secret');
  });

  it('comes in pages and by kind', async () => {
    for (const suspect of [OTHER_LEARNER, THIRD, `${THIRD.slice(0, -1)}d`]) {
      await log.append(log.aliased(matchStream('blind'), MATCH_KEY_SEEN, { learner: LEARNER, hasUln: false, suspects: [suspect] }));
      await log.append(log.contribution('assessment.recorded', apart));
    }
    const positions = async (page: Partial<DataQualityPage>) => (await listed(page)).map(({ position }) => position);
    expect(await positions({ after: 2, limit: 2 })).toEqual([3, 4]);
    expect(await positions({ kind: 'recorded-apart', after: 2 })).toEqual([4, 6]);
    expect(await positions({ after: 6 })).toEqual([]);
  });

  it('loses every pair with a learner who is erased, whoever of the two came first, as one made anew does', async () => {
    await log.append(
      log.aliased(matchStream('blind'), MATCH_KEY_SEEN, { learner: OTHER_LEARNER, hasUln: false, suspects: [LEARNER, THIRD] }),
    );
    await log.append(log.aliased(identifierStream('blind'), IDENTIFIER_LINKED, { learner: LEARNER, agency: 'northside', beside: [THIRD] }));
    expect(await listed()).toHaveLength(3);
    await log.erase(LEARNER);
    expect((await listed()).map(({ learners }) => learners)).toEqual([[OTHER_LEARNER, THIRD]]);
    const anew = showing(log, dataQuality);
    await anew.catchUp();
    expect(foundIn(await listDataQuality(anew.views, { limit: 10 }))).toEqual(await listed());
    await anew.close();
  });

  it('knows where each decision stands, once for the two in whose streams it is, until either is erased', async () => {
    const learners = [LEARNER, OTHER_LEARNER];
    const decide = (outcome: MatchOutcome) => {
      const json = { match: matchId('possible-match', learners), outcome, learners, reason: 'They look alike.' };
      const sealed = (owner: string) => ({
        meta: { actor: 'o', correlation: 'c', schema: 1, owner, category: 'identity' },
        content: { json },
      });
      const told = learners.map((learner) => learnerStream(learner));
      return log.append(...told.map((stream) => log.made(stream, (id) => ({ id, type: MATCH_DECIDED, ...sealed(stream) }))));
    };
    await log.append(log.aliased(matchStream('blind'), MATCH_KEY_SEEN, { learner: LEARNER, hasUln: false, suspects: [OTHER_LEARNER] }));
    await decide('same');
    await decide('different');
    await shown.catchUp();
    const found = async () => (await listDataQuality(shown.views, { limit: 10 })).rows.map(({ state, decisions }) => [state, decisions]);
    expect(await found()).toEqual([['different', [2, 4]]]);
    await log.erase(OTHER_LEARNER);
    await log.append(log.aliased(matchStream('blind'), MATCH_KEY_SEEN, { learner: LEARNER, hasUln: false, suspects: [OTHER_LEARNER] }));
    await shown.catchUp();
    expect(await found()).toEqual([['open', []]]);
  });

  describe('of identifiers of one learner', () => {
    const conflict = (agency: string, identifier: string) => {
      log.clock.set(log.clock.now() + 1000);
      return log.append(log.clear(DATA_QUALITY, LINK_CONFLICT_FOUND, { learners: [LEARNER], agency, identifier }));
    };
    const decide = (match: string, outcome: MatchOutcome) => {
      const stream = learnerStream(LEARNER);
      const json = { match, outcome, learners: [LEARNER], reason: 'The letter.' };
      const meta = { actor: 'o', correlation: 'c', schema: 1, owner: stream, category: 'identity' };
      return log.append(log.made(stream, (id) => ({ id, type: MATCH_DECIDED, meta, content: { json } })));
    };
    const states = async () => {
      await shown.catchUp();
      const { rows } = await listDataQuality(shown.views, { limit: 10 });
      return rows.map(({ agency, identifier, state, decisions }) => [agency, identifier, state, decisions]);
    };
    const named = (agency: string, identifier: string): string => conflictId(LEARNER, { agency, identifier });

    it('decides each agency’s by itself, and each of its identifiers', async () => {
      for (const agency of ['northside', 'southside']) await conflict(agency, 'uln');
      await conflict('northside', 'localId');
      await decide(named('northside', 'uln'), 'same');
      expect(await states()).toEqual([
        ['northside', 'uln', 'same', [4]],
        ['southside', 'uln', 'open', []],
        ['northside', 'localId', 'open', []],
      ]);
    });

    it('waits anew as it was found last, with what was decided before, of that agency’s identifier alone', async () => {
      for (const agency of ['northside', 'southside']) await conflict(agency, 'uln');
      for (const agency of ['northside', 'southside']) await decide(named(agency, 'uln'), 'different');
      await conflict('northside', 'uln');
      expect(await states()).toEqual([
        ['southside', 'uln', 'different', [4]],
        ['northside', 'uln', 'open', [3]],
      ]);
    });

    it('holds what was decided without naming an agency where one alone was in conflict then', async () => {
      await conflict('northside', 'uln');
      await decide(matchId('link-conflict', [LEARNER]), 'same');
      await conflict('southside', 'uln');
      expect(await states()).toEqual([
        ['northside', 'uln', 'same', [2]],
        ['southside', 'uln', 'open', []],
      ]);
      await decide(matchId('link-conflict', [LEARNER]), 'different');
      expect((await states()).map(([, , state]) => state)).toEqual(['open', 'open']);
    });
  });

  it.each([undefined, 'assessment'])('loses an assessment recorded apart when it is erased (category: %s)', async (category) => {
    await log.append(
      log.contribution('assessment.recorded', apart),
      log.contribution('assessment.recorded', { ...apart, category: 'apir' }),
    );
    await log.append(log.contribution('assessment.recorded', { ...apart, learner: OTHER_LEARNER }));
    expect(await listed()).toHaveLength(3);
    await log.erase(LEARNER, category);
    expect((await listed()).map(({ position }) => position)).toEqual(category === undefined ? [3] : [2, 3]);
  });
});
