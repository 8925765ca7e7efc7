// The content of a view as one hash, the same whichever store holds it and in whichever order its rows came.
import { createHash } from 'node:crypto';
import type { DatabaseSync } from 'node:sqlite';
import type { ViewShape } from '../engine/index.ts';
import { allRows, physicalName } from './table-sql.ts';

const ROWS_AT_ONCE = 500;

export const contentHash = (
  db: DatabaseSync,
  { name, tables }: ViewShape,
  generation: number,
): { readonly rows: number; readonly hash: string } => {
  const hash = createHash('sha256');
  let rows = 0;
  for (const table of [...tables].sort((one, other) => (one.name < other.name ? -1 : 1))) {
    hash.update(`${JSON.stringify([table.name, Object.keys(table.columns)])}\n`);
    const statement = db.prepare(allRows(table, physicalName(name, generation, table.name)));
    statement.setReturnArrays(true);
    let text = '';
    for (const row of statement.iterate()) {
      text += `${JSON.stringify(row)}\n`;
      if (++rows % ROWS_AT_ONCE > 0) continue;
      hash.update(text);
      text = '';
    }
    hash.update(text);
  }
  return { rows, hash: hash.digest('hex') };
};
