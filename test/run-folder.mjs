// Where a run of specs keeps its files: in memory where there is a folder for that with room, since thousands of databases that wait for a
// shared disk take longer than all else. Every call to the file system is made as on a disk, and what is killed finds what it wrote.
import { accessSync, constants, mkdtempSync, readdirSync, rmSync, statfsSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const IN_MEMORY = '/dev/shm';
const GIB = 1024 ** 3;
/** Several times what the specs hold at once. */
const ROOM = 6 * GIB;
/** Beside the specs themselves, a browser and Kafka. */
const FREE_MEMORY = 10 * GIB;
const OWNER_MAY_RUN = 0o700;

const NAME = 'concordat-run-';
/** Longer than a run takes. */
const LEFT_MS = 6 * 3600 * 1000;

const made = (parent) => mkdtempSync(join(parent, NAME));

/** What runs left that were killed: memory is not given back otherwise. */
const sweep = (parent) => {
  const left = readdirSync(parent)
    .filter((name) => name.startsWith(NAME))
    .map((name) => join(parent, name))
    .filter((folder) => Date.now() - statSync(folder).mtimeMs > LEFT_MS);
  for (const folder of left) rmSync(folder, { recursive: true, force: true });
};

/** Some systems let nothing run there; specs run what they write. */
const mayRun = (folder) => {
  const file = join(folder, 'may-run');
  writeFileSync(file, '', { mode: OWNER_MAY_RUN });
  try {
    accessSync(file, constants.X_OK);
    return true;
  } finally {
    rmSync(file);
  }
};

const inMemory = () => {
  try {
    sweep(IN_MEMORY);
    const { bavail, bsize } = statfsSync(IN_MEMORY);
    if (bavail * bsize < ROOM || process.availableMemory() < FREE_MEMORY) return undefined;
    const folder = made(IN_MEMORY);
    try {
      if (mayRun(folder)) return folder;
    } catch {
      // It may not: see below.
    }
    rmSync(folder, { recursive: true });
  } catch {
    // There is no such folder, or it is somebody else's.
  }
  return undefined;
};

/** A new folder of this run; under `TMPDIR` where that is said. */
export const runFolder = () => (process.env['TMPDIR'] === undefined ? inMemory() : undefined) ?? made(tmpdir());
