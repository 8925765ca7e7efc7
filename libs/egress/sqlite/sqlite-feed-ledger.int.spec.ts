import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { FeedLedgerInUse, type FeedLine, type LedgerFeed } from '../feed/index.ts';
import { SqliteFeedLedger } from './index.ts';

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
  duties: new Map(),
});
const FIRST: FeedLine = { learner: 'a', recipient: 'forge', revision: 0, item: { id: '1' } };

describe('the ledger of feeds', () => {
  it('is written before it resolves: a copy of its files at that moment has it', async () => {
    await ledger.write({ position: 3, feeds: [FIRST] });
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${file}.copy${end}`);
    const copy = SqliteFeedLedger.open(`${file}.copy`);
    expect([(await copy.recover()).position, await copy.feedsOf('a')]).toEqual([3, new Map([['forge', feed([0, '1'])]])]);
    await copy.close();
  });

  it('has nothing of what was on its way for certain when its process ended, and all that had arrived before', async () => {
    const sending = (revision: number): FeedLine => ({ learner: 'a', recipient: 'forge', revision, item: { id: String(revision) } });
    const arrived = (revision: number, token: string): FeedLine => ({ ...sending(revision), item: { id: String(revision), token } });
    await ledger.write({ learners: [{ learner: 'a', generation: 1, due: undefined }], feeds: [sending(1)] });
    await ledger.note({ feeds: [arrived(1, 't')] });
    await ledger.write({ feeds: [sending(2), sending(3)] });
    await ledger.note({ feeds: [arrived(2, 'u')] }); // 3 is its recipient's who took nothing
    await ledger.write({ feeds: [sending(4), { learner: 'a', recipient: 'forge', noticeId: 'n', notice: {} }] });
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${file}.copy${end}`);
    const copy = SqliteFeedLedger.open(`${file}.copy`);
    await copy.recover();
    const held = feed([1, '1', 't'], [2, '2', 'u'], [3, '3'], [4, '4']);
    const behind = (await copy.behind(1, 9)).map(({ learner }) => learner);
    expect([await copy.feedsOf('a'), behind]).toEqual([new Map([['forge', { ...held, notices: new Map([['n', {}]]) }]]), ['a']]);
    await copy.close();
    expect(await ledger.feedsOf('a')).toEqual(new Map([['forge', { ...held, notices: new Map([['n', {}]]) }]]));
  });

  it('is kept by one process at a time', async () => {
    await ledger.write({ position: 1 });
    const open = `new (require('node:sqlite').DatabaseSync)(${JSON.stringify(file)}).exec('SELECT * FROM reached')`;
    const other = (): unknown => execFileSync(process.execPath, ['-e', open], { stdio: 'pipe' });
    expect(other).toThrow('database is locked');
    expect(() => SqliteFeedLedger.open(file)).toThrow(FeedLedgerInUse);
    await ledger.close();
    expect(other).not.toThrow();
    ledger = SqliteFeedLedger.open(file);
    expect((await ledger.recover()).position).toBe(1);
  });
});

describe('a ledger that an older release wrote, with a text for each partner and learner', () => {
  const OLDER = `DROP TABLE things; DROP TABLE places; ALTER TABLE learners DROP COLUMN sketch;
    CREATE TABLE feeds (learner TEXT, recipient TEXT, items TEXT NOT NULL, unsettled INTEGER NOT NULL, PRIMARY KEY (learner, recipient)) WITHOUT ROWID;
    CREATE INDEX feeds_recipient ON feeds (recipient);
    CREATE INDEX feeds_unsettled ON feeds (learner) WHERE unsettled = 1;
    UPDATE reached SET position = 7, generation = 3, terms = 'd';
    INSERT INTO learners VALUES ('a', 3, NULL), ('b', 3, 50);
    INSERT INTO feeds VALUES ('a', 'anvil', '-1 identity tokenA\n12 u2Yq8T0bq0y0u7rZb8yq3w -\nn 5d6f tokenN\nn 6e7a -', 1), ('b', 'forge', '3 x tokenB', 0)`;

  it('is taken over with all that partners hold, once', async () => {
    await ledger.close();
    const older = new DatabaseSync(file);
    older.exec(OLDER);
    older.close();
    for (let opened = 0; opened < 2; opened++) {
      ledger = SqliteFeedLedger.open(file);
      expect(await ledger.feedsOf('a')).toEqual(
        new Map([
          [
            'anvil',
            {
              items: new Map([
                [-1, { id: 'identity', token: 'tokenA' }],
                [12, { id: 'u2Yq8T0bq0y0u7rZb8yq3w' }],
              ]),
              notices: new Map([
                ['5d6f', { token: 'tokenN' }],
                ['6e7a', {}],
              ]),
              duties: new Map(),
            },
          ],
        ]),
      );
      expect(await ledger.feedsOf('b')).toEqual(new Map([['forge', feed([3, 'x', 'tokenB'])]]));
      expect([await ledger.behind(3, 9), await ledger.nextDue()]).toEqual([[], 50]);
      expect(await ledger.behind(4, 1)).toEqual([{ learner: 'a', generation: 3 }]);
      await ledger.close();
    }
    ledger = SqliteFeedLedger.open(file);
    expect(await ledger.recover()).toEqual({ position: 7, terms: { generation: 3, digest: 'd' } });
    expect(await ledger.behind(3, 9)).toEqual([{ learner: 'a', generation: 0 }]);
  });
});
