// What a partition gave, as messages in the order of its offsets; a batch that cannot be read is one of them, to be put aside.
import { batchesIn, CommittedOnly, type Fetched, type RecordBatch, recordsOf, Unreadable } from '#kafka-wire';
import { INBOX_FAULTS, type InboxMessage } from '../inbox/index.ts';

/** Messages that are handed on together. */
export interface Piece {
  readonly messages: readonly InboxMessage[];
  readonly last: number;
  /** Why its one message can be no other than one to be put aside. */
  readonly unreadable?: Unreadable;
}

/** Unpacked: more are handed on in a further piece. */
const PIECE_BYTES = 2 * 1024 * 1024;

export async function* piecesOf({ records, aborted }: Fetched, from: number): AsyncGenerator<Piece> {
  const committed = new CommittedOnly(aborted);
  const gathered = new Gathered(from);
  for (const batch of batchesIn(records)) {
    const isNew = committed.takes(batch) && batch.last >= from;
    const read = isNew ? await readOrNot(batch) : [];
    if (gathered.isFull || read instanceof Unreadable) yield* gathered.handOn();
    if (read instanceof Unreadable) {
      yield { messages: [asideFor(batch, read)], last: batch.last, unreadable: read };
      gathered.passed(batch.last);
    } else gathered.add(read, batch.last);
  }
  yield* gathered.handOn();
}

/** Messages of batches that follow one another, and how far they go: also past what holds no messages. */
class Gathered {
  readonly #from: number;
  #messages: InboxMessage[] = [];
  #bytes = 0;
  #last: number;
  #handed: number;

  constructor(from: number) {
    this.#from = from;
    this.#last = this.#handed = from - 1;
  }

  get isFull(): boolean {
    return this.#bytes > PIECE_BYTES;
  }

  /** A batch may begin before what is asked for. */
  add(messages: readonly InboxMessage[], last: number): void {
    const asked = messages.filter(({ offset }) => offset >= this.#from);
    this.#messages.push(...asked);
    this.#bytes += asked.reduce((sum, { value }) => sum + (value?.length ?? 0), 0);
    this.#last = Math.max(this.#last, last);
  }

  passed(last: number): void {
    this.#last = this.#handed = last;
  }

  *handOn(): Generator<Piece> {
    if (this.#last === this.#handed) return;
    yield { messages: this.#messages, last: this.#last };
    [this.#messages, this.#bytes, this.#handed] = [[], 0, this.#last];
  }
}

const readOrNot = async (batch: RecordBatch): Promise<readonly InboxMessage[] | Unreadable> => {
  try {
    return await recordsOf(batch);
  } catch (cause) {
    if (cause instanceof Unreadable) return cause;
    throw cause;
  }
};

/** Under its last offset: whoever goes on from there does not meet it again. */
const asideFor = ({ first, last, bytes }: RecordBatch, { code, message }: Unreadable): InboxMessage => ({
  offset: last,
  key: null,
  value: bytes,
  aside: { code, says: `${message} (Offsets ${first} to ${last}.)` },
});

/** In place of what was there. */
export const deletedUnread = (first: number, last: number): Piece => ({
  messages: [
    {
      offset: last,
      key: null,
      value: null,
      aside: { code: 'deleted-unread', says: `${INBOX_FAULTS['deleted-unread']} (Offsets ${first} to ${last}.)` },
    },
  ],
  last,
});
