// A whole list to a file (views.md, V7): as it comes, and under its name only when all of it has come.
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { Context } from '../context.ts';
import { askedByName, clientOf, type ListOptions } from './show-list.ts';

export interface ExportOptions extends Omit<ListOptions, 'csv' | 'json'> {
  readonly out: string;
}

/** Rows name learners. */
const OWNER_ALONE = 0o600;

export const exportList = async (context: Context, name: string, options: ExportOptions): Promise<void> => {
  const { path, query } = askedByName(name, options);
  const file = await (await clientOf(context, options)).export(path, query);
  const target = join(options.out, file.name);
  await keep(file.chunks, target);
  context.terminal.line(target);
};

/** Under another name until it is whole: whoever looks for the file finds none that is cut short. */
const keep = async (chunks: AsyncIterable<Uint8Array>, target: string): Promise<void> => {
  const coming = `${target}.${randomUUID()}`;
  try {
    await pipeline(chunks, createWriteStream(coming, { flags: 'wx', mode: OWNER_ALONE }));
    await rename(coming, target);
  } finally {
    await rm(coming, { force: true });
  }
};
