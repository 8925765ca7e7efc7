// `npm run bench [P1 P6 … kurrentdb]`: every performance figure beside its limit, measured in the same run. docs/benchmarks.md keeps them.
import { cpus } from 'node:os';
import type { Row } from './row.ts';

/** Loaded one by one, so that none measures beside another's leftovers. */
const BENCHES: readonly (readonly [goal: string, load: () => Promise<() => Promise<readonly Row[]>>])[] = [
  ['P1', async () => (await import('./admission.bench.ts')).admissionBench],
  ['P2', async () => (await import('./append.bench.ts')).appendBench],
  ['P3', async () => (await import('./decision.bench.ts')).decisionBench],
  ['P4', async () => (await import('./replay.bench.ts')).replayBench],
  ['P4', async () => (await import('./rebuild.bench.ts')).rebuildBench],
  ['views', async () => (await import('./views.bench.ts')).viewsBench],
  ['P5', async () => (await import('./kafka.bench.ts')).kafkaBench],
  ['P5', async () => (await import('./sealing.bench.ts')).sealingBench],
  ['P6', async () => (await import('./http.bench.ts')).httpBench],
  ['P6', async () => (await import('./list.bench.ts')).listBench],
  ['list-pages', async () => (await import('./list-pages.bench.ts')).listPagesBench],
  ['lists', async () => (await import('./lists-grown.bench.ts')).listsGrownBench],
  ['withdrawals', async () => (await import('./withdrawals.bench.ts')).withdrawalsBench],
  ['pages', async () => (await import('./pages.bench.ts')).pagesBench],
  ['P8', async () => (await import('./memory.bench.ts')).memoryBench],
  ['P8', async () => (await import('./reads.bench.ts')).readsBench],
  ['kurrentdb', async () => (await import('./kurrent.bench.ts')).kurrentBench],
];

const figure = (value: number): string => (value >= 100 ? Math.round(value).toLocaleString('en-GB') : value.toPrecision(3));

const line = ({ goal, name, limit, ours, ratio, target, unit }: Row): string =>
  `| ${goal} | ${name} | ${figure(limit)} | ${figure(ours)} | ${ratio.toFixed(2)} | ${target} | ${ratio >= target ? 'reached' : 'short'} | ${unit} |`;

const wanted = process.argv.slice(2);
const say = (text: string): void => void process.stdout.write(`${text}\n`);

say(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} cores, Node ${process.versions.node}\n`);
say('| goal | what | limit | ours | ratio | wanted | | unit |');
say('|---|---|---|---|---|---|---|---|');
for (const [goal, load] of BENCHES) {
  if (wanted.length > 0 && !wanted.includes(goal)) continue;
  for (const row of await (await load())()) say(line(row));
}
