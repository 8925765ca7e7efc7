// Whether what lies beside the log takes data: a file that fails is noticed otherwise only with the next event that needs it.
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { WriteProbe } from './readiness.ts';

const BLOCK = Buffer.alloc(4096);

/** Writes a block into a directory, down to the disk, and removes it. Rejects where that fails. */
export const probeWriting = async (directory: string): Promise<void> => {
  const path = join(directory, `.readiness-${process.pid}`);
  const file = await open(path, 'w', 0o600);
  try {
    await file.writeFile(BLOCK); // all of it: a disk that is nearly full takes a part
    await file.sync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
};

/** What a broker writes beside the log. */
export interface WrittenFiles {
  readonly directory: string;
  readonly vault: Probed;
  readonly quarantine: Probed;
  readonly used: Probed;
  readonly views: Probed;
}

interface Probed {
  probe(): Promise<void>;
}

export const writeProbes = ({ directory, vault, quarantine, used, views }: WrittenFiles): readonly WriteProbe[] => [
  { check: 'disk', says: 'The data directory cannot be written.', write: () => probeWriting(directory) },
  { check: 'keys', says: 'The file of keys cannot be written.', write: () => vault.probe() },
  { check: 'quarantine', says: 'The quarantine cannot be written.', write: () => quarantine.probe() },
  { check: 'access', says: 'The record of used assertions cannot be written: nobody gets a token.', write: () => used.probe() },
  { check: 'views', says: 'The views cannot be written: lists stand still.', write: () => views.probe() },
];
