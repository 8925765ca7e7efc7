// Goal P4: all views made anew from a generated log, against the figure asked for and a bare replay, and how the time grows with the log.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { shippedCatalogue } from '#catalogue';
import type { EventStore } from '#event-store';
import { followedWith, REPEAT_AVOIDED } from '#learner-file';
import { allProjectors, rebuild } from '#read-models';
import { generatedEvents, replacing, TestLog } from '#read-models/fixtures';
import { SqliteViewStore } from '#read-models/sqlite';
import { median, type Row } from './row.ts';

/** Events in the log; the goal is stated for 1,000,000. */
const EVENTS = Number(process.env['CONCORDAT_BENCH_EVENTS'] ?? 100_000);
const TEXT = 400;
const EVENTS_A_LEARNER = 10;
const APPENDED_AT_ONCE = 1000;
const READ_AT_ONCE = 2000;
const ROUNDS = 5;
/** Sizes of log, and how often each is run in a round: equally long, so that what else the machine does meets all alike. */
const SIZES = [4, 2, 1].map((times) => ({ size: EVENTS / times, times }));

const fill = async (log: TestLog): Promise<void> => {
  // The number of learners grows with the log, so that every size is a whole partnership of its own.
  const events = generatedEvents(log, { learners: (before) => Math.ceil((before + 1) / EVENTS_A_LEARNER), seed: 4, text: TEXT });
  for (let left = EVENTS; left > 0; left -= APPENDED_AT_ONCE) {
    await log.append(...Array.from({ length: Math.min(left, APPENDED_AT_ONCE) }, () => events.next().value));
  }
};

/** The log as it was when it had so many events. */
const prefixOf = (store: EventStore, size: number): EventStore =>
  replacing(store, 'readAll', async (options) => {
    const left = Math.max(0, size - (options.after ?? 0));
    return left === 0 ? [] : store.readAll({ ...options, limit: Math.min(options.limit, left) });
  });

/** Seconds of processor: the work is done on one thread, and others may be at work on the machine. */
const timed = async (work: () => Promise<unknown>): Promise<number> => {
  const began = process.cpuUsage();
  await work();
  const { user, system } = process.cpuUsage(began);
  return (user + system) / 1e6;
};

const rebuilding = async (log: TestLog, size: number): Promise<number> => {
  const folder = mkdtempSync(join(tmpdir(), 'rebuild-'));
  const views = new SqliteViewStore({ file: join(folder, 'views.sqlite'), cacheMib: 256 });
  try {
    const parts = { store: prefixOf(log.store, size), views, vault: log.vault, projectors: allProjectors };
    return await timed(async () => {
      const { sound } = await rebuild(parts, { verify: false });
      if (!sound) throw new Error('A view could not be made anew.');
    });
  } finally {
    await views.close();
    rmSync(folder, { recursive: true });
  }
};

/** What some view takes, and so opens. */
const TAKEN: ReadonlySet<string> = new Set(allProjectors.flatMap(({ types }) => (types === 'every' ? [] : [...types])));

/** What agencies tell, and what is noted of it in the same form. */
const CONTRIBUTED: ReadonlySet<string> = new Set([...shippedCatalogue().types.map(({ name }) => name), REPEAT_AVOIDED]);

/** The limit: the log read once, and what views take opened, with nothing made of it. */
const replay = async ({ store, vault }: TestLog): Promise<number> =>
  timed(async () => {
    const { decode, prepare } = followedWith(vault);
    for (let after = 0; after < EVENTS;) {
      const events = await store.readAll({ after, limit: READ_AT_ONCE });
      const followed = events.map(decode);
      const taken = followed.filter(({ recorded: { type } }) => TAKEN.has(type));
      await prepare(taken);
      for (const event of taken) {
        if (CONTRIBUTED.has(event.recorded.type)) event.open();
        else event.content();
      }
      after += events.length;
    }
  });

/** Slope of the least-squares line through (log size, log seconds). */
const exponent = (points: readonly (readonly [number, number])[]): number => {
  const logs = points.map(([size, seconds]) => [Math.log(size), Math.log(seconds)] as const);
  const mean = (of: 0 | 1): number => logs.reduce((sum, point) => sum + point[of], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const across = logs.reduce((sum, [size, seconds]) => sum + (size - x) * (seconds - y), 0);
  return across / logs.reduce((sum, [size]) => sum + (size - x) ** 2, 0);
};

const row = (
  name: string,
  unit: string,
  target: number,
  figures: { readonly limit: number; readonly ours: number; readonly ratio: number },
): Row => ({
  goal: 'P4',
  name,
  limit: Number(figures.limit.toFixed(3)),
  ours: Number(figures.ours.toFixed(3)),
  ratio: Number(figures.ratio.toFixed(2)),
  target,
  unit,
});

const rates = (limit: number, ours: number): { readonly limit: number; readonly ours: number; readonly ratio: number } => ({
  limit: Math.round(limit),
  ours: Math.round(ours),
  ratio: ours / limit,
});

/** Mean seconds of each size, the largest last. */
const growth = async (log: TestLog): Promise<readonly (readonly [number, number])[]> => {
  const points: [number, number][] = [];
  for (const { size, times } of SIZES) {
    let seconds = 0;
    for (let time = 0; time < times; time++) seconds += await rebuilding(log, size);
    points.push([size, seconds / times]);
  }
  return points;
};

/** The rows of goal P4 that concern views. */
export const rebuildBench = async (): Promise<readonly Row[]> => {
  const log = new TestLog();
  try {
    await fill(log);
    await growth(log); // warms up
    const rounds: { readonly replayed: number; readonly rebuilt: number; readonly slope: number }[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const replayed = EVENTS / (await replay(log));
      const points = await growth(log);
      rounds.push({ replayed, rebuilt: EVENTS / (points.at(-1)?.[1] ?? Number.NaN), slope: exponent(points) });
    }
    const ours = median(rounds.map(({ rebuilt }) => rebuilt));
    const slope = median(rounds.map((round) => round.slope));
    return [
      row('rebuild of all views, of 20,000/s', 'events/CPU s', 1, rates(20_000, ours)),
      row(
        'rebuild of all views, of reading and opening what they open',
        'events/CPU s',
        0.4,
        rates(median(rounds.map(({ replayed }) => replayed)), ours),
      ),
      row('growth of rebuild time with size, exponent (1.05 / ours)', 'exponent', 1, { limit: 1.05, ours: slope, ratio: 1.05 / slope }),
    ];
  } finally {
    await log.close();
  }
};
