// The way in for every channel: verify the message, judge its events, keep what cannot be attributed to anybody.
import type { Admission, Receipt, VerifiedMessage } from '#admission';
import type { Agency, AgencyRegister } from '#agencies';
import { Problem, type RateLimits, unavailable } from '#http';
import { type AgencySlug, type Clock, err, ok, type Result } from '#kernel';
import { decodePayload, type Evidence } from '#privacy';
import type { Quarantine, Quarantined, QuarantineEntry } from '#quarantine';
import { attribute } from './attribution.ts';
import { type JwsFault, type JwsFaultCode, jwsFault, kidIn, type MessageVerifier, VerifyPoolError } from './jws/index.ts';

/** Told what became of each message, for figures alone. Nothing that it gets may be kept but codes and slugs. */
export interface IntakeObserver {
  judged(agency: AgencySlug, channel: string, receipts: readonly Receipt[]): void;
  refused(code: string, channel: string): void;
}

export interface IntakeParts {
  readonly verifier: MessageVerifier;
  readonly admission: Admission;
  readonly agencies: AgencyRegister;
  readonly quarantine: Quarantine;
  readonly clock: Clock;
  /** Messages judged at once; more are told to come again. */
  readonly maxInFlight: number;
  /** By the agency whose key signed, of what came over HTTP. */
  readonly limits: Pick<RateLimits, 'take'>;
  readonly observer?: IntakeObserver;
}

/** What is known of a message beside its bytes. */
export interface ReceivedFrom {
  /** The agency that the receipts go to, where its token came along. */
  readonly reader?: AgencySlug | undefined;
  /** The network that it came from: what of it nobody can be held to takes the allowance of that. */
  readonly sender?: string;
}

export class Intake {
  readonly #parts: IntakeParts;
  #inFlight = 0;

  constructor(parts: IntakeParts) {
    this.#parts = parts;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /**
   * Receipts for the events of one message in JWS compact form, in order. Rejects with a `Problem` where the message cannot be
   * attributed or is not well formed: it is then in quarantine, as far as its sender's allowance goes.
   */
  async receive(raw: Uint8Array, channel: string, { reader, sender }: ReceivedFrom = {}): Promise<readonly Receipt[]> {
    if (this.#inFlight >= this.#parts.maxInFlight) {
      this.#parts.observer?.refused('busy', channel);
      throw new Problem(503, 'busy', 'Too many messages are being judged. Nothing was recorded: send the same again in a moment.', {
        headers: { 'retry-after': '1' },
      });
    }
    this.#inFlight++;
    try {
      const message = await this.#attribute(raw, channel);
      if (!message.ok) throw await this.#keep(raw, { channel, ...(sender === undefined ? {} : { sender }) }, message.error);
      if (channel === 'http') this.#parts.limits.take(message.value.agency.slug);
      return await this.#admit({ ...message.value, reachesSender: message.value.agency.slug === reader });
    } finally {
      this.#inFlight--;
    }
  }

  async #attribute(raw: Uint8Array, channel: string): Promise<Result<VerifiedMessage, JwsFault>> {
    return attribute(this.#parts, raw, { channel }).catch((cause: unknown) => {
      throw cause instanceof VerifyPoolError ? unavailable(cause) : cause;
    });
  }

  async #admit(message: VerifiedMessage): Promise<readonly Receipt[]> {
    const receipts = await this.#parts.admission.admit(message);
    this.#parts.observer?.judged(message.agency.slug, message.channel, receipts);
    return receipts;
  }

  async #keep(raw: Uint8Array, from: Pick<Quarantined, 'channel' | 'sender'>, fault: JwsFault): Promise<Problem<JwsFaultCode>> {
    if (from.channel !== 'retry') {
      await this.#parts.quarantine.add({
        kind: 'message',
        ...from,
        code: fault.code,
        says: fault.says,
        receivedAt: this.#parts.clock.now(),
        content: raw,
      });
    }
    this.#parts.observer?.refused(fault.code, from.channel);
    return new Problem<JwsFaultCode>(fault.status, fault.code, fault.says);
  }

  /** Judges a quarantined item again, as things stand now, and settles the entry by what it comes to. Rejects as `receive` does. */
  async retry(entry: QuarantineEntry): Promise<readonly Receipt[]> {
    try {
      return await this.#retried(entry);
    } catch (cause) {
      if (isRefusal(cause)) await this.#parts.quarantine.settle(entry.id, entry.state, cause.code);
      throw cause;
    }
  }

  async #retried(entry: QuarantineEntry): Promise<readonly Receipt[]> {
    if (entry.cut) throw new Problem(410, 'not-kept', 'Only the beginning of this message was kept: its sender has to send it again.');
    const content = await this.#parts.quarantine.content(entry.id);
    if (!content) throw new Problem(410, 'erased', 'The content of this entry was erased.');
    const receipts = await (entry.kind === 'message' ? this.receive(content, 'retry') : this.#retryEvent(entry, content));
    const outcome = receipts.map((receipt) => receipt.problem?.code ?? receipt.outcome).join(', ');
    const settled = receipts.every((receipt) => receipt.outcome !== 'rejected' && receipt.outcome !== 'conflict');
    await this.#parts.quarantine.settle(entry.id, settled ? 'resolved' : 'waiting', outcome);
    return receipts;
  }

  async #retryEvent(entry: QuarantineEntry, content: Uint8Array): Promise<readonly Receipt[]> {
    const { header, bytes } = decodePayload<{ readonly evidence: Evidence }>(content);
    const kid = kidIn(header.evidence.protected) ?? '';
    const agency = this.#signerNow(entry, kid);
    if (!agency.ok) throw new Problem<JwsFaultCode>(agency.error.status, agency.error.code, agency.error.says);
    return this.#admit({
      agency: agency.value,
      kid,
      channel: 'retry',
      events: [{ bytes, value: JSON.parse(Buffer.from(bytes).toString()) as unknown, evidence: header.evidence }],
    });
  }

  /** The signature was checked when the event came; whether its key still speaks for the agency is asked now, as of any message. */
  #signerNow({ agency: slug = '' }: QuarantineEntry, kid: string): Result<Agency, JwsFault> {
    const { agencies, clock } = this.#parts;
    if (!agencies.bySlug(slug)) throw new Problem(409, 'unknown-agency', 'The agency of this entry is no longer registered.');
    const signer = agencies.signingKey(kid, clock.now())?.agency;
    return signer?.slug === slug ? ok(signer) : err(jwsFault('unknown-key'));
  }
}

/** A fault of ours, or one that passes, is none. */
const isRefusal = (cause: unknown): cause is Problem => cause instanceof Problem && cause.status < 500;
