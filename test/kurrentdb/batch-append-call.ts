// The call on which a client of today sends all its appends: many at once, each answered by its correlation id.
import shared from '@eventstore/db-client/generated/shared_pb.js';
import statusPb from '@eventstore/db-client/generated/status_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { ServerDuplexStream } from '@grpc/grpc-js';
import anyPb from 'google-protobuf/google/protobuf/any_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import { failureOf, type Limits } from './append-call.ts';
import type { Answer, Appends } from './appends.ts';
import { expectedInBatch, expectedOf } from './expected.ts';
import { NO_STREAM, type ProposedEvent } from './stored-event.ts';
import { proposedEvent, revisionText, sizeOnDisk, streamIdentifier, streamName, uuidText } from './wire.ts';
import type { Write } from './writer.ts';

type Call = ServerDuplexStream<streams.BatchAppendReq, streams.BatchAppendResp>;

/** An append of which not all has come. */
interface Pending {
  readonly write: Write;
  readonly events: ProposedEvent[];
  readonly deadline: number;
  size: number;
}

const detailed = (message: string, name: string, details: Uint8Array): statusPb.Status => {
  const any = new anyPb.Any();
  any.pack(details, name);
  return new statusPb.Status().setMessage(message).setDetails(any);
};
const errors = {
  tooBig: (limit: number) => {
    const details = new shared.MaximumAppendSizeExceeded().setMaxappendsize(limit);
    return detailed('Maximum Append Size Exceeded', 'event_store.client.MaximumAppendSizeExceeded', details.serializeBinary());
  },
  badRequest: (why: string) => detailed(why, 'event_store.client.BadRequest', new shared.BadRequest().setMessage(why).serializeBinary()),
  timedOut: () => detailed('Timeout', 'event_store.client.Timeout', new shared.Timeout().serializeBinary()),
  accessDenied: () => detailed('Access Denied', 'event_store.client.AccessDenied', new shared.AccessDenied().serializeBinary()),
  notReady: () => detailed('Server Is Not Ready', 'google.protobuf.Empty', new emptyPb.Empty().serializeBinary()),
  deleted: (stream: string) => {
    const details = new shared.StreamDeleted().setStreamIdentifier(streamIdentifier(stream));
    return detailed('Stream Deleted', 'event_store.client.StreamDeleted', details.serializeBinary());
  },
};

const successOf = ({ revision, position }: Extract<Answer, { kind: 'stored' }>): streams.BatchAppendResp.Success => {
  const success = new streams.BatchAppendResp.Success();
  if (revision === NO_STREAM) success.setNoStream(new emptyPb.Empty());
  else success.setCurrentRevision(revisionText(revision));
  if (position === undefined) return success.setNoPosition(new emptyPb.Empty());
  const text = String(position);
  return success.setPosition(new shared.AllStreamPosition().setCommitPosition(text).setPreparePosition(text));
};

const errorOf = ({ stream, expected }: Write, answer: Exclude<Answer, { kind: 'stored' }>): statusPb.Status => {
  switch (answer.kind) {
    case 'wrong-version': {
      const details = expectedInBatch(expected, answer.current);
      return detailed('Wrong Expected Version', 'event_store.client.WrongExpectedVersion', details.serializeBinary());
    }
    case 'deleted':
      return errors.deleted(stream);
    case 'access-denied':
      return errors.accessDenied();
    case 'not-ready':
      return errors.notReady();
    default:
      return errors.timedOut();
  }
};

class BatchAppend {
  readonly #appends: Appends;
  readonly #limits: Limits;
  readonly #call: Call;
  readonly #pending = new Map<string, Pending>();
  #unanswered = 0;
  #ended = false;

  constructor(appends: Appends, limits: Limits, call: Call) {
    this.#appends = appends;
    this.#limits = limits;
    this.#call = call;
  }

  take(request: streams.BatchAppendReq): void {
    const id = uuidText(request.getCorrelationId());
    const options = request.getOptions();
    if (options !== undefined && !this.#pending.has(id)) this.#pending.set(id, this.#begun(options));
    const pending = this.#pending.get(id);
    if (pending === undefined) return;
    const fault = this.#fault(pending, request);
    if (fault === undefined && !request.getIsFinal()) return;
    this.#pending.delete(id);
    if (fault === undefined) void this.#store(request, pending);
    else this.#answer(request, pending.write.stream, fault);
  }

  end(): void {
    this.#ended = true;
    if (this.#unanswered === 0) this.#call.end();
  }

  #begun(options: streams.BatchAppendReq.Options): Pending {
    const events: ProposedEvent[] = [];
    const stream = streamName(options.getStreamIdentifier());
    const expected = expectedOf(options, options.getStreamPosition());
    const deadline = options.getDeadline()?.toDate().getTime() ?? Infinity;
    return { write: { stream, expected, what: events, isAbandoned: () => this.#call.cancelled }, events, deadline, size: 0 };
  }

  #fault(pending: Pending, request: streams.BatchAppendReq): statusPb.Status | undefined {
    if (pending.deadline <= Date.now()) return errors.timedOut();
    const events = request.getProposedMessagesList().map(proposedEvent);
    if (events.includes(undefined)) return errors.badRequest("The given key 'type' was not present in the dictionary.");
    pending.events.push(...events.filter((event) => event !== undefined));
    pending.size = pending.events.reduce((size, event) => size + sizeOnDisk(event), 0);
    return pending.size > this.#limits.maxAppendSize ? errors.tooBig(this.#limits.maxAppendSize) : undefined;
  }

  async #store(request: streams.BatchAppendReq, { write }: Pending): Promise<void> {
    this.#unanswered++;
    const answer = await this.#appends.submit(write);
    this.#unanswered--;
    if (answer.kind === 'abandoned') return;
    // A node that leads nothing ends the whole call, and with it every append on its way.
    if (answer.kind === 'not-leader') this.#call.emit('error', failureOf(answer, write.stream, this.#limits));
    else this.#answer(request, write.stream, answer.kind === 'stored' ? successOf(answer) : errorOf(write, answer));
  }

  #answer(request: streams.BatchAppendReq, stream: string, result: streams.BatchAppendResp.Success | statusPb.Status): void {
    const response = new streams.BatchAppendResp()
      .setCorrelationId(request.getCorrelationId())
      .setStreamIdentifier(streamIdentifier(stream));
    if (result instanceof statusPb.Status) response.setError(result);
    else response.setSuccess(result);
    this.#call.write(response);
    if (this.#ended && this.#unanswered === 0) this.#call.end();
  }
}

export const batchAppendCall =
  (appends: Appends, limits: Limits) =>
  (call: Call): void => {
    const batch = new BatchAppend(appends, limits, call);
    call.on('data', (request: streams.BatchAppendReq) => batch.take(request));
    call.on('end', () => batch.end());
  };
