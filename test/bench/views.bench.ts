// What all views cost for an event about a learner of whom much was told before, beside one about a learner of whom little was (ADR 80).
import { allProjectors, ProjectionEngine } from '#read-models';
import { TestLog, type Written } from '#read-models/fixtures';
import { SqliteViewStore } from '#read-models/sqlite';
import { median, type Row } from './row.ts';

/** Events of a log: the views are equally large, whether many learners make them or few. */
const EVENTS = Number(process.env['CONCORDAT_BENCH_EVENTS'] ?? 50_000);
const LENGTHS = [10, 50, 200] as const;
/** The last of each log, in parts, in turns with those of the others; of each log the median counts. */
const [PARTS, OF_A_PART] = [9, 1000];
const APPENDED_AT_ONCE = 500;
const LONGEST_WAIT_MS = 600_000;

const learnerOf = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;

const provider = (log: TestLog, type: string, learner: number, data: Readonly<Record<string, unknown>>): Written =>
  log.contribution(type, {
    learner: learnerOf(learner),
    actor: 'forge',
    category: 'programme',
    data: { programmeId: `p-${learner}`, ...data },
  });

/** Of each learner one review in each round, behind what introduces it. */
function* told(log: TestLog, learners: number): Generator<Written, never> {
  for (let n = 0; n < learners; n++) {
    const person = { localId: `l-${n}`, givenName: 'Sam', familyName: 'Example', dateOfBirth: '2010-05-06', postcode: 'WV1 1AA' };
    yield log.contribution('learner.registered', { learner: learnerOf(n), actor: 'forge', category: 'identity', data: person });
    yield provider(log, 'programme.started', n, { kind: 'e2e', title: 'Entry to employment', startedOn: '2026-01-02' });
  }
  for (let round = 0; ; round++)
    for (let n = 0; n < learners; n++) yield provider(log, 'review.held', n, { reviewId: `v-${round}-${n}`, heldOn: '2026-01-05' });
}

/** A log, and all views of it. */
class Followed {
  readonly #log = new TestLog();
  readonly #views = new SqliteViewStore({ file: this.#log.viewsFile, serving: true });
  readonly #events: Generator<Written, never>;

  constructor(learners: number) {
    this.#events = told(this.#log, learners);
  }

  async append(count: number): Promise<void> {
    for (let left = count; left > 0; left -= APPENDED_AT_ONCE)
      await this.#log.append(...Array.from({ length: Math.min(left, APPENDED_AT_ONCE) }, () => this.#events.next().value));
  }

  /** Brings all views to the head of the log. */
  async catchUp(): Promise<void> {
    const stop = new AbortController();
    const { store } = this.#log;
    const engine = new ProjectionEngine({ store, tail: this.#log.tail(), views: this.#views, projectors: allProjectors });
    const running = engine.run(stop.signal);
    const head = await store.head();
    const reached = await Promise.all(allProjectors.map(({ name }) => engine.waitFor(name, head, LONGEST_WAIT_MS)));
    stop.abort();
    await running;
    if (reached.includes(false)) throw new Error('A view stands still.');
  }

  async close(): Promise<void> {
    await this.#views.close();
    await this.#log.close();
  }
}

/** Microseconds of processor an event: reading, opening and taking it in, and its part of the commits. */
const costOf = async (followed: Followed): Promise<number> => {
  await followed.append(OF_A_PART);
  const before = process.cpuUsage();
  await followed.catchUp();
  const { user, system } = process.cpuUsage(before);
  return (user + system) / OF_A_PART;
};

const costs = async (): Promise<readonly number[]> => {
  const all = LENGTHS.map((length) => ({ followed: new Followed(Math.ceil(EVENTS / length)), each: [] as number[] }));
  for (const { followed } of all) {
    await followed.append(EVENTS - PARTS * OF_A_PART);
    await followed.catchUp();
  }
  for (let part = 0; part < PARTS; part++) for (const { followed, each } of all) each.push(await costOf(followed));
  for (const { followed } of all) await followed.close();
  return all.map(({ each }) => median(each));
};

export const viewsBench = async (): Promise<readonly Row[]> => {
  const [limit = Number.NaN, ...longer] = await costs();
  return longer.map((ours, place) => ({
    goal: 'views',
    name: `all views, an event about a learner with ${LENGTHS[place + 1]} before it (limit: with ${LENGTHS[0]}; ratio limit/ours)`,
    ...{ limit, ours, ratio: limit / ours, target: 0.8, unit: 'µs' },
  }));
};
