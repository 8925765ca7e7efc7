// Whether an append is taken: what KurrentDB's IndexWriter.CheckCommit decides, its notion of an append repeated included.
import { NO_STREAM, metastreamOf } from './stored-event.ts';
import type { Streams } from './streams.ts';

/** A revision, or `NO_STREAM`. */
export type Expected = 'any' | 'stream-exists' | number;

export type Verdict =
  | { readonly kind: 'ok'; readonly current: number }
  /** Stored by an earlier append. The position is unknown where the last of them can no longer be read. */
  | { readonly kind: 'repeated'; readonly revision: number; readonly position: number | undefined }
  | { readonly kind: 'wrong-version'; readonly current: number }
  | { readonly kind: 'deleted' };

export interface Question {
  readonly stream: string;
  readonly expected: Expected;
  readonly ids: readonly string[];
}

const repeated = (streams: Streams, stream: string, revision: number): Verdict => {
  const [event] = streams.forwards(stream, revision, 1);
  return { kind: 'repeated', revision, position: event?.revision === revision ? event.position : undefined };
};

/** Without a revision to go by, what counts is whether the ids were appended to the stream lately, wherever they stand in it. */
const judgeAnywhere = (streams: Streams, { stream, ids }: Question, current: number): Verdict => {
  const found = ids.map((id) => streams.recent(id)).map((event) => (event?.stream === stream ? event : undefined));
  const last = found.at(-1);
  if (found[0] === undefined) return { kind: 'ok', current };
  return last === undefined || found.includes(undefined) ? { kind: 'wrong-version', current } : repeated(streams, stream, last.revision);
};

/** The stream went on since: right only where exactly these events follow the revision given. */
const judgePast = (streams: Streams, { stream, ids }: Question, expected: number): Verdict => {
  const current = streams.lastRevision(stream);
  const differs = ids.findIndex((id, n) => streams.at(stream, expected + 1 + n)?.id !== id);
  if (ids.length > 0 && differs < 0) return repeated(streams, stream, expected + ids.length);
  const recreates = differs === 0 && expected === NO_STREAM && streams.isSoftlyDeleted(stream);
  return recreates ? { kind: 'ok', current } : { kind: 'wrong-version', current };
};

const judgeExisting = (streams: Streams, question: Question, current: number): Verdict => {
  if (streams.isSoftlyDeleted(question.stream)) return { kind: 'deleted' };
  const exists = current !== NO_STREAM || streams.lastRevision(metastreamOf(question.stream)) !== NO_STREAM;
  return exists ? judgeAnywhere(streams, question, current) : { kind: 'wrong-version', current };
};

export const judge = (streams: Streams, question: Question): Verdict => {
  const { stream, expected } = question;
  const current = streams.lastRevision(stream);
  if (streams.isTombstoned(stream)) return { kind: 'deleted' };
  if (expected === 'stream-exists') return judgeExisting(streams, question, current);
  if (expected === 'any') return judgeAnywhere(streams, question, current);
  if (expected < current) return judgePast(streams, question, expected);
  return expected === current ? { kind: 'ok', current } : { kind: 'wrong-version', current };
};
