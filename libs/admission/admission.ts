// Admission: judges the events of verified messages one by one, records what is to be recorded, and answers with receipts.
import { randomUUID } from 'node:crypto';
import type { InForce } from '#disclosure';
import { type Bookmark, EventStoreError } from '#event-store';
import { londonDate, type Position } from '#kernel';
import { Draft, type Judged, NotLoaded } from '#learner-file';
import type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
import { type Aftermath, aftermathOf, settle } from './aftermath.ts';
import { judgeForm } from './contribution-form.ts';
import type { RecordedHere } from './judge-event.ts';
import { judgeMessage } from './judge-message.ts';
import { eventIdOf, MessagesSeen, type MessagesUnderWay } from './messages-seen.ts';
import type { Receipt } from './receipt.ts';
import type { JudgedEvent, Session } from './session.ts';
import { placed } from './tell.ts';
import type { Verdict } from './verdict.ts';

/** Messages that are on disk, and what is left to do before their senders may be told. */
export interface Admitted {
  readonly aftermath: Aftermath;
  /** By event id, of what they recorded. */
  readonly positions: ReadonlyMap<string, Position>;
}

/** Bookmarks to change in the same append, by what judging came to. */
export type BookmarksOf = (aftermath: Aftermath) => readonly Bookmark[];

/** A first look, and what was in force then. */
interface Looked {
  readonly inForce: InForce;
  readonly judged: readonly JudgedEvent[];
}

interface ToJudge {
  readonly message: VerifiedMessage;
  readonly looked: Looked;
  /** Ties the message's events together. */
  readonly correlation: string;
}

export class Admission {
  readonly #parts: AdmissionParts;
  readonly #underWay: MessagesUnderWay = new Map();

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /**
   * One receipt for each event, in their order, once all that they say is on disk (invariant 2).
   * Rejects with `EventStoreError`: the sender sends again. Nothing was recorded, or, where it is `uncertain`, not all was done.
   */
  async admit(message: VerifiedMessage): Promise<readonly Receipt[]> {
    const { aftermath, positions } = await this.admitTogether([message]);
    await this.settle(aftermath).catch((cause: unknown) => {
      throw new EventStoreError('uncertain', 'The message is judged, but not all that follows from it is done.', { cause });
    });
    return aftermath.receipts.flat().map((receipt) => placed(receipt, positions));
  }

  /**
   * Judges messages in their order and records all of them, with the bookmarks, in one append. What is left of them, `settle` does,
   * and only then may receipts be told; whoever may die in between keeps the aftermath in a bookmark.
   * Rejects with `EventStoreError` where nothing could be recorded; with `wrong-bookmark` where another process was first.
   */
  async admitTogether(messages: readonly VerifiedMessage[], bookmarks?: BookmarksOf): Promise<Admitted> {
    const toJudge = messages.map((message) => ({ message, looked: this.#look(message), correlation: randomUUID() }));
    const ids = [...new Set(toJudge.flatMap(({ looked }) => looked.judged.flatMap(({ eventId }) => eventId ?? [])))];
    const seen = new MessagesSeen(this.#parts.store, this.#underWay);
    try {
      await seen.load(ids);
      return await this.#parts.writer.write((attempt) => {
        seen.begin(attempt);
        return this.#judgeAll(toJudge, { seen, ids, ...(bookmarks === undefined ? {} : { bookmarks }) });
      });
    } finally {
      seen.release();
    }
  }

  /** Does what is left of messages on disk; may be done again. */
  async settle(aftermath: Omit<Aftermath, 'receipts'>): Promise<void> {
    await settle(this.#parts, aftermath);
  }

  #look({ agency: sender, events }: VerifiedMessage): Looked {
    const { catalogue, registers, clock, vault } = this.#parts;
    const at = clock.now();
    const inForce = registers.inForce(londonDate(at));
    const agency = inForce.agency(sender.slug) ?? sender;
    const judged = events.map((event) => {
      const form = judgeForm(event, { agency, catalogue, inForce, at });
      const { envelope } = form;
      return { event, evidence: event.evidence, form, ...(envelope && { eventId: eventIdOf(vault, envelope.source, envelope.id) }) };
    });
    return { inForce, judged };
  }

  /** Must not wait. In order: what one event changes, the next one meets. */
  #judgeAll(
    messages: readonly ToJudge[],
    { seen, ids, bookmarks }: { readonly seen: MessagesSeen; readonly ids: readonly string[]; readonly bookmarks?: BookmarksOf },
  ): Judged<Admitted> {
    const draft = new Draft();
    const recordedHere: RecordedHere = new Map();
    const verdicts = new VerdictsOrMissing();
    const { streams, catalogue, vault, registers, clock, mostInDay } = this.#parts;
    const at = clock.now();
    const inForce = registers.inForce(londonDate(at));
    const all = messages.map(({ message, looked, correlation }) => {
      const { tellsSender = false } = message;
      const agency = inForce.agency(message.agency.slug) ?? message.agency;
      const { judged } = looked.inForce === inForce ? looked : this.#look(message);
      const session: Session = { draft, seen, agency, tellsSender, correlation, inForce, at, mostInDay, streams, catalogue, vault };
      return { message, judged, verdicts: judgeMessage(session, judged, recordedHere, (judge) => verdicts.take(judge)) };
    });
    verdicts.mustBeComplete();
    seen.hold(ids);
    if (!draft.isEmpty) registers.require(draft, inForce);
    let found: Aftermath | undefined;
    const aftermath = (): Aftermath => (found ??= aftermathOf(this.#parts, all));
    return {
      draft,
      ...(bookmarks === undefined ? {} : { bookmarks: () => bookmarks(aftermath()) }),
      result: (positions) => ({ aftermath: aftermath(), positions }),
    };
  }
}

const NEVER_TOLD: Verdict = { outcome: 'conflict' };

/** Judging goes on past a stream that is not in memory, to find all that are missing: they are loaded side by side, and it begins anew. */
class VerdictsOrMissing {
  readonly #missing: NotLoaded[] = [];

  take(judge: () => Verdict): Verdict {
    try {
      return judge();
    } catch (cause) {
      if (cause instanceof NotLoaded) this.#missing.push(cause);
      else if (this.#missing.length === 0) throw cause;
      return NEVER_TOLD;
    }
  }

  /** Throws `NotLoaded` for all that is missing. */
  mustBeComplete(): void {
    const missing = this.#missing;
    if (missing.length > 0) throw new NotLoaded(() => Promise.all(missing.map(({ load }) => load())));
  }
}
