import { connectionOf } from './connection-string.ts';

const faultOf = (url: string): string => {
  try {
    connectionOf(url);
    return '';
  } catch (cause) {
    return (cause as Error).message;
  }
};

describe('a connection string', () => {
  it.each([
    ['esdb://db:2113', 'esdb://db:2113'],
    ['kurrentdb://db', 'esdb://db'],
    ['kurrentdb+discover://cluster.example:2113?nodePreference=leader', 'esdb+discover://cluster.example:2113?nodePreference=leader'],
    ['esdb://a:1,b:2,c:3/?tls=true&tls-ca-file=ca.pem', 'esdb://a:1,b:2,c:3?tls=true&tls-ca-file=ca.pem'],
    ['esdb://ada:s%40fe@db', 'esdb://ada:s%40fe@db'],
  ])('%s is taken', (url, string) => {
    expect(connectionOf(url).string).toBe(string);
  });

  it('names who asks, where the server is asked over TLS', () => {
    expect(connectionOf('esdb://ada:s%40fe@db').credentials).toEqual({ username: 'ada', password: 's@fe' });
    expect(connectionOf('esdb://db').credentials).toBeUndefined();
  });

  it('without TLS gives nobody’s password away', () => {
    const { string, credentials } = connectionOf('esdb://ada:safe@db?tls=false');
    expect([string, JSON.stringify(credentials)]).toEqual(['esdb://db?tls=false', expect.not.stringContaining('safe')]);
  });

  it.each([
    'http://db:2113',
    'esdb://',
    'esdb://ada@db',
    'esdb://ada:secret@db:port',
    'esdb://ada:secret@db?tls',
    'esdb://ada:secret@db?tlsVerifyCert=false',
    'esdb://ada:secret@db?throwOnAppendFailure=false',
    'esdb://ada:%secret@db',
  ])('%s is refused, and nothing of it is told', (url) => {
    expect(faultOf(url)).not.toBe('');
    expect(faultOf(url)).not.toContain('secret');
  });
});
