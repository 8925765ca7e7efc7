// Keeps one Kafka for a run of specs: `node keeper.ts FOLDER PID`. It ends with SIGTERM, or when the process PID is no more.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { KafkaProcess } from './kafka-process.ts';
import { alive, tell } from './kept-kafka.ts';

const LOOK_MS = 1000;
const [folder = '', run = '0'] = process.argv.slice(2);

const ended = new Promise<void>((resolve) => {
  process.once('SIGTERM', resolve);
  setInterval(() => {
    if (!alive(Number(run))) resolve();
  }, LOOK_MS);
});

try {
  const kafka = await KafkaProcess.prepare(join(folder, 'kafka'));
  await kafka.start();
  tell(folder, { pid: process.pid, brokers: kafka.brokers });
  await ended;
  // What it holds goes with it: nothing is worth an orderly end.
  await kafka.kill9();
} catch (cause) {
  tell(folder, { pid: process.pid, brokers: [], failed: cause instanceof Error ? cause.message : String(cause) });
}
if (!alive(Number(run))) rmSync(folder, { recursive: true, force: true });
process.exit();
