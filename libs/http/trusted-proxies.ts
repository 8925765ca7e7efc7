// From where a request comes: what a proxy says is believed where the operator trusts it, and nobody else may choose an address.
import { BlockList, isIP, isIPv6 } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';

export interface Arrival {
  readonly socket: { readonly remoteAddress?: string | undefined };
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
}

const NAMED: Readonly<Record<string, readonly string[]>> = { none: [], loopback: ['127.0.0.0/8', '::1'] };
/** A network of IPv6 that one customer has. */
const SUBNET = 64;

export class TrustedProxies {
  readonly #addresses = new BlockList();

  /**
   * Addresses and ranges, such as `10.0.0.0/8`, with commas between; also `loopback`, `none`. Throws a `RangeError` where one is neither.
   */
  constructor(list: string) {
    for (const one of elementsOf(list).flatMap((element) => NAMED[element.toLowerCase()] ?? element)) this.#trust(one);
  }

  #trust(range: string): void {
    const [, address = '', bits] = /^([^/]+)(?:\/(\d{1,3}))?$/.exec(range) ?? [];
    const longest = isIPv6(address) ? 128 : 32;
    const length = Number(bits ?? longest);
    if (isIP(address) === 0 || length > longest) throw new RangeError('This is neither an address nor a range.');
    this.#addresses.addSubnet(address, length, familyOf(address));
  }

  /** The nearest address on the way here that is no trusted proxy; of IPv6 the network of 64 bits. */
  originOf({ socket, headers }: Arrival): string {
    let origin = plain(socket.remoteAddress ?? '');
    for (const hop of hopsOf(headers).toReversed()) {
      if (!this.trusts(origin) || isIP(hop) === 0) break;
      origin = hop;
    }
    return normalizeIP(origin, SUBNET);
  }

  trusts(address: string): boolean {
    const known = plain(address);
    return isIP(known) !== 0 && this.#addresses.check(known, familyOf(known));
  }
}

const familyOf = (address: string): 'ipv6' | 'ipv4' => (isIPv6(address) ? 'ipv6' : 'ipv4');

const elementsOf = (list: string | readonly string[] | undefined): readonly string[] =>
  String(list ?? '')
    .split(',')
    .map((element) => element.trim())
    .filter((element) => element !== '');

/**
 * The nearest last. `Forwarded` (RFC 7239) counts where the other, which most proxies write, is missing:
 * a sender's own would pass them as it is.
 */
const hopsOf = (headers: Arrival['headers']): readonly string[] => {
  const usual = elementsOf(headers['x-forwarded-for']);
  const hops =
    usual.length > 0 ? usual : elementsOf(headers['forwarded']).map((element) => /(?:^|;)\s*for="?([^;"]*)/i.exec(element)?.[1] ?? '');
  return hops.map(withoutPort);
};

const withoutPort = (node: string): string => plain(/^\[([^\]]+)\]/.exec(node)?.[1] ?? /^([\d.]+):\d+$/.exec(node)?.[1] ?? node);

/** Without a zone; an IPv4 address that came over IPv6 as IPv4. */
const plain = (address: string): string => address.replace(/%.*$/, '').replace(/^::ffff:(?=[\d.]+$)/i, '');
