import { DATA_MANAGER } from '#kernel';
import { LEARNER_MERGED, learnerStream, type Merged } from '#learner-file';
import { generatedLearner, LEARNER, NOON, OTHER_LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { type TieProposals, tieProposals, type TieQuery } from './ties.query.ts';
import { persons, tiesView } from './ties.view.ts';

const DAY = 86_400_000;

let log: TestLog;
let shown: Shown;

beforeEach(() => {
  log = new TestLog();
  shown = showing(log, tiesView);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const registered = (actor: string, learner: string, postcode?: string) =>
  log.contribution('learner.registered', {
    actor,
    learner,
    category: 'identity',
    data: { localId: 'x', ...(postcode === undefined ? {} : { postcode }) },
  });
const proposed = async (query: Partial<TieQuery>): Promise<TieProposals> => {
  await shown.catchUp();
  return tieProposals(shown.views, { outwards: [], limit: 100, ...query });
};
const learnersFor = async (query: Partial<TieQuery>): Promise<readonly string[]> =>
  (await proposed(query)).rows.map(({ learner }) => learner);

describe('who may wait for a voucher', () => {
  it('is everybody else who has to do with a learner that the agency knows', async () => {
    await log.append(registered('academy', LEARNER), registered('careers', LEARNER), registered('forge', OTHER_LEARNER));
    log.clock.set(NOON + DAY);
    await log.append(
      log.contribution('programme.started', { actor: 'academy', category: 'programme' }),
      log.contribution('programme.started', { actor: 'anvil', category: 'programme' }),
    );
    expect(await proposed({ agency: 'careers' })).toEqual({
      position: 5,
      rows: [
        {
          learner: LEARNER,
          parties: [
            { agency: 'academy', since: NOON },
            { agency: 'anvil', since: NOON + DAY },
          ],
        },
      ],
    });
  });

  it('is whom a referral or an application names, though it said nothing itself', async () => {
    await log.append(
      log.contribution('referral.made', {
        actor: 'stranger',
        category: 'referral',
        data: { referralId: 'r', to: 'forge', route: 'other-agency' },
      }),
      log.contribution('application.submitted', {
        actor: 'academy',
        category: 'application',
        data: {
          choices: [
            { agency: 'anvil', provision: 'x' },
            { agency: 'college-north', provision: 'y' },
          ],
        },
      }),
    );
    const { rows } = await proposed({ agency: 'forge' });
    expect(rows[0]?.parties.map(({ agency }) => agency).sort()).toEqual(['academy', 'anvil', 'college-north', 'stranger']);
  });

  it('is known to the area in which anybody says that the learner lives', async () => {
    await log.append(registered('academy', LEARNER, 'wv14 8ab'), registered('academy', OTHER_LEARNER, 'B1 1AA'));
    await log.append(
      log.contribution('learner.corrected', { actor: 'forge', category: 'identity', data: { postcode: 'WV1 1AA', reason: 'moved' } }),
    );
    expect(await learnersFor({ agency: 'careers', outwards: ['WV14'] })).toEqual([LEARNER]);
    expect(await learnersFor({ agency: 'careers', outwards: ['WV1'] })).toEqual([LEARNER]);
    expect(await learnersFor({ agency: 'careers', outwards: ['WV1', 'WV14', 'B1'] })).toEqual([LEARNER, OTHER_LEARNER]);
    expect(await learnersFor({ agency: 'careers', outwards: ['WV2'] })).toEqual([]);
    expect(await learnersFor({})).toEqual([LEARNER, OTHER_LEARNER]);
  });

  it('is told in pages that leave out nobody and tell nobody twice', async () => {
    const all = Array.from({ length: 23 }, (_, number) => generatedLearner(number)).sort();
    await log.append(
      ...all.flatMap((learner, place) => [
        registered('academy', learner, place % 2 === 0 ? 'WV1 1AA' : 'WV2 1AA'),
        ...(place % 3 === 0 ? [registered('careers', learner)] : []),
      ]),
    );
    const found: string[] = [];
    for (let after = ''; ;) {
      const { rows, next } = await proposed({ agency: 'careers', outwards: ['WV1', 'WV2'], after, limit: 4 });
      expect(rows.length).toBeLessThanOrEqual(4);
      found.push(...rows.map(({ learner }) => learner));
      if (next === undefined) break;
      after = next;
    }
    expect(found).toEqual(all);
  });

  it('is no office that vouches', async () => {
    await log.append(
      registered('academy', LEARNER),
      log.contribution('tie.confirmed', { actor: DATA_MANAGER, category: 'adviser', data: { agency: 'academy' } }),
    );
    expect((await proposed({})).rows).toEqual([{ learner: LEARNER, parties: [{ agency: 'academy', since: NOON }] }]);
  });

  it('goes on behind the last learner alone, however much is known of a tie', async () => {
    const both = [LEARNER, OTHER_LEARNER].sort();
    const several = both.map((learner) => [
      registered('careers', learner, 'B1 1AA'),
      log.contribution('programme.started', { actor: 'careers', learner, category: 'programme' }),
      log.contribution('review.held', { actor: 'careers', learner, category: 'review' }),
    ]);
    await log.append(...several.flat());
    const first = await proposed({ agency: 'careers', outwards: ['B1'], limit: 1 });
    expect([first.rows.map(({ learner }) => learner), first.next]).toEqual([[both[0]], both[0]]);
    const last = await proposed({ agency: 'careers', outwards: ['B1'], limit: 1, after: both[0] ?? '' });
    expect([last.rows.map(({ learner }) => learner), last.next]).toEqual([[both[1]], undefined]);
  });

  it('goes with what was erased', async () => {
    await log.append(
      registered('academy', LEARNER, 'WV1 1AA'),
      log.contribution('programme.started', { actor: 'anvil', category: 'programme' }),
      registered('academy', OTHER_LEARNER, 'WV1 1AA'),
    );
    await log.erase(LEARNER, 'identity');
    expect(await learnersFor({ agency: 'careers', outwards: ['WV1'] })).toEqual([OTHER_LEARNER]);
    expect((await proposed({ agency: 'anvil' })).rows).toEqual([{ learner: LEARNER, parties: [] }]);
    await log.erase(LEARNER);
    expect(await learnersFor({ agency: 'anvil' })).toEqual([]);
  });

  it('tells of whom the data manager found to be one person, and no more of the one who was erased', async () => {
    const merge: Merged = { into: OTHER_LEARNER, merged: LEARNER };
    const streams = [LEARNER, OTHER_LEARNER].map((learner) => learnerStream(learner));
    await log.append(...streams.map((stream) => log.clear(stream, LEARNER_MERGED, merge, DATA_MANAGER)));
    const united = async (): Promise<readonly string[]> => {
      await shown.catchUp();
      const { rows } = await shown.views.rows(tiesView, persons, { where: { person: OTHER_LEARNER }, order: 'learner', limit: 10 });
      return rows.map(({ learner }) => learner);
    };
    expect(await united()).toEqual([LEARNER, OTHER_LEARNER].sort());
    await log.erase(LEARNER, 'identity');
    expect(await united()).toEqual([LEARNER, OTHER_LEARNER].sort());
    await log.erase(LEARNER);
    expect(await united()).toEqual([OTHER_LEARNER]);
  });
});
