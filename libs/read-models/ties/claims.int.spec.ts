import { DATA_MANAGER, type Position } from '#kernel';
import type { TieKind } from '#learner-file';
import type { ViewReader } from '../engine/index.ts';
import { LEARNER, NOON, OTHER_LEARNER, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { type ClaimsMade, claimsMade } from './claims.query.ts';
import { tiesView } from './ties.view.ts';

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

const lives = (actor: string, postcode: string, learner = LEARNER) =>
  log.contribution('learner.registered', { actor, learner, category: 'identity', data: { localId: 'x', postcode } });
const advises = (actor: string, learner = LEARNER, header = {}) =>
  log.contribution('learner.adviser-assigned', {
    actor,
    learner,
    category: 'adviser',
    data: { name: 'Pat', role: 'personal-adviser' },
    header,
  });

const covers = (agency: string, outward: string): boolean => agency === 'careers' && outward === 'WV1';
const made = async (kind: TieKind, after: Position = 0, limit = 10): Promise<ClaimsMade> => {
  await shown.catchUp();
  return claimsMade(shown.views, { kind, after, limit, covers });
};
const rows = async (kind: TieKind) => (await made(kind)).rows.map(({ learner, parties }) => [learner, parties.map(({ agency }) => agency)]);

describe('what agencies claim of themselves', () => {
  it('is that a learner lives in their area, by what they said last', async () => {
    await log.append(lives('careers', 'WV1 1AA'), lives('academy', 'WV1 1AA'), lives('careers', 'B1 1AA', OTHER_LEARNER));
    expect(await rows('residence-unconfirmed')).toEqual([[LEARNER, ['careers']]]);
    await log.append(lives('careers', 'B1 1AA'), lives('careers', 'WV1 1AB', OTHER_LEARNER));
    expect(await rows('residence-unconfirmed')).toEqual([[OTHER_LEARNER, ['careers']]]);
  });

  it('is that they advise somebody, until a ground for that is noted, by whomever that comes', async () => {
    await log.append(lives('academy', 'B1 1AA'), advises('careers'), advises('academy', OTHER_LEARNER));
    expect(await rows('adviser-unconfirmed')).toEqual([
      [LEARNER, ['careers']],
      [OTHER_LEARNER, ['academy']],
    ]);
    const header = { notes: { effects: { advisers: [1] } } };
    await log.append(log.contribution('tie.confirmed', { actor: DATA_MANAGER, category: 'adviser', data: { agency: 'careers' }, header }));
    expect(await rows('adviser-unconfirmed')).toEqual([[OTHER_LEARNER, ['academy']]]);
  });

  it('is none where its ground was noted with it', async () => {
    await log.append(advises('careers', LEARNER, { notes: { effects: { advisers: [0] } } }));
    expect(await rows('adviser-unconfirmed')).toEqual([]);
  });

  it('comes by pages, the oldest first, each learner once on a page', async () => {
    await log.append(advises('careers'), advises('academy'), advises('forge', OTHER_LEARNER));
    log.clock.set(NOON + DAY);
    await log.append(advises('careers', OTHER_LEARNER));
    const first = await made('adviser-unconfirmed', 0, 3);
    expect(first.rows.map(({ learner, parties }) => [learner, parties])).toEqual([
      [LEARNER, ['careers', 'academy'].map((agency) => ({ agency, since: NOON }))],
      [OTHER_LEARNER, [{ agency: 'forge', since: NOON }]],
    ]);
    const last = await made('adviser-unconfirmed', first.next, 3);
    expect([last.rows, last.next]).toEqual([[{ learner: OTHER_LEARNER, parties: [{ agency: 'careers', since: NOON + DAY }] }], undefined]);
  });

  it('reads no more for a page than is on it, and further where somebody lives elsewhere', async () => {
    const learners = Array.from({ length: 6 }, (_, n) => `${LEARNER}-${n}`);
    for (const [n, learner] of learners.entries()) await log.append(lives('careers', n < 4 ? 'B1 1AA' : 'WV1 1AA', learner));
    for (const learner of learners) await log.append(advises('careers', learner));
    await shown.catchUp();
    const read: number[] = [];
    const rowsRead: ViewReader['rows'] = async (...question) => {
      const found = await shown.views.rows(...question);
      read.push(found.rows.length);
      return found;
    };
    const views: ViewReader = { rows: rowsRead, count: (...question) => shown.views.count(...question) };
    const advised = await claimsMade(views, { kind: 'adviser-unconfirmed', after: 0, limit: 2, covers });
    expect([advised.rows.map(({ learner }) => learner), read]).toEqual([learners.slice(0, 2), [3]]);
    const living = await claimsMade(views, { kind: 'residence-unconfirmed', after: 0, limit: 2, covers });
    expect([living.rows.map(({ learner }) => learner), living.next]).toEqual([learners.slice(4), undefined]);
  });

  it('goes with what was erased', async () => {
    await log.append(lives('careers', 'WV1 1AA'), advises('careers'), advises('careers', OTHER_LEARNER));
    await log.erase(LEARNER, 'adviser');
    expect([await rows('residence-unconfirmed'), await rows('adviser-unconfirmed')]).toEqual([
      [[LEARNER, ['careers']]],
      [[OTHER_LEARNER, ['careers']]],
    ]);
    await log.erase(LEARNER);
    expect(await rows('residence-unconfirmed')).toEqual([]);
  });
});
