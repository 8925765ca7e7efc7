// Whether the disk takes data: SQLite notices a full one only at the next event.
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';

const BLOCK = Buffer.alloc(4096);

/** Writes a block into a directory, down to the disk, and removes it. Rejects where that fails. */
export const probeWriting = async (directory: string): Promise<void> => {
  const path = join(directory, `.readiness-${process.pid}`);
  const file = await open(path, 'w', 0o600);
  try {
    await file.write(BLOCK);
    await file.sync();
  } finally {
    await file.close();
    await rm(path, { force: true });
  }
};
