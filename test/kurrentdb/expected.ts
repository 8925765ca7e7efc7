// What a write expects of its stream, as the requests say it.
import shared from '@eventstore/db-client/generated/shared_pb.js';
import emptyPb from 'google-protobuf/google/protobuf/empty_pb.js';
import type { Expected } from './append-rules.ts';
import { NO_STREAM } from './stored-event.ts';

interface Options {
  hasNoStream(): boolean;
  hasAny(): boolean;
  hasStreamExists(): boolean;
}

export const expectedOf = (options: Options, revision: string): Expected => {
  if (options.hasAny()) return 'any';
  if (options.hasStreamExists()) return 'stream-exists';
  return options.hasNoStream() ? NO_STREAM : Number(revision);
};

/** As the server's internal numbers have it. */
export const expectedNumber = (expected: Expected): number => {
  if (expected === 'any') return -2;
  return expected === 'stream-exists' ? -4 : expected;
};

/** The answer to a single append that expected something else. */
interface Told {
  setCurrentRevision(value: string): unknown;
  setCurrentNoStream(value: shared.Empty): unknown;
  setExpectedRevision(value: string): unknown;
  setExpectedAny(value: shared.Empty): unknown;
  setExpectedStreamExists(value: shared.Empty): unknown;
  setExpectedNoStream(value: shared.Empty): unknown;
}

export const tellExpected = <Message extends Told>(message: Message, expected: Expected, current: number): Message => {
  if (expected === 'any') message.setExpectedAny(new shared.Empty());
  else if (expected === 'stream-exists') message.setExpectedStreamExists(new shared.Empty());
  else if (expected === NO_STREAM) message.setExpectedNoStream(new shared.Empty());
  else message.setExpectedRevision(String(expected));
  if (current === NO_STREAM) message.setCurrentNoStream(new shared.Empty());
  else message.setCurrentRevision(String(current));
  return message;
};

/** The same within the answer to a batch append. */
export const expectedInBatch = (expected: Expected, current: number): shared.WrongExpectedVersion => {
  const message = new shared.WrongExpectedVersion();
  const empty = new emptyPb.Empty();
  if (expected === 'any') message.setExpectedAny(empty);
  else if (expected === 'stream-exists') message.setExpectedStreamExists(empty);
  else if (expected === NO_STREAM) message.setExpectedNoStream(empty);
  else message.setExpectedStreamPosition(String(expected));
  return current === NO_STREAM ? message.setCurrentNoStream(empty) : message.setCurrentStreamRevision(String(current));
};
