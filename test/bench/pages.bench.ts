// Every kind of page of the console on a large log (console.md, 5: server ≤ 300 ms at the 95th percentile with a million events), each over
// many learners, decisions and consents, one at a time. `BENCH_EVENTS`: how large; `BENCH_FOLDER`: where the log is kept for the next run;
// `BENCH_KIND`: a regular expression of the kinds to look at; `BENCH_LOOKS`: how often at each.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type * as issuers from '../../apps/cli/demo/sign-in/demo-issuer.ts';
import type * as consoles from '../../apps/console/serve-console.ts';
import type * as settings from '../../apps/console/settings.ts';
import { hrefsIn, pagesFrom, PlainVisitor } from '../browser/plain-visitor.ts';
import type { ServedPages } from './pages-served.ts';
import type { Row } from './row.ts';

const built = (file: string): string => new URL(`../../dist/apps/${file}.js`, import.meta.url).href;

const { BENCH_EVENTS = '1000000', BENCH_FOLDER, BENCH_KIND = '', BENCH_LOOKS = '40' } = process.env;
const WANTED = new RegExp(BENCH_KIND);
const LIMIT_MS = 300;
const LOOKS = Number(BENCH_LOOKS);
/** Addresses of one kind that are kept, to look at different ones. */
const OF_A_KIND = 40;
const SIMULATED = '/dpo/protocols/e2e-passport';

const say = (text: string): void => void process.stderr.write(`${text}\n`);
const percentile = (values: readonly number[], part: number): number =>
  values.toSorted((one, other) => one - other)[Math.min(values.length - 1, Math.floor(values.length * part))] ?? Number.NaN;

interface Timed {
  readonly ms: number;
  /** Milliseconds of CPU of broker and console: a busy machine makes everybody wait. */
  readonly cpu: number;
  readonly hrefs: readonly string[];
  readonly status: number;
}

/** Whose pages are looked at. */
interface Looking {
  readonly visitor: PlainVisitor;
  readonly broker: ChildProcess;
}

const cpuOf = async (broker: ChildProcess): Promise<number> => {
  const { user, system } = process.cpuUsage();
  const told = once(broker, 'message');
  broker.send('how much');
  const [used] = (await told) as [number];
  return used + (user + system) / 1000;
};

const timed = async ({ visitor, broker }: Looking, path: string, form?: Readonly<Record<string, string>>): Promise<Timed> => {
  const before = await cpuOf(broker);
  const began = performance.now();
  const response = await visitor.once(path, form);
  const html = await response.text();
  const ms = performance.now() - began;
  return { ms, cpu: (await cpuOf(broker)) - before, hrefs: hrefsIn(html), status: response.status };
};

interface Round {
  readonly person: string;
  readonly kind: string;
  readonly looks: readonly Timed[];
}

const rowOf = ({ person, kind, looks }: Round): Row => {
  const waits = looks.map(({ ms }) => ms);
  const cpus = looks.map(({ cpu }) => cpu);
  const [p50, ours] = [percentile(waits, 0.5), percentile(waits, 0.95)];
  const cpu = `CPU ${percentile(cpus, 0.5).toFixed(0)} and ${percentile(cpus, 0.95).toFixed(0)}`;
  const status = [...new Set(looks.map((look) => look.status))].join(' ');
  say(`${person} ${kind}: ${p50.toFixed(0)} ${ours.toFixed(0)} ms, ${cpu}, slowest ${Math.max(...waits).toFixed(0)}, status ${status}`);
  const name = `${person}: \`${kind}\`, 95th percentile (median ${p50.toFixed(0)} ms; ${cpu} ms)`;
  return { goal: 'pages', name, limit: LIMIT_MS, ours, ratio: LIMIT_MS / ours, target: 1, unit: 'ms' };
};

const look = async (looking: Looking, paths: readonly string[]): Promise<readonly Timed[]> => {
  const looks: Timed[] = [];
  for (let n = 0; n < LOOKS; n++) looks.push(await timed(looking, paths[n % paths.length] ?? '/'));
  return looks;
};

/** What cannot be reached by a link: questions about a day, and answers to forms. */
const asked = async (looking: Looking, person: string, { references }: ServedPages): Promise<readonly Round[]> => {
  const days = references.slice(0, LOOKS).map((reference, n) => {
    const day = new URLSearchParams({ learner: reference, agency: 'forge', purpose: 'plan-learning', 'day-day': '3', 'day-month': '9' });
    return `/dpo/as-of?${day.toString()}&day-year=2026${n % 2 ? '&compare=today' : ''}`;
  });
  const find: Timed[] = [];
  await looking.visitor.open('/dpo/find');
  for (const query of references.slice(-LOOKS)) find.push(await timed(looking, '/dpo/find', { query }));
  return [
    { person, kind: '/dpo/as-of, answered', looks: await look(looking, days) },
    { person, kind: '/dpo/find, answered', looks: find },
    { person, kind: '/dpo/consents, withdrawn', looks: await look(looking, ['/dpo/consents?status=withdrawn']) },
    { person, kind: '/dpo/flows, three months', looks: await look(looking, ['/dpo/flows?from=2026-07&to=2026-09&count=learners']) },
  ];
};

/** Seconds until the result stands there, and how often the page said meanwhile how far it was. */
const simulated = async (visitor: PlainVisitor): Promise<Row> => {
  await visitor.open(`${SIMULATED}/simulate`);
  const began = performance.now();
  let page = await visitor.open(`${SIMULATED}/simulate`, { version: '2' });
  let progress = 0;
  while (page.html.includes('The simulation runs')) {
    progress++;
    page = await visitor.open(page.url.href);
  }
  const ours = (performance.now() - began) / 1000;
  if (!page.html.includes('What version 2 would change')) throw new Error(`No simulation: ${page.status}.`);
  say(`simulation: ${ours.toFixed(1)} s, said ${progress} times how far it was`);
  return {
    goal: 'pages',
    name: `simulation of a draft (progress told ${progress} times)`,
    limit: ours,
    ours,
    ratio: 1,
    target: 0,
    unit: 's',
  };
};

const readyFrom = (child: ChildProcess): Promise<ServedPages> =>
  new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(message as ServedPages));
    child.once('exit', (code) => reject(new Error(`The served process ended with ${String(code)}.`)));
  });

/** Where a person's pages begin; of the partnership's officer, learners of every part of the log, too. */
const firstPages = (opens: string, references: readonly string[]): readonly string[] => {
  const learners = references.slice(0, OF_A_KIND).map((reference) => `/dpo/learners/${reference}`);
  return [opens, ...learners, ...learners.map((learner) => `${learner}/disclosures`)];
};

const rowsOf = async (looking: Looking, person: string, first: readonly string[]): Promise<readonly Row[]> => {
  const open = async (path: string): Promise<readonly string[]> => (await timed(looking, path)).hrefs;
  const kinds = await pagesFrom(first, { open, most: OF_A_KIND });
  const rows: Row[] = [];
  for (const [kind, paths] of kinds) if (WANTED.test(kind)) rows.push(rowOf({ person, kind, looks: await look(looking, paths) }));
  return rows;
};

/** A run over each person's pages. */
const measured = async (ready: ServedPages, url: string, broker: ChildProcess): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const { id, opens } of ready.people) {
    const looking = { visitor: new PlainVisitor(url), broker };
    await looking.visitor.signIn(id);
    const isPartnerships = id === 'officer';
    rows.push(...(await rowsOf(looking, id, firstPages(opens, isPartnerships ? ready.references : []))));
    if (isPartnerships && WANTED.test('asked'))
      rows.push(...(await asked(looking, id, ready)).map(rowOf), await simulated(looking.visitor));
  }
  return rows;
};

export const pagesBench = async (): Promise<readonly Row[]> => {
  const { DemoIssuer } = (await import(built('cli/demo/sign-in/demo-issuer'))) as typeof issuers;
  const { serveConsole } = (await import(built('console/serve-console'))) as typeof consoles;
  const { parseConsoleSettings } = (await import(built('console/settings'))) as typeof settings;
  const folder = BENCH_FOLDER ?? mkdtempSync(join(tmpdir(), 'bench-pages-'));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const issuer = await DemoIssuer.listen(0);
  const args = [folder, BENCH_EVENTS, JSON.stringify(issuer.brokerSettings)];
  const child = fork(new URL('./pages-served.ts', import.meta.url), args, { execArgv: ['--disable-warning=ExperimentalWarning'] });
  try {
    const ready = await readyFrom(child);
    say(`${ready.events} events about ${ready.learners} learners, opened in ${ready.openedMs.toFixed(0)} ms`);
    const clientSecret = 'of-the-bench';
    const terms = { CONSOLE_PORT: '0', CONSOLE_BROKER_URL: ready.url, CONSOLE_AUDIENCE: ready.audience, CONSOLE_ISSUER: issuer.url };
    const console = await serveConsole(parseConsoleSettings({ ...terms, CONSOLE_CLIENT_SECRET: clientSecret }));
    await issuer.open({
      people: ready.people,
      console: console.url,
      clientId: 'concordat-console',
      clientSecret,
      audience: ready.audience,
    });
    const rows = await measured(ready, console.url, child);
    await console.close();
    return rows;
  } finally {
    child.kill('SIGKILL');
    await issuer.close();
    if (BENCH_FOLDER === undefined) rmSync(folder, { recursive: true });
  }
};
