import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { FeedLedgerInUse, type LedgerFeed } from '../feed/index.ts';
import { SqliteFeedLedger } from './index.ts';
import { ledgerFeed, ledgerText } from './ledger-text.ts';

const folder = mkdtempSync(join(tmpdir(), 'ledger-'));
let files = 0;
let file: string;
let ledger: SqliteFeedLedger;
beforeEach(() => {
  file = join(folder, `${++files}.sqlite`);
  ledger = SqliteFeedLedger.open(file);
});
afterEach(() => ledger.close());
afterAll(() => rmSync(folder, { recursive: true }));

type Item = readonly [revision: number, id: string, token?: string];
const feed = (...items: readonly Item[]): LedgerFeed => ({
  items: new Map(items.map(([revision, id, token]) => [revision, { id, ...(token === undefined ? {} : { token }) }])),
  notices: new Map(),
});
const line = (learner: string, recipient: string, ...items: readonly Item[]) => ({ learner, recipient, feed: feed(...items) });

describe('the ledger of feeds', () => {
  it('is written before it returns: a copy of its files at that moment has it', () => {
    ledger.write({ position: 3, feeds: [line('a', 'forge', [0, '1'])] });
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${file}.copy${end}`);
    const copy = SqliteFeedLedger.open(`${file}.copy`);
    expect([copy.position, copy.feedsOf('a')]).toEqual([3, new Map([['forge', feed([0, '1'])]])]);
    copy.close();
  });

  it('is kept by one process at a time', () => {
    ledger.write({ position: 1 });
    const open = `new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)}).exec('SELECT * FROM reached')`;
    const other = (): unknown => execFileSync(process.execPath, ['-e', open], { stdio: 'pipe' });
    expect(other).toThrow('database is locked');
    expect(() => SqliteFeedLedger.open(file)).toThrow(FeedLedgerInUse);
    ledger.close();
    expect(other).not.toThrow();
    ledger = SqliteFeedLedger.open(file);
    expect(ledger.position).toBe(1);
  });
});

describe('a line of the ledger', () => {
  it('is read as it was written, whatever it holds', () => {
    const token = fc.option(fc.stringMatching(/^[A-Za-z0-9_-]{11}$/), { nil: undefined });
    const held = (more: object) => token.map((one) => ({ ...more, ...(one === undefined ? {} : { token: one }) }));
    const items = fc.array(
      fc.tuple(
        fc.integer({ min: -1 }),
        fc.stringMatching(/^(?:[A-Za-z0-9_-]{22}|identity)$/).chain((id) => held({ id })),
      ),
    );
    const notices = fc.array(fc.tuple(fc.uuid(), held({})));
    fc.assert(
      fc.property(items, notices, (some, others) => {
        const whole = { items: new Map(some), notices: new Map(others) } as unknown as LedgerFeed;
        expect(ledgerFeed(ledgerText(whole))).toEqual(whole);
      }),
    );
  });
});
