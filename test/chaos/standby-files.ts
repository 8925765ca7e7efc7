// What a standby is given of the active broker's data directory.
import { cpSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

/** All that is not made again from the log. */
export const copyBesideLog = (from: string, to: string): void => {
  const derived = /^(?:log|views|feeds)\.sqlite/;
  for (const file of readdirSync(from).filter((name) => !derived.test(name))) cpSync(join(from, file), join(to, file), { recursive: true });
};
