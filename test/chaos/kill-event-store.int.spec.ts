// The embedded log under kill -9.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SqliteEventStore } from '#event-store/sqlite';
import { killLoop } from './kill-loop.ts';

const folder = mkdtempSync(join(tmpdir(), 'kill-event-store-'));
const file = join(folder, 'log.db');
afterAll(() => rmSync(folder, { recursive: true }));

killLoop(
  { name: 'a log', open: async () => SqliteEventStore.open({ file }), address: () => file },
  { kills: Number(process.env['CONCORDAT_KILLS'] ?? 50), seed: Number(process.env['CONCORDAT_SEED'] ?? 7) },
);
