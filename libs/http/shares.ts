// Each has a share of the broker, by where requests come from: of what is used up, requests, and of what is held, connections and messages.
import { BlockList, isIP, isIPv6 } from 'node:net';
import { normalizeIP } from '@fastify/rate-limit';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Server } from 'node:http';
import type { Asker, BearerTokens } from '#access';
import { type RateLimits, tokenIn } from './caller.guard.ts';
import { Problem } from './problem.ts';

// From where a request comes: what a proxy says is believed where the operator trusts it, and nobody else may choose an address.

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

// Each request bears from where it comes, worked out once: its limits, its shares and its place in the quarantine go by it.

const origins = new WeakMap<object, string>();

/** Before every hook that goes by it. */
export const noteOrigins = (server: FastifyInstance, proxies: TrustedProxies): void => {
  server.addHook('onRequest', (request, _reply, done) => {
    origins.set(request.raw, proxies.originOf(request.raw));
    done();
  });
};

/** As `TrustedProxies.originOf`. */
export const originOf = ({ raw }: Pick<FastifyRequest, 'raw'>): string => origins.get(raw) ?? '';

// Each has a share of the broker: the limit of requests as the HTTP interface keeps it.

export interface ShareTerms {
  readonly limits: RateLimits;
  readonly tokens: Pick<BearerTokens, 'isRemembered'>;
}

/** Whoever looks after the broker must see it, above all at a busy time. */
const UNLIMITED = /^\/(?:health|metrics)(?:\/|$)/;
/** What comes here proves by itself whose it is. */
const SELF_PROVING: ReadonlySet<string> = new Set(['/v1/events', '/oauth/token']);

/**
 * Before it is known who sends, an address is refused that sent too much of which that never came out. Agencies are counted where they are
 * recognised: an address may be that of many.
 */
export const keepShares = (server: FastifyInstance, { limits, tokens }: ShareTerms): void => {
  server.addHook('onRequest', (request, _reply, done) => {
    if (!isUnlimited(request) && !holdsKnownToken(request, tokens)) limits.check(originOf(request));
    done();
  });
  server.addHook('onSend', (request, reply, _payload, done) => {
    if (!isUnlimited(request) && reply.statusCode !== 429 && !isAttributed(request, reply.statusCode)) limits.count(originOf(request));
    done();
  });
};

const isUnlimited = ({ routeOptions }: FastifyRequest): boolean => UNLIMITED.test(routeOptions.url ?? '');

const holdsKnownToken = ({ headers }: FastifyRequest, tokens: ShareTerms['tokens']): boolean => {
  const token = tokenIn(headers.authorization);
  return token !== undefined && tokens.isRemembered(token);
};

const isAttributed = (request: FastifyRequest & { asker?: Asker }, status: number): boolean =>
  SELF_PROVING.has(request.routeOptions.url ?? '') ? status === 200 : request.asker !== undefined;

// What is held rather than used up, connections and messages under way, is for no single address to take as a whole.

class Held {
  readonly #most: number;
  readonly #counts = new Map<string, number>();

  /** Half of what there is, as often the only one who is there. */
  constructor(all: number) {
    this.#most = Math.ceil(all / 2);
  }

  /** False where this one holds its share already. */
  take(by: string): boolean {
    const count = this.#counts.get(by) ?? 0;
    if (count >= this.#most) return false;
    this.#counts.set(by, count + 1);
    return true;
  }

  giveBack(by: string): void {
    const count = (this.#counts.get(by) ?? 1) - 1;
    if (count > 0) this.#counts.set(by, count);
    else this.#counts.delete(by);
  }
}

/** A proxy has as many connections as it needs: it speaks for many. */
export const shareConnections = (server: Server, connections: number, proxies: TrustedProxies): void => {
  server.maxConnections = connections;
  const held = new Held(connections);
  server.on('connection', (socket) => {
    const address = proxies.originOf({ socket, headers: {} });
    if (proxies.trusts(address)) return;
    if (!held.take(address)) return void socket.destroy();
    socket.once('close', () => held.giveBack(address));
  });
};

export interface MessageShares {
  /** On their way in or being judged at once. */
  readonly messages: number;
  /** Told of each that is refused. */
  readonly refused: () => void;
}

export const shareMessages = (server: FastifyInstance, { messages, refused }: MessageShares): void => {
  const held = new Held(messages);
  server.addHook('onRequest', (request, reply, done) => {
    if (request.method !== 'POST' || request.routeOptions.url !== '/v1/events') return done();
    const origin = originOf(request);
    if (!held.take(origin)) {
      refused();
      return done(busy());
    }
    reply.raw.once('close', () => held.giveBack(origin));
    done();
  });
};

const busy = (): Problem =>
  new Problem(503, 'busy', 'Too many messages from this address are being judged. Nothing was recorded: send the same again in a moment.', {
    headers: { 'retry-after': '1' },
  });
