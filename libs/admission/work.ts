// Messages that are admitted together: looked at, judged and appended, until nothing is missing and no other writer was first.
import type { InForce } from '#disclosure';
import type { Bookmark } from '#event-store';
import { londonDate } from '#kernel';
import { type Draft, type Missing, type Positions, Rounds } from '#unit-of-work';
import type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
import { type Circumstances, judge, type Judgement, look, type MessageToJudge } from './judge.ts';
import type { JudgedMessage } from './judged-message.ts';
import { MessagesSeen, type MessagesInFlight } from './messages-seen.ts';
import { type Metadata, metadataFor } from './metadata.ts';
import { prepare } from './prepare.ts';

/** A message, its form judged by what is in force. */
interface Prepared extends MessageToJudge {
  readonly message: VerifiedMessage;
}

export class Work {
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
  judge(): Pick<Judgement, 'draft' | 'missing'> & { readonly judged: readonly JudgedMessage[] } {
    const { circumstances, messages } = this.#now();
    const { draft, missing, verdicts } = judge(messages, circumstances);
    this.#missing = missing;
    if (missing.length === 0) this.#seen.hold(messages.flatMap(({ events }) => events.flatMap(({ eventId }) => eventId ?? [])));
    if (!draft.isEmpty) this.#parts.registers.require(draft, circumstances.inForce);
    const judged = messages.map(({ message, events }, place) => ({ message, judged: events, verdicts: verdicts[place] ?? [] }));
    return { draft, missing, judged };
  }

  /** In the turn in which it was judged. Undefined: another writer was first, and all is to be looked at and judged again. */
  async append(draft: Draft, bookmarks: readonly Bookmark[]): Promise<Positions | undefined> {
    const positions = await this.#parts.writer.append(draft, { attempt: this.#attempt++, bookmarks });
    if (!positions) this.#seen.forget();
    return positions;
  }

  /** Whoever waits for one of these messages goes on. */
  end(): void {
    this.#seen.release();
  }

  #now(): { readonly circumstances: Circumstances; readonly messages: readonly Prepared[] } {
    const { registers, clock, mostInDay, streams, gate, catalogue, vault } = this.#parts;
    const at = clock.now();
    const inForce = registers.inForce(londonDate(at));
    const circumstances = { inForce, at, mostInDay, messages: this.#seen, streams, gate, catalogue, names: vault };
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
