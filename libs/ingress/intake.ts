// The way in for every channel: verify the message, judge its events, keep what cannot be attributed to anybody.
import type { onRequestHookHandler } from 'fastify';
import { randomUUID } from 'node:crypto';
import { Problem, type RateLimits, shareOf, unavailable } from '#http';
import type { Admission, Receipt, VerifiedMessage } from '#admission';
import type { Agency, AgencyRegister } from '#agencies';
import { type AgencySlug, type Clock, err, type LearnerId, ok, type Result } from '#kernel';
import { decodePayload, type Evidence, evidenceOf } from '#privacy';
import type { Quarantine, Quarantined, QuarantineEntry } from '#quarantine';
import { AccessService, type AssertionFault, type Granted } from '#access';
import { Command } from '#bus';
import { handling } from '#bus/nest';
import { type JwsFault, jwsFault, type JwsFaultCode, kidIn, type MessageVerifier, sourcesOwnedBy, VerifyPoolError } from './jws/index.ts';

// A message is of one content type; another is refused before its body is read, so that no parser calls it malformed.

const MESSAGE = /^application\/jose\s*(?:;|$)/i;

export const wrongContentType = (): Problem =>
  new Problem(415, 'unsupported-media-type', 'Send one JWS in compact form, with content-type application/jose.');

export const takeMessagesOnly: onRequestHookHandler = ({ method, routeOptions, headers }, _reply, done) => {
  const refused = method === 'POST' && routeOptions.url === '/v1/events' && !MESSAGE.test(headers['content-type'] ?? '');
  done(refused ? wrongContentType() : undefined);
};

// Who sent a message, and which events: the same on every channel.

export interface AttributionParts {
  readonly verifier: MessageVerifier;
  readonly agencies: Pick<AgencyRegister, 'bySlug'>;
}

/** Rejects with `VerifyPoolError` where the signature could not be checked. */
export const attribute = async (
  { verifier, agencies }: AttributionParts,
  raw: Uint8Array,
  from: Pick<VerifiedMessage, 'channel' | 'origin'>,
): Promise<Result<VerifiedMessage, JwsFault>> => {
  const verified = await verifier.verify(raw);
  if (!verified.ok) return verified;
  const { agency: slug, events } = verified.value;
  const foreign = sourcesOwnedBy(slug, events);
  if (foreign) return err(foreign);
  const agency = agencies.bySlug(slug);
  if (!agency) return err(jwsFault('unknown-key'));
  const evidence = evidenceOf(verified.value, randomUUID());
  return ok({
    agency,
    kid: verified.value.header.kid,
    ...from,
    events: events.map((event, index) => ({ ...event, evidence: evidence[index] })),
  });
};

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
  /** Whose own token came along, with what a learner's page says. */
  readonly signedIn?: LearnerId | undefined;
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
  async receive(raw: Uint8Array, channel: string, { reader, signedIn, sender }: ReceivedFrom = {}): Promise<readonly Receipt[]> {
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
      const { slug } = message.value.agency;
      if (channel === 'http') this.#parts.limits.take(signedIn === undefined ? slug : shareOf({ learner: signedIn }));
      return await this.#admit({ ...message.value, reachesSender: slug === reader, ...signedInOn(message.value.agency, signedIn) });
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

/** Throws `Problem`: 403 where a learner's token comes with the words of anybody but a learner's page. */
const signedInOn = ({ roles }: Agency, signedIn: LearnerId | undefined): Pick<VerifiedMessage, 'signedIn'> => {
  if (signedIn === undefined) return {};
  if (roles.includes('self-service')) return { signedIn };
  throw new Problem(
    403,
    'not-an-agency',
    "A learner's token comes with what the learner's page says alone: send one that names your agency.",
  );
};

/** A fault of ours, or one that passes, is none. */
const isRefusal = (cause: unknown): cause is Problem => cause instanceof Problem && cause.status < 500;

// What comes in, as commands.

/** One signed message as it came over a channel. */
export interface ReceivedMessage extends ReceivedFrom {
  readonly raw: Uint8Array;
  readonly channel: string;
}

export class AdmitMessage extends Command<ReceivedMessage, readonly Receipt[]> {}

/** An entry of the quarantine is judged as things stand now. */
export class RetryQuarantined extends Command<QuarantineEntry, readonly Receipt[]> {}

export interface TokenAsked {
  /** A JWT (RFC 7523), good for one token. */
  readonly assertion: string;
  /** The `client_id` sent along, if any. */
  readonly client?: string | undefined;
}

export class GrantToken extends Command<TokenAsked, Result<Granted, AssertionFault>> {}

export const ingressHandlers = [
  handling(AdmitMessage, Intake, (intake, { raw, channel, ...from }) => intake.receive(raw, channel, from)),
  handling(RetryQuarantined, Intake, (intake, entry) => intake.retry(entry)),
  handling(GrantToken, AccessService, (access, { assertion, client }) => access.tokenFor(assertion, client)),
];
