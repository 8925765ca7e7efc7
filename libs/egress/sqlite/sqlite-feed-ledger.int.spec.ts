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
const reopen = (): void => {
  ledger.close();
  ledger = SqliteFeedLedger.open(file);
};
const line = (learner: string, recipient: string, ...items: readonly Item[]) => ({ learner, recipient, feed: feed(...items) });

describe('the ledger of feeds', () => {
  it('knows after a restart what was written, and what it replaced no more', () => {
    ledger.write({
      position: 9,
      terms: { generation: 2, digest: 'd' },
      feeds: [line('a', 'forge', [0, '4', 't'], [1, '5']), line('a', 'anvil', [0, '4', 't'])],
    });
    ledger.write({ feeds: [line('a', 'anvil'), line('a', 'forge', [1, '5', 'u'])] });
    reopen();
    expect([ledger.position, ledger.terms]).toEqual([9, { generation: 2, digest: 'd' }]);
    expect(ledger.feedsOf('a')).toEqual(new Map([['forge', feed([1, '5', 'u'])]]));
    expect([ledger.holdsAnything('forge'), ledger.holdsAnything('anvil'), ledger.feedsOf('b').size]).toEqual([true, false, 0]);
  });

  it('is written before it returns: a copy of its files at that moment has it', () => {
    ledger.write({ position: 3, feeds: [line('a', 'forge', [0, '1'])] });
    for (const end of ['', '-wal']) copyFileSync(`${file}${end}`, `${file}.copy${end}`);
    const copy = SqliteFeedLedger.open(`${file}.copy`);
    expect([copy.position, copy.feedsOf('a')]).toEqual([3, new Map([['forge', feed([0, '1'])]])]);
    copy.close();
  });

  it('names those behind the terms, those that are due, and, once recovered, those with something unsettled', () => {
    const learners = [
      { learner: 'a', generation: 1, due: 50 },
      { learner: 'b', generation: 1, due: undefined },
      { learner: 'c', generation: 0, due: 40 },
    ];
    ledger.write({ learners, feeds: [line('b', 'forge', [0, '1'], [1, '2', 't'])] });
    expect([ledger.behind(9), ledger.dueBy(39, 9), ledger.dueBy(50, 9), ledger.nextDue()]).toEqual([['c'], [], ['c', 'a'], 40]);
    ledger.recover();
    expect([...ledger.behind(9)].sort()).toEqual(['b', 'c']);
    ledger.write({ terms: { generation: 2, digest: 'x' } });
    expect(ledger.behind(9)).toHaveLength(3);
    ledger.write({ learners: [{ learner: 'a', generation: 2, due: undefined }] });
    expect([ledger.behind(2).includes('a'), ledger.nextDue()]).toEqual([false, 40]);
  });

  it('keeps which keys were announced, and what was found on feeds until it is known whose it is', () => {
    const key = { recipient: 'forge', kid: 'k', epoch: 'e', wrappedFor: 'w' };
    ledger.survey('forge', ['x/1', 'x/2']);
    ledger.survey('anvil', []);
    ledger.write({ announced: [key, { ...key, kid: 'l', epoch: 'f' }], found: [{ recipient: 'forge', key: 'x/1' }] });
    reopen();
    expect([...ledger.surveyed()].sort()).toEqual(['anvil', 'forge']);
    expect(ledger.strays(9)).toEqual([{ recipient: 'forge', key: 'x/2' }]);
    ledger.write({ revoked: [key], found: ledger.strays(9) });
    expect([ledger.announced(), ledger.strays(9)]).toEqual([[{ ...key, kid: 'l', epoch: 'f' }], []]);
  });

  it('forgets what it knew of a feed that is another one, and nothing of others', () => {
    const key = { recipient: 'forge', kid: 'k', epoch: 'e', wrappedFor: 'w' };
    for (const recipient of ['forge', 'anvil']) ledger.identify(recipient, `${recipient}-1`);
    ledger.survey('forge', ['x']);
    ledger.write({
      announced: [key],
      learners: [{ learner: 'a', generation: 1, due: undefined }],
      feeds: [line('a', 'forge', [0, '1']), line('a', 'anvil', [0, '1'])],
    });
    ledger.identify('forge', 'forge-1');
    expect([[...ledger.feedsOf('a').keys()].sort(), ledger.behind(9)]).toEqual([['anvil', 'forge'], []]);
    ledger.identify('forge', 'forge-2');
    reopen();
    expect([[...ledger.feedsOf('a').keys()], ledger.behind(9), ledger.announced(), ledger.strays(9), ledger.surveyed().size]).toEqual([
      ['anvil'],
      ['a'],
      [],
      [],
      0,
    ]);
    expect(ledger.feedIds()).toEqual(
      new Map([
        ['anvil', 'anvil-1'],
        ['forge', 'forge-2'],
      ]),
    );
  });

  it('starts over as a new one', () => {
    ledger.survey('forge', ['x']);
    ledger.write({
      position: 9,
      terms: { generation: 5, digest: 'd' },
      learners: [{ learner: 'a', generation: 1, due: 1 }],
      feeds: [line('a', 'forge', [0, '1'])],
    });
    ledger.startOver();
    const fresh = [
      ledger.position,
      ledger.terms,
      ledger.behind(9),
      ledger.nextDue(),
      ledger.strays(9),
      ledger.surveyed().size,
      ledger.feedsOf('a').size,
    ];
    expect(fresh).toEqual([0, { generation: 1, digest: '' }, [], undefined, [], 0, 0]);
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
