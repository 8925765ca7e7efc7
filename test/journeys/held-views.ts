// Holds the views of a broker where they are, as a tool does that locks their file: what is recorded meanwhile is in none of them.
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/** A broker is in the midst of writing them at times. */
const PATIENCE_MS = 10_000;

export interface HeldViews {
  letGo(): void;
}

export const holdViews = (data: string): HeldViews => {
  const db = new DatabaseSync(join(data, 'views.sqlite'), { timeout: PATIENCE_MS });
  db.exec('BEGIN IMMEDIATE');
  return {
    letGo: () => {
      if (db.isOpen) db.close();
    },
  };
};
