// Whom a list proposes whose rows are made by events, and in which order (ADR 0027).
import { LEARNER_MERGED, LEARNER_UNMERGED, learnerStream } from '#learner-file';
import {
  askerOf,
  LEARNER,
  OTHER_LEARNER,
  type Shown,
  showing,
  TestLog,
  USUAL_PARTNERSHIP,
  USUAL_PERIODS,
  type Written,
} from '../fixtures/index.ts';
import { tiesView } from '../ties/ties.view.ts';
import { type AnchorDays, type AnchorReach, anchorsOf, type ListAsker, ownAnchors, type Proposing, proposeAnchors } from './index.ts';

const THIRD = '00000000-0000-4000-8000-00000000000c';
const days: AnchorDays = {
  'attendance.concern': ({ on }) => on,
  'referral.made': ({ route }, toldOn) => (route === 'self' ? undefined : toldOn),
};
const anchors = anchorsOf('concerns', 1, days);
const together = anchorsOf('concerns', 1, days, { together: true });

let log: TestLog;
let shown: Shown;
let beside: Shown;
beforeEach(() => {
  log = new TestLog();
  shown = showing(log, anchors.view, tiesView);
  beside = showing(log, together.view, tiesView);
});
afterEach(async () => {
  await shown.close();
  await beside.close();
  await log.close();
});

const concern = (learner: string, on: string, actor = 'bct'): Written =>
  log.contribution('attendance.concern', { learner, actor, category: 'attendance', data: { programmeId: 'p', on } });
const livesIn = (learner: string, postcode: string): Written =>
  log.contribution('learner.registered', { learner, actor: 'school', category: 'identity', data: { postcode } });
const referred = (learner: string, data: Readonly<Record<string, string>>): Written =>
  log.contribution('referral.made', { learner, actor: 'careers', category: 'referral', data });

const careers = askerOf('careers', { roles: ['connexions'], districts: ['WV1', 'WV14 8'] });
const proposed = async (asker: ListAsker, more: Partial<Proposing> = {}, reach: AnchorReach = {}) => {
  await shown.catchUp();
  return proposeAnchors(anchors, reach)(shown.views, {
    asker,
    on: '2026-03-01',
    chosen: {},
    limit: 100,
    periods: USUAL_PERIODS,
    partnership: USUAL_PARTNERSHIP,
    ...more,
  });
};
const daysOf = async (...asked: Parameters<typeof proposed>) => (await proposed(...asked)).candidates.map(({ place: [day] }) => day);

const town = async (): Promise<void> => {
  await log.append(concern(LEARNER, '2026-02-03'), concern(OTHER_LEARNER, '2026-02-02', 'hts'), concern(THIRD, '2026-02-01', 'hts'));
};

it('a view of events knows whether an agency itself told anything that makes a row', async () => {
  await town();
  await log.append(referred(LEARNER, { to: 'forge' }), referred(THIRD, { to: 'wulfrun', route: 'self' }));
  await shown.catchUp();
  await beside.catchUp();
  // Forge was named, the school told of where somebody lives: neither makes a row of theirs.
  await log.append(livesIn(LEARNER, 'WV1 1AA'));
  const own = (agency: string) =>
    Promise.all([ownAnchors(anchors)(shown.views, askerOf(agency)), ownAnchors(together)(beside.views, askerOf(agency))]);
  expect(await own('careers')).toEqual([true, true]);
  expect(await own('hts')).toEqual([true, true]);
  for (const agency of ['forge', 'school', 'wulfrun', 'stranger']) expect([agency, await own(agency)]).toEqual([agency, [false, false]]);
});

describe('a list of events proposes', () => {
  it('to each whom it told something about, or for whom it was named', async () => {
    await town();
    await log.append(referred(LEARNER, { to: 'forge' }));
    expect([await daysOf(askerOf('bct')), await daysOf(askerOf('hts'))]).toEqual([
      ['2026-01-05', '2026-02-03'],
      ['2026-02-01', '2026-02-02'],
    ]);
    expect(await daysOf(askerOf('forge'))).toEqual(['2026-01-05', '2026-02-03']);
    expect(await daysOf(askerOf('stranger'))).toEqual([]);
  });

  it('to a service those who may live in its districts, and to others not', async () => {
    await town();
    await log.append(livesIn(LEARNER, 'WV1 2AB'), livesIn(OTHER_LEARNER, 'WV14 1XX'), livesIn(THIRD, 'B1 1AA'));
    expect(await daysOf(careers)).toEqual(['2026-02-02', '2026-02-03']);
    expect(await daysOf({ ...careers, roles: ['provider'] })).toEqual([]);
  });

  it('to a role that a clause serves whatever it has to do with the learner, everybody', async () => {
    await town();
    const reach = { everybody: ['funder'] } as const;
    expect(await daysOf(askerOf('lsc', { roles: ['funder'] }), {}, reach)).toHaveLength(3);
    expect(await daysOf(askerOf('stranger', { roles: ['provider'] }), {}, reach)).toEqual([]);
  });

  it('what only its source is to see to that source alone', async () => {
    await town();
    await log.append(concern(LEARNER, '2026-02-05', 'hts'));
    expect(await daysOf(askerOf('bct'), {}, { own: ['attendance.concern'] })).toEqual(['2026-02-03']);
  });

  it('no event of a day after the one asked about, nor outside of the days chosen, and those to come where they are wanted', async () => {
    await town();
    const lsc = askerOf('lsc', { roles: ['funder'] });
    const reach = { everybody: ['funder'] } as const;
    expect(await daysOf(lsc, { on: '2026-02-02' }, reach)).toEqual(['2026-02-01', '2026-02-02']);
    expect(await daysOf(lsc, { chosen: { from: '2026-02-02', to: '2026-12-31' } }, reach)).toEqual(['2026-02-02', '2026-02-03']);
    expect(await daysOf(lsc, { on: '2026-02-01' }, { ...reach, ahead: true, newestFirst: true })).toEqual([
      '2026-02-03',
      '2026-02-02',
      '2026-02-01',
    ]);
  });

  it('page by page over all kinds in one order, each with its anchor and when it was recorded', async () => {
    await town();
    await log.append(referred(LEARNER, { to: 'bct' }), referred(LEARNER, { to: 'bct', route: 'self' }), concern(LEARNER, '2026-01-05'));
    const all = (await proposed(askerOf('bct'))).candidates;
    expect(all.map(({ anchor, place: [day] }) => [anchor, day])).toEqual([
      [1, '2026-01-05'],
      [3, '2026-01-05'],
      [0, '2026-02-03'],
    ]);
    expect(all.every(({ knownAt }) => typeof knownAt === 'number')).toBe(true);
    const paged = [];
    for (let after = all[0]?.place; after; after = paged.at(-1)?.place) {
      const [next] = (await proposed(askerOf('bct'), { after, limit: 1 })).candidates;
      if (!next) break;
      paged.push(next);
    }
    expect(paged).toEqual(all.slice(1));
  });

  it('the same where anchors of all types are asked for together', async () => {
    await town();
    await log.append(referred(LEARNER, { to: 'bct' }), referred(OTHER_LEARNER, { to: 'hts' }), concern(LEARNER, '2026-01-05'));
    const reach = { everybody: ['funder'] } as const;
    for (const asker of [askerOf('bct'), askerOf('hts'), askerOf('stranger'), askerOf('lsc', { roles: ['funder'] })]) {
      const each = await proposed(asker, { limit: 2 }, reach);
      await beside.catchUp();
      const asked = { asker, on: '2026-03-01', chosen: {}, limit: 2, periods: USUAL_PERIODS, partnership: USUAL_PARTNERSHIP };
      expect(await proposeAnchors(together, reach)(beside.views, asked)).toEqual(each);
    }
  });

  it('of a person with several records those of all to whoever has to do with one, and of each by itself once they are others again', async () => {
    const [first, second, third] = ['2026-02-03', '2026-02-02', '2026-02-01'];
    await log.append(concern(LEARNER, first), concern(OTHER_LEARNER, second, 'hts'), concern(THIRD, third, 'forge'));
    const told = (type: string, merged: string): readonly Written[] =>
      [OTHER_LEARNER, merged].map((learner) => log.clear(learnerStream(learner), type, { into: OTHER_LEARNER, merged }));
    const seen = async () => {
      const found = [];
      for (const slug of ['bct', 'hts', 'forge', 'stranger']) found.push(await daysOf(askerOf(slug)));
      return found;
    };
    const apart = [[first], [second], [third], []];
    expect(await seen()).toEqual(apart);
    await log.append(...told(LEARNER_MERGED, LEARNER));
    expect(await seen()).toEqual([[second, first], [second, first], [third], []]);
    await log.append(...told(LEARNER_MERGED, THIRD));
    const all = [third, second, first];
    expect(await seen()).toEqual([all, all, all, []]);
    await log.append(...told(LEARNER_UNMERGED, LEARNER));
    expect(await seen()).toEqual([[first], [third, second], [third, second], []]);
    await log.append(...told(LEARNER_UNMERGED, THIRD));
    expect(await seen()).toEqual(apart);
  });

  it.each([
    [undefined, []],
    ['attendance', ['2026-01-05']],
    ['identity', ['2026-01-05', '2026-02-03']],
  ])('nobody who was erased (category: %s)', async (category, left) => {
    await town();
    await log.append(referred(LEARNER, { to: 'bct' }));
    await log.erase(LEARNER, category);
    expect(await daysOf(askerOf('bct'))).toEqual(left);
  });
});
