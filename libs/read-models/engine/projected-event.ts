// An event as projectors see it: opened when one of them asks, once for all of them, and never under a recipient's key.
import type { RecordedEvent } from '#event-store';
import { type OpenedContribution, openContribution } from '#learner-file';
import type { Vault } from '#privacy';

export class ProjectedEvent {
  readonly recorded: RecordedEvent;
  readonly #vault: Vault;
  #contribution: { readonly opened: OpenedContribution | undefined } | undefined;
  #content: { readonly opened: unknown } | undefined;

  constructor(recorded: RecordedEvent, vault: Vault) {
    this.recorded = recorded;
    this.#vault = vault;
  }

  /** An event of a learner's stream; undefined where it was erased. Throws `VaultError`. */
  open(): OpenedContribution | undefined {
    this.#contribution ??= { opened: openContribution(this.recorded, this.#vault) };
    return this.#contribution.opened;
  }

  /** The payload of an event of the broker's own, sealed or clear; undefined where it was erased. Throws `VaultError`. */
  content<Content>(): Content | undefined {
    this.#content ??= { opened: parsed(this.#plain()) };
    return this.#content.opened as Content | undefined;
  }

  #plain(): Uint8Array | undefined {
    const { payload, meta } = this.recorded;
    if (meta.owner === undefined || meta.category === undefined) return payload;
    return this.#vault.open({ owner: meta.owner, category: meta.category }, this.recorded, payload);
  }
}

const parsed = (plain: Uint8Array | undefined): unknown =>
  plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as unknown);
