// The sockets of one client, which can be ended at once: what has not left by then never does.
import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';
import { openSocket } from '#kafka';

export class Sockets {
  readonly #open = new Set<Socket>();
  #ended = false;

  /** For kafkajs. Throws once `end` was called. */
  readonly factory: ISocketFactory = (asked) => {
    if (this.#ended) throw new Error('This client was given up.');
    const socket = openSocket(asked);
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
