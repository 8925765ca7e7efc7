// The sockets of one client, which can be ended at once: what has not left by then never does.
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls, TLSSocket } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const KEEP_ALIVE_MS = 60_000;

export class Sockets {
  readonly #open = new Set<Socket>();
  #ended = false;

  /** For kafkajs. Throws once `end` was called. */
  readonly factory: ISocketFactory = ({ host, port, ssl, onConnect }) => {
    if (this.#ended) throw new Error('This client was given up.');
    // kafkajs gives no `ssl` where there is none, whatever its types say
    const terms = ssl as typeof ssl | undefined;
    const socket = terms
      ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...terms }, onConnect)
      : connectPlain({ host, port }, onConnect);
    socket.setKeepAlive(true, KEEP_ALIVE_MS);
    this.#open.add(socket);
    socket.once('close', () => void this.#open.delete(socket));
    return socket;
  };

  /**
   * Plain connections are reset: an orderly end would still send what waits to be sent. One that is ending already cannot be (Node spins).
   */
  end(): void {
    this.#ended = true;
    for (const socket of this.#open) {
      if (socket instanceof TLSSocket || socket.writableEnded) socket.destroy();
      else socket.resetAndDestroy();
    }
  }
}
