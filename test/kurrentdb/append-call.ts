// The calls that write one thing each: append, delete, tombstone.
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import type { sendUnaryData, ServerReadableStream, ServerUnaryCall, ServiceError } from '@grpc/grpc-js';
import type { Answer, Appends } from './appends.ts';
import { expectedNumber, expectedOf, tellExpected } from './expected.ts';
import { NO_STREAM, type ProposedEvent } from './stored-event.ts';
import { failures, proposedEvent, revisionText, sizeOnDisk, streamName } from './wire.ts';
import type { Write } from './writer.ts';

export interface Limits {
  readonly host: string;
  readonly port: number;
  readonly maxAppendSize: number;
}

/** The error for an answer that the protocol has no message for. */
export const failureOf = (answer: Answer, stream: string, { host, port }: Limits): ServiceError => {
  switch (answer.kind) {
    case 'deleted':
      return failures.streamDeleted(stream);
    case 'not-leader':
      return failures.notLeader(host, port);
    case 'not-ready':
      return failures.notReady();
    case 'access-denied':
      return failures.accessDenied();
    default:
      return failures.timedOut();
  }
};

const responseTo = ({ stream, expected }: Write, answer: Answer, limits: Limits): streams.AppendResp | ServiceError => {
  const response = new streams.AppendResp();
  if (answer.kind === 'wrong-version') {
    return response.setWrongExpectedVersion(tellExpected(new streams.AppendResp.WrongExpectedVersion(), expected, answer.current));
  }
  if (answer.kind !== 'stored') return failureOf(answer, stream, limits);
  const success = new streams.AppendResp.Success();
  if (answer.revision === NO_STREAM) success.setNoStream(new shared.Empty());
  else success.setCurrentRevision(revisionText(answer.revision));
  const position = String(answer.position);
  if (answer.position === undefined) success.setNoPosition(new shared.Empty());
  else success.setPosition(new streams.AppendResp.Position().setCommitPosition(position).setPreparePosition(position));
  return response.setSuccess(success);
};

export const appendCall =
  (appends: Appends, limits: Limits) =>
  (call: ServerReadableStream<streams.AppendReq, streams.AppendResp>, answer: sendUnaryData<streams.AppendResp>): void => {
    const events: ProposedEvent[] = [];
    let options = new streams.AppendReq.Options();
    let refusal: ServiceError | undefined;
    let size = 0;

    const take = (request: streams.AppendReq): void => {
      const message = request.getProposedMessage();
      if (message === undefined) {
        options = request.getOptions() ?? options;
        return;
      }
      const event = proposedEvent(message);
      size += event === undefined ? 0 : sizeOnDisk(event);
      if (event === undefined) refusal ??= failures.propertyMissing();
      else if (size > limits.maxAppendSize) refusal ??= failures.tooBig(limits.maxAppendSize);
      else events.push(event);
    };

    const store = async (): Promise<void> => {
      const stream = streamName(options.getStreamIdentifier());
      const write = { stream, expected: expectedOf(options, options.getRevision()), what: events, isAbandoned: () => call.cancelled };
      const answered = await appends.submit(write);
      if (answered.kind === 'abandoned') return;
      const response = responseTo(write, answered, limits);
      response instanceof Error ? answer(response) : answer(null, response);
    };

    call.on('data', take);
    call.on('end', () => void (refusal === undefined ? store() : answer(refusal)));
  };

type DeleteOptions = streams.DeleteReq.Options | streams.TombstoneReq.Options;

/** Gives the position of what was written, or undefined where the caller is gone. */
const deleted = async (
  appends: Appends,
  limits: Limits,
  options: DeleteOptions,
  write: Pick<Write, 'what' | 'isAbandoned'>,
): Promise<string | ServiceError | undefined> => {
  const stream = streamName(options.getStreamIdentifier());
  const expected = expectedOf(options, options.getRevision());
  const answer = await appends.submit({ ...write, stream, expected });
  if (answer.kind === 'abandoned') return undefined;
  if (answer.kind === 'stored') return String(answer.position);
  return answer.kind === 'wrong-version'
    ? failures.wrongVersion(stream, expectedNumber(expected), answer.current)
    : failureOf(answer, stream, limits);
};

export const deleteCall =
  (appends: Appends, limits: Limits) =>
  (call: ServerUnaryCall<streams.DeleteReq, streams.DeleteResp>, answer: sendUnaryData<streams.DeleteResp>): void => {
    const options = call.request.getOptions() ?? new streams.DeleteReq.Options();
    void deleted(appends, limits, options, { what: 'delete', isAbandoned: () => call.cancelled }).then((position) => {
      if (position instanceof Error) answer(position);
      else if (position !== undefined) {
        const at = new streams.DeleteResp.Position().setCommitPosition(position).setPreparePosition(position);
        answer(null, new streams.DeleteResp().setPosition(at));
      }
    });
  };

export const tombstoneCall =
  (appends: Appends, limits: Limits) =>
  (call: ServerUnaryCall<streams.TombstoneReq, streams.TombstoneResp>, answer: sendUnaryData<streams.TombstoneResp>): void => {
    const options = call.request.getOptions() ?? new streams.TombstoneReq.Options();
    void deleted(appends, limits, options, { what: 'tombstone', isAbandoned: () => call.cancelled }).then((position) => {
      if (position instanceof Error) answer(position);
      else if (position !== undefined) {
        const at = new streams.TombstoneResp.Position().setCommitPosition(position).setPreparePosition(position);
        answer(null, new streams.TombstoneResp().setPosition(at));
      }
    });
  };
