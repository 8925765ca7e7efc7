// What is held rather than used up, connections and messages under way, is for no single address to take as a whole.
import type { Server } from 'node:http';
import type { FastifyInstance } from 'fastify';
import { originOf } from './origin.ts';
import { Problem } from './problem.ts';
import type { TrustedProxies } from './trusted-proxies.ts';

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
