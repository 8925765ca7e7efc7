// Finds the catalogue's data files from wherever this module runs: libs/catalogue/*.ts or dist/libs/catalogue/*.js.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The nearest `protocols` directory, above `from`, that holds a catalogue. Throws where there is none. */
export const findProtocols = (from: string = fileURLToPath(new URL('.', import.meta.url))): string => {
  const candidate = join(from, 'protocols');
  if (existsSync(join(candidate, 'catalogue'))) return candidate;
  const parent = dirname(from);
  if (parent === from) throw new Error('No directory above the catalogue module holds protocols/catalogue: give its place explicitly.');
  return findProtocols(parent);
};
