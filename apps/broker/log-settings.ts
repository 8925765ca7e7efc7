// Where the log is kept.
import { IsIn, IsOptional, IsString, Matches } from 'class-validator';
import { connectionOf } from '#event-store';
import { Setting } from './setting.ts';

export abstract class LogSettings {
  @Setting('CONCORDAT_STORE', 'where the log is kept: sqlite (embedded), or kurrentdb (with a replica in the data directory)')
  @IsIn(['sqlite', 'kurrentdb'])
  store: 'sqlite' | 'kurrentdb' = 'sqlite';

  @Setting(
    'KURRENTDB_URL',
    'connection string of KurrentDB, esdb://host:2113 or kurrentdb://user:password@host1,host2,host3; tls=false: without TLS',
    { secret: true },
  )
  @IsOptional()
  @IsString()
  kurrentdbUrl?: string;

  @Setting('CONCORDAT_LOG_STREAM', 'the stream of KurrentDB that holds the log and nothing else (default: concordat-<CONCORDAT_NAME>)')
  @IsOptional()
  @Matches(/^(?!\$)[\w.-]{1,200}$/, { message: 'logStream must be letters, digits, dots, hyphens and underscores' })
  logStream?: string;

  /** Of this broker. */
  abstract name: string;

  /** The stream in force, also where it follows from the name. */
  get logStreamName(): string {
    return this.logStream ?? `concordat-${this.name}`;
  }
}

/** What these settings say that does not go together, as sentences; nothing of the connection string is in them. */
export const logFaults = ({ store, kurrentdbUrl }: Pick<LogSettings, 'store'> & { readonly kurrentdbUrl?: string }): readonly string[] => {
  if (kurrentdbUrl === undefined) return store === 'kurrentdb' ? ['CONCORDAT_STORE=kurrentdb needs KURRENTDB_URL.'] : [];
  try {
    connectionOf(kurrentdbUrl);
    return [];
  } catch (cause) {
    return [`KURRENTDB_URL is wrong: ${(cause as RangeError).message}.`];
  }
};
