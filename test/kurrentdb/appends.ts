// What becomes of a write: the faults ordered for it first, then the rules.
import type { Faults, Node, Ordered, Refusal } from './faults.ts';
import type { Write, Writer, Written } from './writer.ts';

export type Answer = Written | { readonly kind: Refusal | 'timed-out' };

const UNANSWERED = { kind: 'abandoned' } as const;

export class Appends {
  readonly #writer: Writer;
  readonly #faults: Faults;
  readonly #node: Node;

  constructor(writer: Writer, faults: Faults, node: Node) {
    this.#writer = writer;
    this.#faults = faults;
    this.#node = node;
  }

  async submit(write: Write): Promise<Answer> {
    const order = await this.#faults.order();
    switch (order) {
      case 'store':
        return this.#writer.write(write);
      case 'not-leader':
      case 'not-ready':
      case 'access-denied':
        return { kind: order };
      case 'die':
        await this.#node.goDown();
        return UNANSWERED;
      default:
        return this.#lose(write, order);
    }
  }

  async #lose(write: Write, order: Exclude<Ordered, 'store' | 'die' | Refusal>): Promise<Answer> {
    if (order.startsWith('store')) await this.#writer.write(write);
    if (order.endsWith('timing-out')) return { kind: 'timed-out' };
    this.#node.disconnect();
    return UNANSWERED;
  }
}
