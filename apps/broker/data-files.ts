// The files of a data directory: opened only when they belong together, and none is an older copy than another rests on (ADR 0019).
import { closeSync, existsSync, mkdirSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { BrokerIdentity } from '#access';
import { SqliteUsedAssertions } from '#access/sqlite';
import { CustodyError, fileFault, FileMark, type FileTerms, lookInto } from '#custody';
import type { Clock } from '#kernel';
import { loadRootKey, type RootKey } from '#privacy';
import { SqliteVault } from '#privacy/sqlite';
import { SqliteViewStore } from '#read-models/sqlite';
import { sharesOf } from '#quarantine';
import { SqliteQuarantine } from '#quarantine/sqlite';
import { identityFor } from './broker-identity.ts';
import type { BrokerConfig } from './config.ts';
import { type DataLog, LOG_FILE, openStore } from './data-log.ts';
import { keyBytes } from './memory-shares.ts';

const KEY_FILE = 'keys.sqlite';
export const BROKER_KEY_FILE = 'broker-key.json';

/** What lies beside the log and belongs to it. */
export const FILES_BESIDE_LOG: readonly FileTerms[] = [
  { file: KEY_FILE, derived: false },
  { file: 'quarantine.sqlite', derived: false, otherwise: 'run `concordat renew quarantine.sqlite`, which gives up what waits in it' },
  {
    file: 'access.sqlite',
    derived: false,
    otherwise: 'wait until the broker has been stopped for five minutes and run `concordat renew access.sqlite`',
  },
  { file: 'views.sqlite', derived: true, otherwise: 'run `concordat renew views.sqlite`, after which it is made anew from the log' },
  {
    file: 'feeds.sqlite',
    derived: true,
    otherwise: 'run `concordat renew feeds.sqlite`, after which it is made anew from the log and the feeds themselves',
  },
];

export interface DataFiles {
  readonly store: DataLog;
  readonly vault: SqliteVault;
  readonly quarantine: SqliteQuarantine;
  readonly used: SqliteUsedAssertions;
  readonly views: SqliteViewStore;
  readonly rootKey: RootKey;
  readonly identity: BrokerIdentity;
}

/** `remembered` is the clock by which what is kept for a time is forgotten. */
export interface FileClocks {
  readonly clock: Clock;
  readonly remembered: Clock;
}

/** Opens or makes them all. Throws with a sentence where one is damaged or does not fit. */
export const openDataFiles = async (config: BrokerConfig, store: DataLog, { clock, remembered }: FileClocks): Promise<DataFiles> => {
  const file = (name: string): string => join(config.data, name);
  // With keys already there a new root key could open none of them.
  const rootKey = loadRootKey({ encoded: config.rootKey, file: file('root.key'), create: !existsSync(file(KEY_FILE)) });
  const vault = new SqliteVault({ file: file(KEY_FILE), rootKey, clock, log: store, cacheBytes: keyBytes(config) });
  return {
    store,
    vault,
    quarantine: new SqliteQuarantine(file('quarantine.sqlite'), vault, { shares: sharesOf(config.quarantineMaxMb), clock, log: store }),
    used: new SqliteUsedAssertions(file('access.sqlite'), remembered, store),
    views: new SqliteViewStore({ file: file('views.sqlite'), log: store, serving: true }),
    rootKey,
    identity: await identityFor(store, file(BROKER_KEY_FILE), config.issuerUrl),
  };
};

/** Opens or makes the log, once the files beside it are found to be its own. Throws `CustodyError` where they are not. */
export const openLog = async (config: BrokerConfig, clock: Clock): Promise<DataLog> => {
  const { data } = config;
  mkdirSync(data, { recursive: true, mode: 0o700 });
  // A replica is made anew from its stream.
  if (config.store === 'sqlite') mustHaveLog(data);
  const store = await openStore(config, clock);
  try {
    await mustBelongTogether(data, store);
    return store;
  } catch (cause) {
    await store.close();
    throw cause;
  }
};

/** A blank file of this log in place of one that was taken away; no copy of that one will do any more. */
export const makeAnew = async (data: string, file: string, store: DataLog): Promise<void> => {
  const path = join(data, file);
  await store.outcount(file);
  closeSync(openSync(path, 'ax', 0o600));
  const db = new DatabaseSync(path);
  new FileMark(db, path, store).end();
  db.close();
};

const mustHaveLog = (data: string): void => {
  if (lookInto(join(data, LOG_FILE)) !== 'absent') return;
  const beside = FILES_BESIDE_LOG.map(({ file }) => file).filter((file) => lookInto(join(data, file)) !== 'absent');
  if (beside.length === 0) return;
  throw new CustodyError(
    `log.sqlite is missing or empty in ${data}, and ${beside.join(', ')} rest on it: restore the whole data directory from one backup, or choose an empty directory to begin anew.`,
  );
};

/** Beside a running broker all of it grows: what the log counts on is read first, and how far it goes last. */
const mustBelongTogether = async (data: string, store: DataLog): Promise<void> => {
  const counted = new Map(FILES_BESIDE_LOG.map(({ file }) => [file, store.countedOn(file)]));
  const found = FILES_BESIDE_LOG.map((terms) => ({ terms, state: lookInto(join(data, terms.file)) }));
  await store.head();
  const log = {
    mark: () => store.mark(),
    leafAt: (position: number) => store.leafAt(position),
    countedOn: (file: string) => counted.get(file) ?? 0,
  };
  const faults = found.flatMap(({ terms, state }) => fileFault(terms, state, log) ?? []);
  if (faults.length > 0)
    throw new CustodyError([`The files in ${data} do not belong together.`, ...faults.map((fault) => `  ${fault}`)].join('\n'));
};
