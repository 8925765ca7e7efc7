// How much of the house three things walk through: an event to its receipt, a passport, a withdrawal with all that follows. `npm run walks`
// prints it; WALKS=files lists the files. Another learner walks first, so that nothing counts which is done once.
import { fixedClock } from '#kernel';
import { FeedTown } from '../../journeys/feed-town.ts';
import { assessment, consent, registration, Town, ulnOf } from '../../journeys/town.ts';
import { about, MORNING, referral } from '../../journeys/told.ts';
import { callsOf, Coverage, functionsIn, type Walked } from './coverage.ts';

/**
 * What may be at most: files of `apps` and `libs` that run, those above the ground (doors, use cases and rules, which whoever reads the
 * walk opens) and all of them (two to spare, for what runs by the clock); times that an event is judged; and events that are read from the
 * log and decoded beside those that were written, which the tail reads once for all. Who makes it less lowers it here; more is a choice
 * made in the open (ADR 28). A passport shows what was recorded just before, and reads none of it; of a withdrawal, a notice reads who was
 * shown what, and where that stands.
 */
const MOST = {
  registration: { aboveGround: 56, files: 99, judged: 1, readAgain: 0 },
  assessment: { aboveGround: 61, files: 104, judged: 1, readAgain: 0 },
  passport: { aboveGround: 51, files: 84, judged: 0, readAgain: 0 },
  withdrawal: { aboveGround: 112, files: 165, judged: 1, readAgain: 2 },
} as const;
type Name = keyof typeof MOST;

/** Parts of the house, as ARCHITECTURE.md draws it; the rest is the ground. */
const PARTS: Readonly<Record<string, readonly string[]>> = {
  doors: ['apps/', 'libs/ingress/', 'libs/egress/', 'libs/http/', 'libs/access/', 'libs/kafka/'],
  'use cases': ['admission', 'disclosure', 'projections', 'read-models', 'rights', 'quarantine', 'learner-file', 'unit-of-work'].map(
    (name) => `libs/${name}/`,
  ),
  rules: ['learners', 'consent', 'learner-record', 'contribution', 'sharing-protocols', 'partnership', 'agencies'].map(
    (name) => `libs/${name}/`,
  ),
};

const NOTICE = 'notice:';
/** Signatures are checked in this thread, where they are counted. */
const environment = { CONCORDAT_VERIFY_WORKERS: '0' };

interface Walk {
  readonly walked: Walked;
  /** Events that it wrote. */
  readonly written: number;
}

/** A broker of doors alone, where nothing follows what is walked. */
let town: Town;
/** One with feeds, notices and views. */
let feeds: FeedTown;
let coverage: Coverage;
const walks = new Map<Name, Walk>();

const walk = async (name: Name, { store }: Town['node'], act: () => Promise<unknown>): Promise<void> => {
  const before = await store.head();
  await coverage.take();
  await act();
  const walked = await coverage.take();
  walks.set(name, { walked, written: (await store.head()) - before });
};

/** Feeds, views and files of learners are as the log has them. */
const settled = async (): Promise<void> => {
  const { store, projections } = feeds.town.node;
  for (let head = -1; head !== (await store.head());) {
    head = await store.head();
    await feeds.caughtUp();
    for (const { view } of (await projections.health()).views) await projections.waitFor(view, head, 10_000);
  }
};

const noticed = async (count: number): Promise<void> => {
  const arrived = Promise.withResolvers<void>();
  const isThere = (): boolean => [...feeds.kept.of('forge').keys()].filter((key) => key.startsWith(NOTICE)).length === count;
  feeds.kept.after = async () => void (isThere() && arrived.resolve());
  if (isThere()) arrived.resolve();
  await arrived.promise;
  feeds.kept.after = async () => undefined;
};

const askAbout = async (n: number): Promise<void> => {
  const uln = ulnOf(n);
  await walk('registration', town.node, () => town.tell('careers', registration(uln, `c-${n}`)));
  await town.tell('careers', referral(uln, 'forge'), consent(uln, `k-${n}`, { recipients: ['forge'] }));
  await walk('assessment', town.node, () => town.tell('careers', assessment(uln)));
  await walk('passport', town.node, () => town.passport('forge', 'plan-learning', `uln:${uln}`));
};

const withdraw = async (n: number): Promise<void> => {
  const uln = ulnOf(n);
  const agreed = consent(uln, `k-${n}`, { recipients: ['forge'] });
  await feeds.town.tell('careers', registration(uln, `c-${n}`), referral(uln, 'forge'), assessment(uln), agreed);
  await settled();
  await walk('withdrawal', feeds.town.node, async () => {
    await feeds.town.tell('careers', about(uln, 'consent.withdrawn', { consentId: `k-${n}`, by: 'learner' }));
    await noticed(n);
    await settled();
  });
};

const walkOf = (name: Name): Walk => walks.get(name) ?? { walked: new Map(), written: 0 };
const judged = ({ walked }: Walk): number => callsOf(walked, 'libs/admission/judge.ts', 'judgeEvent');
const readFromLog = ({ walked }: Walk): number => callsOf(walked, 'libs/event-store/record-form.ts', 'readForm');
const opened = ({ walked }: Walk): number => callsOf(walked, 'libs/privacy/opening/index.ts', 'openSealed');

const filesUnder = ({ walked }: Walk, folders: readonly string[]): number =>
  [...walked.keys()].filter((file) => folders.some((of) => file.startsWith(of))).length;

const aboveGround = (one: Walk): number => filesUnder(one, Object.values(PARTS).flat());

const partsOf = (one: Walk): string =>
  Object.entries(PARTS)
    .map(([part, folders]) => `${part} ${filesUnder(one, folders)}`)
    .join(', ');

const line = (name: Name): string => {
  const one = walkOf(name);
  const files = `${aboveGround(one)} files above the ground (${partsOf(one)}), ${one.walked.size} with it`;
  const counted = `${files}, ${functionsIn(one.walked)} functions`;
  return `${name}: ${counted}; judged ${judged(one)}, written ${one.written}, read ${readFromLog(one)}, opened ${opened(one)}\n`;
};

const filesOf = (name: Name): string =>
  [...walkOf(name).walked]
    .map(([file, functions]) => `  ${file}: ${functions.map(({ name: one, calls }) => `${one || 'anonymous'} ${calls}`).join(', ')}\n`)
    .sort()
    .join('');

beforeAll(async () => {
  const clock = fixedClock(MORNING);
  coverage = await Coverage.start();
  town = await Town.open({ clock, environment });
  for (const n of [1, 2]) await askAbout(n);
  feeds = await FeedTown.open({ clock, following: true, environment }, ['forge']);
  for (const n of [1, 2]) await withdraw(n);
}, 60_000);
afterAll(async () => {
  for (const name of walks.keys()) process.stdout.write(line(name) + (process.env['WALKS'] === 'files' ? filesOf(name) : ''));
  await coverage.stop();
  await town.close();
  await feeds.close();
});

it.each(Object.entries(MOST) as [Name, (typeof MOST)[Name]][])('%s: walks no further than it must', (name, most) => {
  const one = walkOf(name);
  expect(aboveGround(one)).toBeGreaterThan(10);
  expect(aboveGround(one)).toBeLessThanOrEqual(most.aboveGround);
  expect(one.walked.size).toBeLessThanOrEqual(most.files);
  expect(judged(one)).toBeLessThanOrEqual(most.judged);
  expect(readFromLog(one)).toBeLessThanOrEqual(one.written + most.readAgain);
});

it('what is counted is there to be counted', () => {
  expect(judged(walkOf('assessment'))).toBeGreaterThan(0);
  expect(walkOf('withdrawal').written).toBeGreaterThan(1);
  expect(readFromLog(walkOf('withdrawal'))).toBeGreaterThan(0);
  expect(opened(walkOf('withdrawal'))).toBeGreaterThan(0);
});
