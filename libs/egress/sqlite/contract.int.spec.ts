import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { feedLedgerContract } from '../contract/index.ts';
import { SqliteFeedLedger } from './index.ts';

feedLedgerContract('SqliteFeedLedger', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
  const open = () => SqliteFeedLedger.open(join(folder, 'feeds.sqlite'));
  return { ledger: open(), reopen: open, discard: () => rmSync(folder, { recursive: true }) };
});
