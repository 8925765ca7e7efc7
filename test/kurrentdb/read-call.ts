// The call that reads: a stream or the whole log, either way, to an end or following what comes.
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import streamsPb from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerWritableStream } from '@grpc/grpc-js';
import { DELETED, NO_STREAM, type StoredEvent } from './stored-event.ts';
import type { Streams } from './streams.ts';
import { failures, readEvent, type Resolved, streamIdentifier, streamName } from './wire.ts';

type Call = ServerWritableStream<streamsPb.ReadReq, streamsPb.ReadResp>;
type Options = streamsPb.ReadReq.Options;

/** As the server reads. */
const PAGE = 32;

/** What a read goes over; a place is a revision of the stream, or a position of the log. */
interface Source {
  readonly stream: string | undefined;
  readonly placeOf: (event: StoredEvent) => number;
  readonly forwards: (from: number, limit: number) => readonly StoredEvent[];
  readonly backwards: (from: number, limit: number) => readonly StoredEvent[];
  /** Where it starts when it is read backwards, or followed, from its end. */
  readonly end: () => number;
  /** The place asked for, or which of both ends. */
  readonly asked: number | 'start' | 'end';
}

const streamSource = (streams: Streams, options: streamsPb.ReadReq.Options.StreamOptions): Source => {
  const stream = streamName(options.getStreamIdentifier());
  const revision = options.hasStart() ? 'start' : Number(options.getRevision());
  return {
    stream,
    placeOf: (event) => event.revision,
    forwards: (from, limit) => streams.forwards(stream, from, limit),
    backwards: (from, limit) => streams.backwards(stream, from, limit),
    end: () => streams.lastRevision(stream),
    asked: options.hasEnd() ? 'end' : revision,
  };
};

const allSource = (streams: Streams, options: streamsPb.ReadReq.Options.AllOptions | undefined): Source => {
  const position = options?.getPosition() === undefined ? 'start' : Number(options.getPosition()?.getCommitPosition());
  return {
    stream: undefined,
    placeOf: (event) => event.position,
    forwards: (from, limit) => streams.allForwards(from, limit),
    // Unlike a stream, it is read from before the place given.
    backwards: (from, limit) => streams.allBackwards(from, limit),
    end: () => streams.end,
    asked: options?.hasEnd() === true ? 'end' : position,
  };
};

export interface ReadRules {
  /** A server before 22.6 knows no positions in streams, and one before 23.10 does not say that a subscription has caught up. */
  readonly isOld: boolean;
}

class Reading {
  readonly #streams: Streams;
  readonly #rules: ReadRules;
  readonly #call: Call;
  readonly #options: Options;
  readonly #source: Source;
  readonly #gone = new AbortController();

  constructor(streams: Streams, rules: ReadRules, call: Call, options: Options) {
    this.#streams = streams;
    this.#rules = rules;
    this.#call = call;
    this.#options = options;
    const stream = options.getStream();
    this.#source = stream === undefined ? allSource(streams, options.getAll()) : streamSource(streams, stream);
    call.on('cancelled', () => this.#gone.abort());
    call.on('close', () => this.#gone.abort());
  }

  async run(): Promise<void> {
    if (this.#options.hasFilter()) this.#call.emit('error', failures.invalid('This server filters nothing.'));
    else if (this.#options.hasSubscription()) await this.#follow();
    else await this.#read();
  }

  async #read(): Promise<void> {
    const { stream } = this.#source;
    if (stream !== undefined && this.#streams.isTombstoned(stream)) return this.#failDeleted(stream);
    if (stream !== undefined && !this.#exists(stream)) await this.#write(this.#notFound(stream));
    else if (this.#options.getReadDirection() === streamsPb.ReadReq.Options.ReadDirection.FORWARDS)
      await this.#forwards(Number(this.#options.getCount()));
    else await this.#backwards(Number(this.#options.getCount()));
    this.#call.end();
  }

  #exists(stream: string): boolean {
    return this.#streams.lastRevision(stream) !== NO_STREAM && !this.#streams.isSoftlyDeleted(stream);
  }

  async #forwards(count: number): Promise<void> {
    const { asked, placeOf, forwards } = this.#source;
    if (asked === 'end') return;
    let from = asked === 'start' ? 0 : asked;
    for (let left = count; left > 0 && !this.#gone.signal.aborted;) {
      const page = forwards(from, Math.min(PAGE, left));
      const last = page.at(-1);
      if (last === undefined) return;
      await this.#send(page);
      left -= page.length;
      from = placeOf(last) + 1;
    }
  }

  async #backwards(count: number): Promise<void> {
    const { asked, placeOf, backwards, end, stream } = this.#source;
    const places = { start: 0, end: end() };
    let from = typeof asked === 'number' ? asked : places[asked];
    for (let left = count; left > 0 && !this.#gone.signal.aborted;) {
      const page = backwards(from, Math.min(PAGE, left));
      const last = page.at(-1);
      if (last === undefined) return;
      await this.#send(page);
      left -= page.length;
      from = stream === undefined ? placeOf(last) : placeOf(last) - 1;
    }
  }

  /** After the place asked for: what is there, then what comes. */
  async #follow(): Promise<void> {
    const confirmation = new streamsPb.ReadResp.SubscriptionConfirmation().setSubscriptionId(randomUUID());
    await this.#write(new streamsPb.ReadResp().setConfirmation(confirmation));
    const { asked, end, stream } = this.#source;
    const places = { start: -1, end: end() };
    let seen = typeof asked === 'number' ? asked : places[asked];
    if (stream !== undefined && this.#streams.isTombstoned(stream)) return this.#failDeleted(stream);
    for (let caughtUp = false; !this.#gone.signal.aborted && seen !== DELETED; caughtUp = true) seen = await this.#catchUp(seen, caughtUp);
    if (seen === DELETED) this.#failDeleted(stream ?? '');
  }

  /** Sends what is there after this place, then waits for more; gives the place of the last event sent. */
  async #catchUp(after: number, wasCaughtUp: boolean): Promise<number> {
    const { placeOf, forwards } = this.#source;
    let seen = after;
    for (let page = forwards(seen + 1, PAGE); page.length > 0 && !this.#gone.signal.aborted; page = forwards(seen + 1, PAGE)) {
      await this.#send(page);
      seen = page.reduce((_, event) => placeOf(event), seen);
    }
    if (seen === DELETED) return seen;
    const changed = this.#streams.changed(this.#gone.signal);
    if (!wasCaughtUp && !this.#rules.isOld) await this.#write(new streamsPb.ReadResp().setCaughtUp(new streamsPb.ReadResp.CaughtUp()));
    await changed;
    return seen;
  }

  #failDeleted(stream: string): void {
    this.#call.emit('error', failures.streamDeleted(stream));
  }

  #notFound(stream: string): streamsPb.ReadResp {
    return new streamsPb.ReadResp().setStreamNotFound(
      new streamsPb.ReadResp.StreamNotFound().setStreamIdentifier(streamIdentifier(stream)),
    );
  }

  async #send(page: readonly StoredEvent[]): Promise<void> {
    const knowsPosition = !this.#rules.isOld || this.#source.stream === undefined;
    for (const event of page) await this.#write(readEvent(this.#resolved(event), knowsPosition));
  }

  /** A link's data is the place of its event: `revision@stream`. */
  #resolved(event: StoredEvent): Resolved {
    if (event.type !== '$>' || !this.#options.getResolveLinks()) return { event };
    const [, revision = '', stream = ''] = /^(\d+)@(.*)$/.exec(Buffer.from(event.data).toString('utf8')) ?? [];
    return { event: this.#streams.at(stream, Number(revision)), link: event };
  }

  async #write(response: streamsPb.ReadResp): Promise<void> {
    if (this.#gone.signal.aborted || this.#call.write(response)) return;
    await once(this.#call, 'drain', { signal: this.#gone.signal }).catch(() => undefined);
  }
}

export const readCall =
  (streams: Streams, rules: ReadRules) =>
  (call: Call): void => {
    const options = call.request.getOptions();
    if (options?.getUuidOption() === undefined) call.emit('error', failures.invalid("'uuidOption' is a required argument"));
    else void new Reading(streams, rules, call, options).run();
  };
