import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Complaint, misuse } from '../complaint.ts';
import type { Context } from '../context.ts';
import { configOf, mustHoldBroker } from '../data-directory.ts';

/** SQLite's companions of a file go with it. */
const ENDINGS = ['', '-wal', '-shm'];

export const addRenewCommand = (program: Command, context: Context): void => {
  program
    .command('renew <file>')
    .description(
      'set aside a file of the data directory that the log can do without, so that the next start makes it anew; only while the broker is stopped',
    )
    .action(async (file: string) => {
      const config = await configOf(context);
      mustHoldBroker(config);
      const [{ BROKER_KEY_FILE, FILES_BESIDE_LOG, makeAnew }, { BROKER_KEY }, { LOG_FILE, openStore }, { systemClock }] = await Promise.all(
        [
          import('../../broker/data-files.ts'),
          import('../../broker/broker-identity.ts'),
          import('../../broker/data-log.ts'),
          import('#kernel'),
        ],
      );
      const renewable = [
        ...FILES_BESIDE_LOG.filter(({ otherwise }) => otherwise !== undefined).map((terms) => terms.file),
        BROKER_KEY_FILE,
      ];
      if (!renewable.includes(file))
        throw misuse(
          `${file} cannot be made anew; these can: ${renewable.join(', ')}. Whatever else does not fit is restored from a backup.`,
        );
      if (config.store === 'sqlite' && !existsSync(join(config.data, LOG_FILE)))
        throw new Complaint(`${LOG_FILE} is missing in ${config.data}: restore the whole data directory from one backup.`);
      const store = await openStore(config, systemClock);
      try {
        const aside = setAside(join(config.data, file));
        if (file === BROKER_KEY_FILE) await store.append([], [{ name: BROKER_KEY, value: undefined }]);
        else await makeAnew(config.data, file, store);
        context.terminal.lines([
          aside === undefined ? `${file} is not there; the next start makes it` : `${file} is now ${aside}; the next start makes it anew`,
        ]);
      } finally {
        await store.close();
      }
    });
};

/** Undefined where there was none. An earlier one that was set aside gives way. */
const setAside = (path: string): string | undefined => {
  const aside = `${path}.aside`;
  for (const ending of ENDINGS) rmSync(aside + ending, { force: true });
  const found = ENDINGS.filter((ending) => existsSync(path + ending));
  for (const ending of found) renameSync(path + ending, aside + ending);
  return found.length > 0 ? aside : undefined;
};
