// A stand-in for one node of KurrentDB: its protocol and its rules, for specs on machines that have no KurrentDB.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { type AddressInfo, createServer, type Server as TcpServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';
import { GossipService } from '@eventstore/db-client/generated/gossip_grpc_pb.js';
import type gossip from '@eventstore/db-client/generated/gossip_pb.js';
import { ServerFeaturesService } from '@eventstore/db-client/generated/serverfeatures_grpc_pb.js';
import type features from '@eventstore/db-client/generated/serverfeatures_pb.js';
import type shared from '@eventstore/db-client/generated/shared_pb.js';
import { StreamsService } from '@eventstore/db-client/generated/streams_grpc_pb.js';
import { type ConnectionInjector, type sendUnaryData, Server, ServerCredentials, type ServerUnaryCall } from '@grpc/grpc-js';
import { appendCall, deleteCall, type Limits, tombstoneCall } from './append-call.ts';
import { Appends } from './appends.ts';
import { batchAppendCall } from './batch-append-call.ts';
import { Faults } from './faults.ts';
import { clusterInfo, supportedMethods } from './features.ts';
import { LogFile } from './log-file.ts';
import { readCall } from './read-call.ts';
import { Streams } from './streams.ts';
import { failures } from './wire.ts';
import { Writer } from './writer.ts';

export interface KurrentServerOptions {
  /** 0, or absent: any that is free. */
  readonly port?: number;
  /** Bytes; KurrentDB's default is 1 MiB. */
  readonly maxAppendSize?: number;
  /** Where it keeps its streams; absent: in memory alone. */
  readonly directory?: string;
  /** 20.10 knows neither batch appends nor how to say what it knows. */
  readonly version?: '20.10.2' | '24.10.0';
  /** Its certificate and key, PEM; absent: without TLS. */
  readonly tls?: { readonly cert: string; readonly key: string };
}

const HOST = '127.0.0.1';
const MAX_APPEND_SIZE = 1024 * 1024;
/** The greatest record KurrentDB takes. */
const MAX_MESSAGE_SIZE = 16 * 1024 * 1024;

export class KurrentServer {
  readonly port: number;
  readonly faults: Faults;
  readonly #tcp: TcpServer;
  readonly #file: LogFile | undefined;
  readonly #grpc = new Server({ 'grpc.max_receive_message_length': MAX_MESSAGE_SIZE });
  readonly #injector: ConnectionInjector;
  readonly #sockets = new Set<Socket>();
  readonly #streams = new Streams();
  readonly #isSecured: boolean;

  private constructor(tcp: TcpServer, options: KurrentServerOptions) {
    this.#tcp = tcp;
    this.port = (tcp.address() as AddressInfo).port;
    this.#file = options.directory === undefined ? undefined : new LogFile(options.directory);
    this.#streams.load(this.#file?.read() ?? []);
    this.#injector = this.#grpc.createConnectionInjector(ServerCredentials.createInsecure());
    const node = { disconnect: () => this.#disconnect(), goDown: () => this.#goDown(), comeUp: () => this.#comeUp() };
    this.faults = new Faults(node, this.#streams, () => this.#file?.rewrite(this.#streams.log));
    const limits = { host: HOST, port: this.port, maxAppendSize: options.maxAppendSize ?? MAX_APPEND_SIZE };
    this.#serve(new Appends(new Writer(this.#streams, this.#file), this.faults, node), limits, options.version ?? '24.10.0');
    this.#isSecured = options.tls !== undefined;
    tcp.on(this.#isSecured ? 'secureConnection' : 'connection', (socket: Socket) => this.#take(socket));
  }

  static async start(options: KurrentServerOptions = {}): Promise<KurrentServer> {
    const { tls } = options;
    const tcp = tls ? createTlsServer({ ...tls, ALPNProtocols: ['h2'] }) : createServer();
    tcp.listen(options.port ?? 0, HOST);
    await once(tcp, 'listening');
    return new KurrentServer(tcp, options);
  }

  /** Connection string. */
  get url(): string {
    return `esdb://${HOST}:${this.port}?tls=${this.#isSecured}`;
  }

  async stop(): Promise<void> {
    await this.#goDown();
    this.#grpc.forceShutdown();
    this.#file?.close();
  }

  #serve(appends: Appends, limits: Limits, version: string): void {
    const isOld = version.startsWith('20.');
    const unimplemented = (call: { emit(event: 'error', error: Error): boolean }): void =>
      void call.emit('error', failures.unimplemented());
    this.#grpc.addService(StreamsService, {
      read: readCall(this.#streams, { isOld }),
      append: appendCall(appends, limits),
      delete: deleteCall(appends, limits),
      tombstone: tombstoneCall(appends, limits),
      batchAppend: isOld ? unimplemented : batchAppendCall(appends, limits),
    });
    const instance = randomUUID();
    this.#grpc.addService(GossipService, {
      read: (_: ServerUnaryCall<shared.Empty, gossip.ClusterInfo>, answer: sendUnaryData<gossip.ClusterInfo>) =>
        answer(null, clusterInfo(instance, limits.host, limits.port)),
    });
    if (isOld) return;
    this.#grpc.addService(ServerFeaturesService, {
      getSupportedMethods: (
        _: ServerUnaryCall<shared.Empty, features.SupportedMethods>,
        answer: sendUnaryData<features.SupportedMethods>,
      ) => answer(null, supportedMethods(version)),
    });
  }

  #take(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('close', () => this.#sockets.delete(socket));
    this.#injector.injectConnection(socket);
  }

  #disconnect(): void {
    for (const socket of this.#sockets) socket.destroy();
  }

  async #goDown(): Promise<void> {
    if (!this.#tcp.listening) return;
    const closed = once(this.#tcp, 'close');
    this.#tcp.close();
    this.#disconnect();
    await closed;
    this.#streams.forgetRecent();
  }

  async #comeUp(): Promise<void> {
    if (this.#tcp.listening) return;
    this.#tcp.listen(this.port, HOST);
    await once(this.#tcp, 'listening');
  }
}
