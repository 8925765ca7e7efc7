import { type Arrival, TrustedProxies } from './shares.ts';

const from = (remoteAddress: string, headers: Arrival['headers'] = {}): Arrival => ({ socket: { remoteAddress }, headers });
const over = (forwardedFor: string, remoteAddress = '127.0.0.1'): Arrival => from(remoteAddress, { 'x-forwarded-for': forwardedFor });

describe('where a request comes from', () => {
  const proxies = new TrustedProxies('loopback, 10.0.0.0/8, fd00::/8');

  it.each<[string, Arrival, string]>([
    ['its connection', from('203.0.113.7'), '203.0.113.7'],
    ['its connection, over IPv6', from('::ffff:203.0.113.7'), '203.0.113.7'],
    ['what a trusted proxy says', over('203.0.113.7'), '203.0.113.7'],
    ['what a trusted proxy says, that has an address of IPv6', over('203.0.113.7', '::1'), '203.0.113.7'],
    ['the last that no trusted proxy is', over('198.51.100.9, 203.0.113.7, 10.1.2.3'), '203.0.113.7'],
    ['not what a stranger says', over('198.51.100.9', '203.0.113.7'), '203.0.113.7'],
    ['not what a stranger says to a proxy', over('198.51.100.9, 203.0.113.7'), '203.0.113.7'],
    ['the furthest, where all are trusted', over('10.9.9.9, 10.1.2.3'), '10.9.9.9'],
    ['without its port', over('203.0.113.7:51234'), '203.0.113.7'],
    ['without its port, over IPv6', over('[2001:db8::7]:51234'), '2001:db8::'],
    [
      'what RFC 7239 says',
      from('127.0.0.1', { forwarded: 'for=198.51.100.9;proto=https, For="203.0.113.7:51234";by=10.0.0.1' }),
      '203.0.113.7',
    ],
    ['what RFC 7239 says of IPv6', from('fd00::1', { forwarded: 'proto=https;for="[2001:db8:1:2:3::4]"' }), '2001:db8:1:2::'],
    [
      'what the proxy wrote, where a sender wrote the other',
      from('127.0.0.1', { forwarded: 'for=198.51.100.9', 'x-forwarded-for': '203.0.113.7' }),
      '203.0.113.7',
    ],
    ['the proxy, where it hides who sends', from('10.0.0.1', { forwarded: 'for=unknown' }), '10.0.0.1'],
    ['the proxy, where it says nothing', from('10.0.0.1'), '10.0.0.1'],
    ['a network of IPv6, not one of its addresses', from('2001:db8:1:2:aaaa:bbbb:cccc:dddd'), '2001:db8:1:2::'],
  ])('is %s', (_what, arrival, origin) => {
    expect(proxies.originOf(arrival)).toBe(origin);
  });

  it('is the connection, where no proxy is trusted', () => {
    expect(new TrustedProxies('none').originOf(over('203.0.113.7'))).toBe('127.0.0.1');
  });

  it.each(['proxy.example', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/8/8', '::1/129', '10.0.0', 'true'])(
    'cannot be told by a list with %s',
    (list) => {
      expect(() => new TrustedProxies(list)).toThrow(RangeError);
    },
  );
});
