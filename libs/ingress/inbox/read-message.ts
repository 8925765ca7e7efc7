// One message as it came, attributed to its sender, or found to be poison: that goes to quarantine, and the partition moves on.
import type { VerifiedMessage } from '#admission';
import type { AgencyRegister } from '#agencies';
import type { Clock } from '#kernel';
import type { Quarantined } from '#quarantine';
import { attribute } from '../intake.ts';
import type { MessageVerifier } from '../jws/index.ts';
import { type InboxMessage, type OpenPartition, partitionName } from './message-source.ts';

/** Why messages are poison on this channel alone; `MESSAGE_FAULTS` says the other reasons. */
export const INBOX_FAULTS = {
  empty: 'A message has a value, the JWS: an empty one deletes nothing and says nothing.',
  'wrong-topic': 'An agency sends into its own topic: the signature is of another than the one that this topic belongs to.',
  'deleted-unread':
    'Records were deleted from the topic before they were read, by its retention or by somebody: send again what got no receipt.',
  internal: 'The broker failed at this message again and again: report it, and judge it again with a release that mends this.',
} as const;

export type InboxFaultCode = keyof typeof INBOX_FAULTS;

export interface ReadMessage extends InboxMessage {
  /** Who sent what; absent: nobody can be held to it. */
  readonly verified?: VerifiedMessage;
  readonly poison?: Quarantined;
}

export interface MessageReaderParts {
  readonly verifier: MessageVerifier;
  readonly agencies: Pick<AgencyRegister, 'bySlug'>;
  readonly clock: Clock;
  /** As in receipts, figures and the quarantine. */
  readonly channel: string;
}

type Origin = OpenPartition;

export class MessageReader {
  readonly #parts: MessageReaderParts;

  constructor(parts: MessageReaderParts) {
    this.#parts = parts;
  }

  get channel(): string {
    return this.#parts.channel;
  }

  /** Rejects with `VerifyPoolError` where the signature could not be checked. */
  async read(from: Origin, message: InboxMessage): Promise<ReadMessage> {
    const { channel } = this.#parts;
    const origin = originOf(channel, from, message);
    if (message.aside) return { ...message, poison: this.#quarantined(from, message, message.aside) };
    if (!message.value || message.value.byteLength === 0) return this.poisoned(from, message, 'empty');
    const verified = await attribute(this.#parts, message.value, { channel, origin });
    if (!verified.ok) return { ...message, poison: this.#quarantined(from, message, verified.error) };
    if (verified.value.agency.slug !== from.agency) return this.poisoned(from, message, 'wrong-topic');
    return { ...message, verified: { ...verified.value, reachesSender: true } };
  }

  poisoned(from: Origin, message: InboxMessage, code: InboxFaultCode): ReadMessage {
    const { offset, key, value } = message;
    return { offset, key, value, poison: this.#quarantined(from, message, { code, says: INBOX_FAULTS[code] }) };
  }

  #quarantined(from: Origin, message: InboxMessage, { code, says }: { readonly code: string; readonly says: string }): Quarantined {
    const { channel, clock } = this.#parts;
    const content = message.value ?? new Uint8Array();
    return {
      kind: 'message',
      channel,
      code,
      says,
      sender: `${channel}:${from.topic}`,
      receivedAt: clock.now(),
      origin: originOf(channel, from, message),
      content,
    };
  }
}

/** With the topic's id: what is kept of a topic does not stand for what comes at the same offset of another of its name. */
const originOf = (channel: string, from: Origin, { offset }: InboxMessage): string =>
  `${channel}:${partitionName(from)}/${offset}${from.topicId === undefined ? '' : `@${from.topicId}`}`;
