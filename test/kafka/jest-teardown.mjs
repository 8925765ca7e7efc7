// After a run of specs: the Kafka that they shared ends, and what it held is removed.
import { rmSync } from 'node:fs';
import { endKept } from './kept-kafka.ts';

export default async () => {
  const folder = process.env['CONCORDAT_TEST_RUN'];
  if (folder === undefined) return;
  await endKept(folder);
  rmSync(folder, { recursive: true, force: true });
};
