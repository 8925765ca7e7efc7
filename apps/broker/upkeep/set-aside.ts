// Sets aside a file of the data directory that the log can do without, so that the next start makes it anew.
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { err, ok, type Result, systemClock } from '#kernel';
import { BROKER_KEY } from '../broker-identity.ts';
import type { BrokerConfig } from '../config.ts';
import { BROKER_KEY_FILE, FILES_BESIDE_LOG, makeAnew } from '../data-files.ts';
import { LOG_FILE, openStore } from '../data-log.ts';

/** SQLite's companions of a file go with it. */
const ENDINGS = ['', '-wal', '-shm'];

export interface SetAside {
  /** Where it lies now; absent: there was none. */
  readonly aside?: string;
}

export interface NotSetAside {
  readonly code: 'not-renewable' | 'no-log';
  readonly says: string;
}

/** Only while the broker is stopped. */
export const setAside = async (config: BrokerConfig, file: string): Promise<Result<SetAside, NotSetAside>> => {
  const { data } = config;
  const renewable = [...FILES_BESIDE_LOG.filter(({ otherwise }) => otherwise !== undefined).map((terms) => terms.file), BROKER_KEY_FILE];
  if (!renewable.includes(file)) return err(notRenewable(file, renewable));
  if (config.store === 'sqlite' && !existsSync(join(data, LOG_FILE))) return err(noLog(data));
  const store = await openStore(config, systemClock);
  try {
    const aside = moved(join(data, file));
    if (file === BROKER_KEY_FILE) await store.append([], [{ name: BROKER_KEY, value: undefined }]);
    else await makeAnew(data, file, store);
    return ok(aside === undefined ? {} : { aside });
  } finally {
    await store.close();
  }
};

const notRenewable = (file: string, renewable: readonly string[]): NotSetAside => ({
  code: 'not-renewable',
  says: `${file} cannot be made anew; these can: ${renewable.join(', ')}. Whatever else does not fit is restored from a backup.`,
});

const noLog = (data: string): NotSetAside => ({
  code: 'no-log',
  says: `${LOG_FILE} is missing in ${data}: restore the whole data directory from one backup.`,
});

/** Undefined where there was none. An earlier one that was set aside gives way. */
const moved = (path: string): string | undefined => {
  const aside = `${path}.aside`;
  for (const ending of ENDINGS) rmSync(aside + ending, { force: true });
  const found = ENDINGS.filter((ending) => existsSync(path + ending));
  for (const ending of found) renameSync(path + ending, aside + ending);
  return found.length > 0 ? aside : undefined;
};
