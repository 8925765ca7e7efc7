// A way to a server without TLS that can be held: what is sent on it waits until it is let go, as where a network, or the sender, stands
// still; and whose connections can be lost without a word. Works before a real server as well, where the stand-in's own faults do not.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

interface Waiting {
  readonly to: Socket;
  readonly sent: Buffer;
}

export class HeldWay {
  readonly #tcp: Server;
  readonly #sockets = new Set<Socket>();
  /** Of those who ask. */
  readonly #asking = new Set<Socket>();
  /** What comes from these sockets does not arrive. */
  readonly #lost = new WeakSet<Socket>();
  #connectingMs = 0;
  readonly #watchers = new Set<() => void>();
  #waiting: Waiting[] | undefined;

  private constructor(tcp: Server) {
    this.#tcp = tcp;
  }

  /** `url`: of one server, as in KURRENTDB_URL. */
  static async to(url: string): Promise<HeldWay> {
    const { hostname, port } = new URL(url.replace(/^\w+:/, 'http:'));
    const tcp = createServer();
    const way = new HeldWay(tcp);
    tcp.on('connection', (from) => {
      way.#keep(from);
      setTimeout(() => from.destroyed || way.#join(from, connect(Number(port || '2113'), hostname)), way.#connectingMs);
    });
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    return way;
  }

  get url(): string {
    return `esdb://127.0.0.1:${(this.#tcp.address() as AddressInfo).port}?tls=false`;
  }

  /** From now on nothing that is sent arrives, until `letGo`; what the server says does. */
  hold(): void {
    this.#waiting = [];
  }

  /** Resolves once this text is among what waits: type and stream of an event go as they are. */
  async holds(text: string): Promise<void> {
    while (!this.#waiting?.some(({ sent }) => sent.includes(text))) await new Promise<void>((resolve) => this.#watchers.add(resolve));
  }

  letGo(): void {
    for (const { to, sent } of this.#waiting ?? []) to.write(sent);
    this.#waiting = undefined;
  }

  /** The connections that stand stay open, and nothing passes on them any more; new ones are as good as before. */
  loseConnections(): void {
    for (const socket of this.#sockets) this.#lost.add(socket);
  }

  /** The same of what the server says alone. */
  loseAnswers(): void {
    for (const socket of this.#sockets) if (!this.#asking.has(socket)) this.#lost.add(socket);
  }

  /** On the connections that stand, the server says that it says no more. */
  endAnswers(): void {
    for (const socket of this.#asking) socket.end();
  }

  /** From now on connections reach the server so much later. */
  delayConnecting(milliseconds: number): void {
    this.#connectingMs = milliseconds;
  }

  async close(): Promise<void> {
    const closed = once(this.#tcp, 'close');
    this.#tcp.close();
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  #join(from: Socket, to: Socket): void {
    this.#asking.add(from);
    from.on('data', (sent) => this.#lost.has(from) || this.#pass({ to, sent }));
    to.on('data', (said) => this.#lost.has(to) || from.write(said));
    this.#keep(to);
    from.on('close', () => to.destroy());
    to.on('close', () => from.destroy());
  }

  #keep(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    socket.on('close', () => {
      for (const sockets of [this.#sockets, this.#asking]) sockets.delete(socket);
    });
  }

  #pass(waiting: Waiting): void {
    if (!this.#waiting) return void waiting.to.write(waiting.sent);
    this.#waiting.push(waiting);
    for (const look of this.#watchers) look();
    this.#watchers.clear();
  }
}
