// The way between the console and its broker, which can be cut and mended: as where the broker is started anew.
import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Server, type Socket } from 'node:net';

export class BrokenLine {
  readonly #tcp: Server;
  readonly #sockets = new Set<Socket>();
  #isCut = false;

  private constructor(tcp: Server) {
    this.#tcp = tcp;
  }

  static async to(url: string): Promise<BrokenLine> {
    const { hostname, port } = new URL(url);
    const tcp = createServer();
    const line = new BrokenLine(tcp);
    tcp.on('connection', (from) => line.#join(from, () => connect(Number(port), hostname)));
    tcp.listen(0, '127.0.0.1');
    await once(tcp, 'listening');
    return line;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#tcp.address() as AddressInfo).port}`;
  }

  /** Nobody is reached from now on, nor answered. */
  cut(): void {
    this.#isCut = true;
    for (const socket of this.#sockets) socket.destroy();
  }

  mend(): void {
    this.#isCut = false;
  }

  async close(): Promise<void> {
    const closed = once(this.#tcp, 'close');
    this.#tcp.close();
    this.cut();
    await closed;
  }

  #join(from: Socket, open: () => Socket): void {
    if (this.#isCut) return void from.destroy();
    const to = open();
    for (const [socket, other] of [[from, to] as const, [to, from] as const]) {
      this.#sockets.add(socket);
      socket
        .on('error', () => undefined)
        .on('close', () => {
          this.#sockets.delete(socket);
          other.destroy();
        });
      socket.pipe(other);
    }
  }
}
