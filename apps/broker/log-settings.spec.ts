import { parseConfig } from './config.ts';
import { listSettings } from './setting.ts';

const URL = 'kurrentdb://ada:secret@db:2113';
const faultOf = (environment: Readonly<Record<string, string>>): string => {
  try {
    parseConfig(environment);
    return '';
  } catch (cause) {
    return (cause as Error).message;
  }
};

describe('where the log is kept', () => {
  it('is the data directory, unless it is said otherwise', () => {
    expect(parseConfig({}).store).toBe('sqlite');
    expect(parseConfig({ KURRENTDB_URL: URL }).store).toBe('sqlite');
  });

  it('may be KurrentDB, in a stream named after the broker or as it is set', () => {
    const environment = { CONCORDAT_STORE: 'kurrentdb', KURRENTDB_URL: URL, CONCORDAT_NAME: 'north' };
    expect(parseConfig(environment)).toMatchObject({ store: 'kurrentdb', kurrentdbUrl: URL, logStreamName: 'concordat-north' });
    expect(parseConfig({ ...environment, CONCORDAT_LOG_STREAM: 'log-7' }).logStreamName).toBe('log-7');
  });

  it.each([
    [{ CONCORDAT_STORE: 'postgres' }, 'CONCORDAT_STORE is wrong'],
    [{ CONCORDAT_STORE: 'kurrentdb' }, 'CONCORDAT_STORE=kurrentdb needs KURRENTDB_URL.'],
    [{ CONCORDAT_STORE: 'kurrentdb', KURRENTDB_URL: 'http://ada:secret@db' }, 'KURRENTDB_URL is wrong: give esdb://'],
    [{ CONCORDAT_STORE: 'kurrentdb', KURRENTDB_URL: `${URL}?colour=secret` }, 'KURRENTDB_URL is wrong: an option'],
    [{ CONCORDAT_LOG_STREAM: '$all' }, 'CONCORDAT_LOG_STREAM is wrong'],
  ])('%j stops the start with a sentence', (environment, says) => {
    expect(faultOf(environment as Readonly<Record<string, string>>)).toContain(says);
    expect(faultOf(environment as Readonly<Record<string, string>>)).not.toContain('secret');
  });

  it('is listed without the password', () => {
    const listed = listSettings(parseConfig({ CONCORDAT_STORE: 'kurrentdb', KURRENTDB_URL: URL }));
    expect(listed.filter(({ variable }) => /STORE|KURRENTDB|LOG_STREAM/.test(variable)).map(({ value }) => value)).toEqual([
      'kurrentdb',
      '(set)',
      '(not set)',
    ]);
  });
});
