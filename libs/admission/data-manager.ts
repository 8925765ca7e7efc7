// What the partnership's data manager says of ties (sharing-matrix.md, W4, W6): recorded as an agency's word is,
// by an office that always stands.
import type { Agency } from '#agencies';
import { correlation } from '#bus';
import type { CloudEvent, EventType, SchemaFault } from '#catalogue';
import { type AgencySlug, DATA_MANAGER, type IsoDate, type LearnerId, londonDate, sourceOf } from '#kernel';
import { missingFile } from '#learner-file';
import { Draft, Rounds } from '#unit-of-work';
import type { AdmissionParts } from './admission-parts.ts';
import { MessagesSeen, type MessagesInFlight } from './messages-seen.ts';
import { placed, type Receipt, receiptOf, type UnplacedReceipt } from './receipts.ts';
import { recordAboutLearner } from './recording.ts';
import { eventIdOf, rejected, type Session, type Verdict } from './session.ts';

export interface TieToConfirm {
  readonly learner: LearnerId;
  /** Whose tie it is. */
  readonly agency: AgencySlug;
  /** None: for 180 days whatever tie there is. */
  readonly relationship?: string;
  readonly reason?: string;
  /** From the start of which it holds: what is said again on the same day is recorded once. */
  readonly day: IsoDate;
}

type Parts = Pick<AdmissionParts, 'store' | 'streams' | 'writer' | 'gate' | 'registers' | 'catalogue' | 'vault' | 'pseudonyms' | 'clock'>;

/** An office of the operator; no agency may take its name. */
const OFFICE: Agency = { slug: DATA_MANAGER, name: 'Data manager', roles: [], districts: [], keys: [] };
const SOURCE = sourceOf(DATA_MANAGER);

interface Prepared {
  readonly tie: TieToConfirm;
  readonly event: CloudEvent;
  readonly eventId: string;
}

export class DataManager {
  readonly #parts: Parts;
  readonly #type: EventType;
  readonly #inFlight: MessagesInFlight = new Map();

  constructor(parts: Parts) {
    this.#parts = parts;
    this.#type = parts.catalogue.byShort('tie.confirmed');
  }

  /**
   * A receipt for each, in their order, once all are on disk; `schema` where the relationship or the agency does not exist, or the day is
   * to come. The learners must exist. Rejects with `EventStoreError` where nothing could be recorded.
   */
  async confirm(ties: readonly TieToConfirm[]): Promise<readonly Receipt[]> {
    const prepared = ties.map((tie) => this.#prepare(tie));
    const ids = [...new Set(prepared.map(({ eventId }) => eventId))];
    const seen = new MessagesSeen(this.#parts, this.#inFlight);
    const origin = correlation();
    const rounds = new Rounds();
    try {
      for (let attempt = 1; ;) {
        const { draft, receipts } = this.#judge(prepared, seen, origin);
        if (!draft.isComplete) {
          await rounds.load(draft.missing);
          continue;
        }
        seen.hold(ids);
        const positions = await this.#parts.writer.append(draft, { attempt });
        if (positions) return receipts.map((one) => placed(one, positions));
        seen.forget();
        attempt += 1;
      }
    } finally {
      seen.release();
    }
  }

  /** Must not wait. */
  #judge(
    prepared: readonly Prepared[],
    messages: MessagesSeen,
    origin: string,
  ): { readonly draft: Draft; readonly receipts: readonly UnplacedReceipt[] } {
    const { streams, gate, catalogue, vault, registers, clock, pseudonyms } = this.#parts;
    const at = clock.now();
    const session: Session = {
      draft: new Draft(),
      recordedHere: new Map(),
      agency: OFFICE,
      reachesSender: true,
      inForce: registers.inForce(londonDate(at)),
      at,
      mostInDay: Infinity,
      correlation: origin,
      messages,
      streams,
      gate,
      catalogue,
      names: vault,
      pseudonyms,
    };
    const { draft } = session;
    for (const { eventId, tie } of prepared) draft.lack([...messages.missing([eventId]), ...missingFile(streams, tie.learner, draft)]);
    if (!draft.isComplete) return { draft, receipts: [] };
    const here = new Set<string>();
    const receipts = prepared.map((one) =>
      receiptOf({ agency: DATA_MANAGER, pseudonyms }, { id: one.event.id, source: SOURCE }, this.#verdict(session, one, here)),
    );
    return { draft, receipts };
  }

  #verdict(session: Session, { tie, event, eventId }: Prepared, here: Set<string>): Verdict {
    const known = here.has(eventId) ? undefined : session.messages.find(eventId);
    if (known || here.has(eventId)) return { outcome: 'duplicate', eventId, ...(known && { position: known.recorded.position }) };
    const fault = this.#faultIn(event, session);
    if (fault !== undefined) return rejected({ code: 'schema', says: `${fault.pointer}: ${fault.says}` });
    const bytes = Buffer.from(JSON.stringify(event));
    const contributed = { judged: { event: { bytes }, evidence: undefined }, formed: { event, type: this.#type }, eventId };
    recordAboutLearner(session, tie.learner, contributed, { category: this.#type.categoryOf(event.data) });
    here.add(eventId);
    return { outcome: 'accepted', eventId };
  }

  /** As in an agency's event. */
  #faultIn(event: CloudEvent, { inForce, at }: Session): SchemaFault | undefined {
    const envelope = this.#parts.catalogue.parseEnvelope(event, at);
    if (!envelope.ok) return envelope.faults[0];
    const [fault] = this.#type.validate(event.data);
    return (
      fault ?? (inForce.agency(String(event.data['agency'])) ? undefined : { pointer: '/agency', says: 'No such agency is registered.' })
    );
  }

  /** The broker's own id of the learner is the data manager's: so no ULN is anybody's word but an agency's. */
  #prepare(tie: TieToConfirm): Prepared {
    const { agency, relationship, reason, day, learner } = tie;
    const data = { agency, ...(relationship === undefined ? {} : { relationship }), ...(reason === undefined ? {} : { reason }) };
    const id = `tie-${this.#parts.vault.blind('data-manager', JSON.stringify([day, learner, data]))}`;
    const event: CloudEvent = {
      specversion: '1.0',
      source: SOURCE,
      id,
      type: this.#type.name,
      subject: `local:${learner}`,
      time: `${day}T00:00:00Z`,
      datacontenttype: 'application/json',
      data,
    };
    return { tie, event, eventId: eventIdOf(this.#parts.vault, SOURCE, id) };
  }
}
