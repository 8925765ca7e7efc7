// Admission: judges the events of a verified message one by one, records what is to be recorded, and answers with receipts.
import { randomUUID } from 'node:crypto';
import type { Agency } from '#agencies';
import { londonDate, type Position } from '#kernel';
import { Draft, type Judged } from '#learner-file';
import { judgeForm } from './contribution-form.ts';
import { judgeEvent, type RecordedHere } from './judge-event.ts';
import { eventIdOf, MessagesSeen, type MessagesUnderWay } from './messages-seen.ts';
import type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
import type { Receipt } from './receipt.ts';
import { keepRefused, noteLinkConflicts } from './refused.ts';
import type { JudgedEvent, Session } from './session.ts';
import { receiptOf } from './tell.ts';
import type { Verdict } from './verdict.ts';

interface Judgement {
  readonly verdicts: readonly Verdict[];
  readonly positions: ReadonlyMap<string, Position>;
}

export class Admission {
  readonly #parts: AdmissionParts;
  readonly #underWay: MessagesUnderWay = new Map();

  constructor(parts: AdmissionParts) {
    this.#parts = parts;
  }

  /**
   * One receipt for each event, in their order, once all that they say is on disk (invariant 2).
   * Rejects with `EventStoreError` where nothing could be recorded: the sender sends again.
   */
  async admit(message: VerifiedMessage): Promise<readonly Receipt[]> {
    const { agency } = message;
    const judged = this.#look(message);
    const { verdicts, positions } = await this.#judge(agency, judged);
    await noteLinkConflicts(this.#parts, agency.slug, verdicts);
    await keepRefused(this.#parts, message, judged, verdicts);
    const teller = { agency: agency.slug, pseudonyms: this.#parts.pseudonyms, positions };
    return judged.map(({ form }, index) => receiptOf(teller, form, verdicts[index] as Verdict));
  }

  #look({ agency, events }: VerifiedMessage): readonly JudgedEvent[] {
    const { catalogue, registers, clock } = this.#parts;
    const inForce = registers.inForce(londonDate(clock.now()));
    return events.map((event) => ({ event, evidence: event.evidence, form: judgeForm(event, agency, catalogue, inForce) }));
  }

  async #judge(agency: Agency, judged: readonly JudgedEvent[]): Promise<Judgement> {
    const ids = this.#eventIds(judged);
    const seen = new MessagesSeen(this.#parts.store, this.#underWay);
    const correlation = randomUUID();
    try {
      await seen.load(ids);
      return await this.#parts.writer.write((attempt) => {
        if (attempt > 1) seen.forget();
        return this.#judgeAll(this.#session(agency, correlation, seen), judged, ids);
      });
    } finally {
      seen.release();
    }
  }

  #eventIds(judged: readonly JudgedEvent[]): readonly string[] {
    const ids = judged.flatMap(({ form: { envelope } }) => (envelope ? [eventIdOf(this.#parts.vault, envelope.source, envelope.id)] : []));
    return [...new Set(ids)];
  }

  #session(agency: Agency, correlation: string, seen: MessagesSeen): Session {
    const { streams, catalogue, vault, registers, clock } = this.#parts;
    const at = clock.now();
    return { draft: new Draft(), agency, inForce: registers.inForce(londonDate(at)), at, correlation, seen, streams, catalogue, vault };
  }

  /** Must not wait. In order: what one event changes, the next one meets. */
  #judgeAll(session: Session, judged: readonly JudgedEvent[], ids: readonly string[]): Judged<Judgement> {
    const recordedHere: RecordedHere = new Map();
    const verdicts = judged.map((one) => judgeEvent(session, one, recordedHere));
    session.seen.hold(ids);
    return { draft: session.draft, result: (positions) => ({ verdicts, positions }) };
  }
}
