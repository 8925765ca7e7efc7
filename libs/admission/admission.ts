// Admission: judges the events of verified messages one by one, records what is to be recorded, and answers with receipts.
import type { InForce } from '#disclosure';
import { EventStoreError } from '#event-store';
import { londonDate } from '#kernel';
import { learnerStream, type WhenRecorded } from '#learner-file';
import { type BookmarkToWrite, type Draft, type Missing, type Positions, Rounds } from '#unit-of-work';
import type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
import { type Circumstances, type JudgedEvent, type MessageToJudge, prepare, type Verdict } from './session.ts';
import { judge, type Judgement, look } from './judge.ts';
import { type JudgedMessage, type OutboxContent, outboxOf, settle } from './outbox.ts';
import { type MessagesInFlight, MessagesSeen, type Metadata, metadataFor } from './messages-seen.ts';
import { placed, type Receipt } from './receipts.ts';

// Messages that are admitted together: looked at, judged and appended, until nothing is missing and no other writer was first.

/** A message, its form judged by what is in force. */
interface Prepared extends MessageToJudge {
  readonly message: VerifiedMessage;
}

interface Judged extends Pick<Judgement, 'draft' | 'missing'> {
  readonly judged: readonly JudgedMessage[];
  /** What the vault's `erasureMark` was before. */
  readonly mark: number;
}

class Work {
  readonly #parts: AdmissionParts;
  readonly #messages: readonly VerifiedMessage[];
  readonly #metadata: readonly Metadata[];
  readonly #seen: MessagesSeen;
  readonly #rounds = new Rounds();
  #prepared: { readonly inForce: InForce; readonly messages: readonly Prepared[] } | undefined;
  #missing: readonly Missing[] = [];
  #attempt = 1;

  constructor(parts: AdmissionParts, messages: readonly VerifiedMessage[], inFlight: MessagesInFlight) {
    this.#parts = parts;
    this.#messages = messages;
    this.#metadata = messages.map(({ events }) => metadataFor(events));
    this.#seen = new MessagesSeen(parts, inFlight);
  }

  /** Resolves once all is in memory that can be told to be needed. */
  async look(): Promise<void> {
    if (this.#missing.length > 0) await this.#rounds.load(this.#missing);
    await this.#rounds.look(() => this.#lacking());
  }

  #lacking(): readonly Missing[] {
    const { circumstances, messages } = this.#now();
    return look(messages, circumstances);
  }

  /** To be called once `look` has resolved. Where anything is missing nevertheless, it is to be looked at and judged again. */
  judge(): Judged {
    const mark = this.#parts.vault.erasureMark();
    const { circumstances, messages } = this.#now();
    const { draft, missing, verdicts } = judge(messages, circumstances);
    this.#missing = missing;
    if (missing.length === 0) this.#seen.hold(messages.flatMap(({ events }) => events.flatMap(({ eventId }) => eventId ?? [])));
    if (!draft.isEmpty) this.#parts.registers.require(draft, circumstances.inForce);
    const judged = messages.map(({ message, events }, place) => ({ message, judged: events, verdicts: verdicts[place] ?? [] }));
    return { draft, missing, judged, mark };
  }

  /** In the turn in which it was judged. Undefined: another writer was first, and all is to be looked at and judged again. */
  async append(draft: Draft, bookmarks: readonly BookmarkToWrite[]): Promise<Positions | undefined> {
    const positions = await this.#parts.writer.append(draft, { attempt: this.#attempt++, bookmarks });
    if (!positions) this.#seen.forget();
    return positions;
  }

  /** Whoever waits for one of these messages goes on. */
  end(): void {
    this.#seen.release();
  }

  #now(): { readonly circumstances: Circumstances; readonly messages: readonly Prepared[] } {
    const { registers, clock, mostInDay, streams, gate, catalogue, vault, pseudonyms } = this.#parts;
    const at = clock.now();
    const inForce = registers.inForce(londonDate(at));
    const circumstances = { inForce, at, mostInDay, messages: this.#seen, streams, gate, catalogue, names: vault, pseudonyms };
    if (this.#prepared?.inForce !== inForce)
      this.#prepared = {
        inForce,
        messages: this.#messages.map((message, place) => ({
          message,
          ...prepare(message, circumstances, this.#metadata[place] ?? metadataFor(message.events)),
        })),
      };
    return { circumstances, messages: this.#prepared.messages };
  }
}

/** Messages that are on disk, and what is left to do before their senders may be told. */
export interface Admitted {
  readonly outbox: OutboxContent;
  readonly bookmarks: readonly BookmarkToWrite[];
  /** By event id, of what they recorded. */
  readonly positions: Positions;
}

/** Bookmarks to change in the same append, by what judging came to. */
export type BookmarksOf = (outbox: OutboxContent) => readonly BookmarkToWrite[];

export class Admission {
  readonly #parts: AdmissionParts;
  readonly #inFlight: MessagesInFlight = new Map();

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /**
   * One receipt for each event, in their order, once all that they say is on disk (invariant 2).
   * Rejects with `EventStoreError`: the sender sends again. Nothing was recorded, or, where it is `uncertain`, not all was done.
   */
  async admit(message: VerifiedMessage): Promise<readonly Receipt[]> {
    const { outbox, positions } = await this.admitTogether([message]);
    await this.settle(outbox).catch((cause: unknown) => {
      throw new EventStoreError('uncertain', 'The message is judged, but not all that follows from it is done.', { cause });
    });
    return outbox.receipts.flat().map((receipt) => placed(receipt, positions));
  }

  /**
   * Judges messages in their order and records all of them, with the bookmarks, in one append. What is left of them, `settle` does,
   * and only then may receipts be told; whoever may die in between keeps the outbox in a bookmark.
   * Rejects with `EventStoreError` where nothing could be recorded; with `wrong-bookmark` where another process was first.
   */
  async admitTogether(messages: readonly VerifiedMessage[], bookmarksOf: BookmarksOf = owesNothing): Promise<Admitted> {
    const work = new Work(this.#parts, messages, this.#inFlight);
    try {
      for (;;) {
        await work.look();
        const judgement = work.judge();
        if (judgement.missing.length > 0) continue;
        const outbox = outboxOf(this.#parts, judgement.judged);
        const bookmarks = bookmarksOf(outbox);
        const positions = await work.append(judgement.draft, bookmarks);
        if (!positions) continue;
        if (this.#parts.whenRecorded) tellRecorded(judgement, positions, this.#parts.whenRecorded);
        return { outbox, bookmarks, positions };
      }
    } finally {
      work.end();
    }
  }

  /** Does what is left of messages on disk; may be done again. */
  async settle(outbox: Omit<OutboxContent, 'receipts'>): Promise<void> {
    await settle(this.#parts, outbox);
  }
}

const owesNothing: BookmarksOf = () => [];

/** What was just sealed need not be opened to be shown. */
const tellRecorded = ({ judged, draft, mark }: Judged, positions: Positions, tell: WhenRecorded): void => {
  const tellOf = ({ form: { formed }, event: { bytes } }: JudgedEvent, verdict: Verdict | undefined): void => {
    if (verdict?.outcome !== 'accepted' || verdict.learner === undefined || !formed) return;
    const revision = draft.revisionOf(learnerStream(verdict.learner), verdict.eventId);
    const position = positions.get(verdict.eventId);
    if (revision === undefined || position === undefined) return;
    tell(verdict.learner, { revision, position, event: formed.event, bytes: bytes.byteLength, mark });
  };
  for (const { judged: events, verdicts } of judged) events.forEach((event, place) => tellOf(event, verdicts[place]));
};
