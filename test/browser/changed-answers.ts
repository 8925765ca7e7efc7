// Between the console and its broker, where some answers become others: what a broker says that nobody can have it say.
import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** Of the body to the path, the body that is told instead. */
export type Change = (path: string, body: string) => string;

export class ChangedAnswers {
  readonly #server: Server;

  private constructor(server: Server) {
    this.#server = server;
  }

  /** Before the broker of that address. Whatever is not changed goes through as it is. */
  static async to(url: string, change: Change): Promise<ChangedAnswers> {
    const server = createServer((from, to) => {
      const { method, url: path = '', headers } = from;
      const asked = request(new URL(path, url), { method, headers }, (answer) => {
        void buffer(answer).then((body) => {
          const changed = Buffer.from(change(path, body.toString()));
          to.writeHead(answer.statusCode ?? 502, changed.equals(body) ? answer.headers : withLength(answer.headers, changed.length));
          to.end(changed.equals(body) ? body : changed);
        });
      });
      asked.on('error', () => to.destroy());
      from.pipe(asked);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return new ChangedAnswers(server);
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }
}

const withLength = <Headers extends object>({ ...headers }: Headers, length: number): Headers & { readonly 'content-length': string } => ({
  ...headers,
  'content-length': String(length),
});
