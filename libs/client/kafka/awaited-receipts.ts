// Waits for the receipts of messages that were sent: by the place of each message, and by the ids of its events.
import type { Receipt } from '../receipt.ts';
import type { SentMessage } from './outbox.ts';
import type { ReceiptMessage } from './receipt-message.ts';

/** The receipts of several messages, as they come in. */
export class AwaitedReceipts {
  readonly #receipts = new Map<string, Receipt>();
  readonly #open: Map<string, SentMessage>;

  constructor(sent: readonly SentMessage[]) {
    this.#open = new Map(sent.map((message) => [originOf(message), message]));
  }

  get complete(): boolean {
    return this.#open.size === 0;
  }

  /** How many messages are without a receipt as yet. */
  get missing(): number {
    return this.#open.size;
  }

  /** What is about other messages is passed over, as is what does not fit: the place itself is not signed. */
  take({ origin, receipts }: ReceiptMessage): void {
    const message = origin === undefined ? undefined : this.#open.get(origin);
    if (origin === undefined || !message || !fits(message, receipts)) return;
    this.#open.delete(origin);
    message.events.forEach(({ id }, place) => {
      const receipt = receipts[place];
      if (receipt) this.#receipts.set(id, receipt);
    });
  }

  of(id: string): Receipt | undefined {
    return this.#receipts.get(id);
  }
}

const originOf = ({ partition, offset }: SentMessage): string => `${partition}/${offset}`;

const fits = ({ events }: SentMessage, receipts: readonly Receipt[]): boolean =>
  receipts.length === events.length && receipts.every(({ id }, place) => id === null || id === events[place]?.id);
