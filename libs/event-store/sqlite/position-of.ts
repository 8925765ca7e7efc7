// Finds an event by the text of its id.
import type { Position } from '#kernel';
import { writeUuid } from '../uuid-bytes.ts';
import { ID_WORDS } from './id-table.ts';
import type { LogIndex } from './log-index.ts';

const words = new Uint32Array(ID_WORDS);
const bytes = new Uint8Array(words.buffer);

/** Where the event stands; 0: it is not stored. Throws `TypeError` where the id is no UUID. */
export const positionOf = (index: LogIndex, id: string): Position => {
  if (!writeUuid(id, bytes, 0)) throw new TypeError('An event id that is no UUID in lower case.');
  return index.find(words);
};
