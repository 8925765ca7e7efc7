// Unusual access as the log tells of it, under the rules.
import { type AccessHit, type DisclosureDecided, DISCLOSURE_REFUSED, type LookDecided, lookEvent } from '#disclosure';
import { londonDate } from '#kernel';
import { disclosureStream } from '#learner-file';
import { decided, decision, LEARNER, OTHER_LEARNER, NOON, type Shown, showing, TestLog } from '../fixtures/index.ts';
import { findUnusualAccess } from './unusual-access.query.ts';
import { unusualAccess } from './unusual-access.view.ts';

const DAY = 86_400_000;
const HOUR = 3_600_000;
let log: TestLog;
let shown: Shown;
beforeEach(() => {
  log = new TestLog();
  shown = showing(log, unusualAccess);
});
afterEach(async () => {
  await shown.close();
  await log.close();
});

const look = async (more: Partial<DisclosureDecided> = {}, learner = LEARNER): Promise<void> =>
  log.append(decision(log, { learner, actor: 'northside' }, { ...decided('northside', 3), staff: 'pat', ...more }));
const looks = async (times: number, more: Partial<DisclosureDecided> = {}, learner = LEARNER): Promise<void> => {
  for (let time = 0; time < times; time++) await look(more, learner);
};
const hits = async (from = '2026-01-01', to = '2026-12-31'): Promise<readonly AccessHit[]> => {
  await shown.catchUp();
  return (await findUnusualAccess(shown.views, { from, to })).hits;
};
const rules = async (from?: string, to?: string): Promise<readonly string[]> => (await hits(from, to)).map(({ rule }) => rule);

describe('whose looks are watched', () => {
  it('may be one agency’s alone, by every rule', async () => {
    log.clock.set(Date.UTC(2026, 0, 5, 2));
    for (const actor of ['northside', 'southside']) {
      for (let times = 0; times < 20; times++) {
        await log.append(decision(log, { learner: LEARNER, actor }, { ...decided(actor, 3), staff: 'pat' }));
        await log.append(decision(log, { learner: LEARNER, actor }, { ...decided(actor, 3), staff: 'pat', outcome: 'not-permitted' }));
      }
    }
    await shown.catchUp();
    const found = async (of?: string) =>
      (await findUnusualAccess(shown.views, { from: '2026-01-01', to: '2026-01-31' }, { of })).hits.map(
        ({ rule, recipient }) => `${rule} ${recipient}`,
      );
    const one = ['many-refusals', 'outside-hours', 'same-learner'];
    expect((await found('southside')).toSorted()).toEqual(one.map((rule) => `${rule} southside`));
    expect((await found()).toSorted()).toEqual(one.flatMap((rule) => [`${rule} northside`, `${rule} southside`]));
    const { hits: others } = await findUnusualAccess(shown.views, { from: '2026-01-01', to: '2026-01-31' }, { notOf: 'southside' });
    expect(others.map(({ rule, recipient }) => `${rule} ${recipient}`).toSorted()).toEqual(one.map((rule) => `${rule} northside`));
  });
});

describe('looks by night', () => {
  it('are told by day and person, in London’s time', async () => {
    for (const [hour, month] of [
      [5.99, 0],
      [6, 0],
      [21.99, 0],
      [22, 0],
      [4.99, 6],
      [20.99, 6],
    ] as const) {
      log.clock.set(Date.UTC(2026, month, 5) + hour * HOUR);
      await look();
    }
    expect(await hits()).toEqual([
      expect.objectContaining({ rule: 'outside-hours', recipient: 'northside', position: 5, looks: 1, positions: [5] }),
      expect.objectContaining({ rule: 'outside-hours', recipient: 'northside', position: 1, looks: 2, positions: [1, 4] }),
    ]);
    expect((await hits('2026-07-05', '2026-07-05')).map(({ position }) => position)).toEqual([5]);
    expect((await hits())[0]?.person).not.toContain('pat');
  });

  it('of systems that ask by themselves are not', async () => {
    log.clock.set(Date.UTC(2026, 0, 5, 2));
    const { staff: _, ...unstaffed } = decided('northside', 3);
    await log.append(decision(log, { learner: LEARNER, actor: 'northside' }, unstaffed));
    expect(await rules()).toEqual([]);
  });

  it('of offices are, whether or not a person was named', async () => {
    log.clock.set(Date.UTC(2026, 0, 5, 2));
    const looked: LookDecided = {
      ...{ recipient: 'operator:dpo-partnership', asked: 'disclosures', parameters: {}, at: NOON, outcome: 'answered' },
      ...{ agencies: 0, protocols: 0, linkAdvisers: -1, ground: { basis: '6(1)(c)' } },
    };
    await log.append(log.made(disclosureStream(LEARNER), (id) => lookEvent({ id, correlation: 'c', about: LEARNER }, looked)));
    expect(await hits()).toMatchObject([{ rule: 'outside-hours', recipient: 'operator:dpo-partnership', person: '' }]);
  });
});

describe('a day far above usual', () => {
  it('is told with what would be usual', async () => {
    for (let day = 0; day < 6; day++) {
      log.clock.set(NOON + day * DAY);
      await looks(day < 5 ? 1 : 6, { route: 'list' });
    }
    const [hit, ...more] = await hits();
    expect(more).toEqual([]);
    expect(hit).toMatchObject({ rule: 'far-above-usual', looks: 6, usual: 1, position: 6, positions: [6, 7, 8, 9, 10, 11] });
    expect(hit).not.toHaveProperty('learner');
  });

  it('is the same whenever the days that are asked about begin', async () => {
    const counts = [...Array.from({ length: 40 }, () => 3), ...Array.from({ length: 19 }, () => 1), 6];
    for (const [day, count] of counts.entries()) {
      log.clock.set(NOON + day * DAY);
      await looks(count, { route: 'list' });
    }
    const last = londonDate(log.clock.now());
    expect(await hits(last, last)).toMatchObject([{ rule: 'far-above-usual', looks: 6, usual: 1 }]);
    expect(await hits()).toEqual(await hits(last, last));
  });
});

it('a day of whoever looks once a week is told by days of longer ago than are asked about', async () => {
  for (let week = 0; week < 9; week++) {
    log.clock.set(NOON + 7 * week * DAY);
    await looks(week < 8 ? 1 : 6, { route: 'list' });
  }
  const last = londonDate(log.clock.now());
  expect(await hits(last, last)).toMatchObject([{ rule: 'far-above-usual', looks: 6, usual: 1 }]);
});

describe('the same learner looked at again and again', () => {
  it('is told at the tenth look, unless something changed between', async () => {
    await looks(9);
    await look({}, OTHER_LEARNER);
    expect(await rules()).toEqual([]);
    await look();
    expect(await hits()).toMatchObject([{ rule: 'same-learner', learner: LEARNER, looks: 10, position: 11 }]);
    await log.append(log.contribution('programme.started', { category: 'programme' }));
    await looks(9);
    expect((await hits()).map(({ position }) => position)).toEqual([11]);
  });

  it('is told of days on which somebody looked', async () => {
    await looks(10);
    const then = londonDate(NOON);
    expect(await rules(then, then)).toEqual(['same-learner']);
    log.clock.set(NOON + 2 * DAY);
    await look({}, OTHER_LEARNER);
    expect(await rules(londonDate(NOON + DAY), londonDate(NOON + 2 * DAY))).toEqual([]);
  });

  it('is told of the days on which they became many, whenever they began', async () => {
    const [then, later] = [londonDate(NOON), londonDate(NOON + DAY)];
    await looks(6);
    await looks(14, {}, OTHER_LEARNER);
    log.clock.set(NOON + DAY);
    await looks(5);
    await looks(5, {}, OTHER_LEARNER);
    expect((await hits(later, later)).map(({ rule, learner, looks: many }) => [rule, learner, many])).toEqual([
      ['same-learner', LEARNER, 11],
    ]);
    expect((await hits(then, then)).map(({ learner }) => learner)).toEqual([OTHER_LEARNER]);
  });

  it('is not hidden by what another agency looked at more often', async () => {
    for (let learner = 0; learner < 200; learner++) await looks(11, {}, `${LEARNER}-${learner}`);
    for (let times = 0; times < 10; times++)
      await log.append(decision(log, { learner: LEARNER, actor: 'southside' }, { ...decided('southside', 3), staff: 'pat' }));
    expect((await hits()).map(({ recipient }) => recipient)).toContain('southside');
  });

  it('is not hidden by cases of the same agency that were looked at more often over the years', async () => {
    for (let learner = 0; learner < 200; learner++) {
      await looks(6, {}, `${LEARNER}-${learner}`);
      await log.append(log.contribution('adviser.informed', { learner: `${LEARNER}-${learner}`, category: 'adviser' }));
      await looks(6, {}, `${LEARNER}-${learner}`);
    }
    log.clock.set(NOON + DAY);
    await looks(10, { staff: 'sam' }, OTHER_LEARNER);
    expect(await hits()).toMatchObject([{ rule: 'same-learner', learner: OTHER_LEARNER }]);
  });

  it('is told of one person, and not of rows, feeds or refusals', async () => {
    await looks(5);
    await looks(5, { staff: 'sam' });
    await looks(10, { route: 'list' });
    await looks(10, { route: 'feed' });
    await looks(10, { ...decided('northside', 0) });
    expect(await rules()).toEqual([]);
  });

  it('is forgotten with the learner', async () => {
    await looks(10);
    expect(await rules()).toEqual(['same-learner']);
    await log.erase(LEARNER);
    expect(await rules()).toEqual([]);
  });
});

describe('many refusals', () => {
  it('are told of systems too, and of questions about nobody', async () => {
    const refusal = { ref: 'r', purposes: [], recipient: 'eastgate', asked: 'passport', at: NOON };
    for (let time = 0; time < 20; time++) {
      log.clock.set(NOON + time * 60_000);
      await log.append(log.clear(disclosureStream('nobody'), DISCLOSURE_REFUSED, refusal, 'eastgate'));
    }
    expect(await hits()).toMatchObject([{ rule: 'many-refusals', recipient: 'eastgate', person: '', looks: 20, position: 20 }]);
  });

  it('are of the day on which they end, also where they began the day before', async () => {
    for (let time = 0; time < 20; time++) {
      log.clock.set(Date.UTC(2026, 0, 5, 23, 40) + time * 2 * 60_000);
      await look({ ...decided('northside', 0) });
    }
    const refused = async (day: string) => (await hits(day, day)).filter(({ rule }) => rule === 'many-refusals');
    expect(await refused('2026-01-06')).toMatchObject([{ looks: 20, position: 20 }]);
    expect(await refused('2026-01-05')).toEqual([]);
  });

  it('are nothing when spread over a day', async () => {
    for (let time = 0; time < 30; time++) {
      log.clock.set(NOON + time * 600_000);
      await look({ ...decided('northside', 0) });
    }
    expect(await rules()).not.toContain('many-refusals');
  });
});
