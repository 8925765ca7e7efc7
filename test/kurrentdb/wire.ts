// How ids, names, events and errors look in KurrentDB's protocol.
import shared from '@eventstore/db-client/generated/shared_pb.js';
import streams from '@eventstore/db-client/generated/streams_pb.js';
import { Metadata, type ServiceError, status } from '@grpc/grpc-js';
import { DELETED, type ProposedEvent, type StoredEvent } from './stored-event.ts';

const JSON_TYPE = 'application/json';
const OCTETS_TYPE = 'application/octet-stream';
const GREATEST_EVENT_NUMBER = '9223372036854775807';
/** What the protocol gives for a position that is not known. */
const NO_POSITION = '18446744073709551615';
const TICKS_PER_MILLISECOND = 10_000n;

export const revisionText = (revision: number): string => (revision === DELETED ? GREATEST_EVENT_NUMBER : String(revision));

export const uuidText = (uuid: shared.UUID | undefined): string => {
  const structured = uuid?.getStructured();
  if (structured === undefined) return (uuid?.getString() ?? '').toLowerCase();
  const bytes = Buffer.alloc(16);
  bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(structured.getMostSignificantBits())), 0);
  bytes.writeBigInt64BE(BigInt.asIntN(64, BigInt(structured.getLeastSignificantBits())), 8);
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

export const uuidMessage = (id: string): shared.UUID => new shared.UUID().setString(id);

export const streamName = (identifier: shared.StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

export const streamIdentifier = (name: string): shared.StreamIdentifier =>
  new shared.StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(name, 'utf8')));

type ProposedMessage = streams.AppendReq.ProposedMessage | streams.BatchAppendReq.ProposedMessage;

/** Undefined where the message lacks its type or content type. */
export const proposedEvent = (message: ProposedMessage): ProposedEvent | undefined => {
  const type = message.getMetadataMap().get('type');
  const contentType = message.getMetadataMap().get('content-type');
  if (type === undefined || contentType === undefined) return undefined;
  const [data, metadata] = [message.getData_asU8(), message.getCustomMetadata_asU8()];
  return { id: uuidText(message.getId()), type, json: contentType === JSON_TYPE, data, metadata };
};

/** What KurrentDB counts towards its greatest append. */
export const sizeOnDisk = ({ type, data, metadata }: ProposedEvent): number => data.length + metadata.length + 2 * type.length;

const recordedEvent = (event: StoredEvent, position: string): streams.ReadResp.ReadEvent.RecordedEvent => {
  const message = new streams.ReadResp.ReadEvent.RecordedEvent()
    .setId(uuidMessage(event.id))
    .setStreamIdentifier(streamIdentifier(event.stream))
    .setStreamRevision(revisionText(event.revision))
    .setCommitPosition(position)
    .setPreparePosition(position)
    .setData(event.data)
    .setCustomMetadata(event.metadata);
  message
    .getMetadataMap()
    .set('type', event.type)
    .set('created', String(BigInt(event.created) * TICKS_PER_MILLISECOND))
    .set('content-type', event.json ? JSON_TYPE : OCTETS_TYPE);
  return message;
};

export interface Resolved {
  readonly event: StoredEvent | undefined;
  /** What led to the event, where it was found by a link. */
  readonly link?: StoredEvent;
}

/** A server before 22.6 knows no positions of what it reads from a single stream. */
export const readEvent = ({ event, link }: Resolved, knowsPosition: boolean): streams.ReadResp => {
  const message = new streams.ReadResp.ReadEvent();
  const position = (of: StoredEvent): string => (knowsPosition ? String(of.position) : NO_POSITION);
  if (event !== undefined) message.setEvent(recordedEvent(event, position(event)));
  if (link !== undefined) message.setLink(recordedEvent(link, position(link)));
  const original = link ?? event;
  if (knowsPosition && original !== undefined) message.setCommitPosition(String(original.position));
  else message.setNoPosition(new shared.Empty());
  return new streams.ReadResp().setEvent(message);
};

const failure = (code: status, details: string, trailers: Record<string, string> = {}): ServiceError => {
  const metadata = new Metadata();
  for (const [name, value] of Object.entries(trailers)) metadata.set(name, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

/** Errors as the server's RpcExceptions makes them: a status, and trailers of which the client makes its own error. */
export const failures = {
  streamDeleted: (stream: string) =>
    failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream }),
  accessDenied: () => failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' }),
  notLeader: (host: string, port: number) =>
    failure(status.NOT_FOUND, 'Leader info available', {
      ...{ exception: 'not-leader', 'leader-endpoint-host': host },
      'leader-endpoint-port': String(port),
    }),
  notReady: () => failure(status.UNAVAILABLE, 'Server Is Not Ready'),
  timedOut: () => failure(status.ABORTED, 'Operation timed out: Commit phase timeout.'),
  tooBig: (limit: number) =>
    failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${limit} Exceeded.`, {
      ...{ exception: 'maximum-append-size-exceeded', 'maximum-append-size': String(limit) },
    }),
  propertyMissing: () =>
    failure(status.INVALID_ARGUMENT, "Required Metadata Property 'type' is missing", {
      ...{ exception: 'missing-required-metadata-property', 'required-metadata-properties': 'type,content-type' },
    }),
  wrongVersion: (stream: string, expected: number, actual: number) =>
    failure(
      status.FAILED_PRECONDITION,
      `Delete failed due to WrongExpectedVersion. Stream: ${stream}, Expected version: ${expected}, Actual version: ${actual}`,
      {
        ...{ exception: 'wrong-expected-version', 'stream-name': stream },
        ...{ 'expected-version': String(expected), 'actual-version': String(actual) },
      },
    ),
  unimplemented: () => failure(status.UNIMPLEMENTED, 'Service is unimplemented.'),
  invalid: (details: string) => failure(status.INVALID_ARGUMENT, details),
};
