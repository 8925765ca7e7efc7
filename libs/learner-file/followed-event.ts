// An event as all who follow the log see it (ADR 0024): opened when one of them asks, once for all, and never under a recipient's key.
import type { RecordedEvent } from '#event-store';
import type { Vault } from '#privacy';
import { openSealed } from '#privacy/opening';
import { type OpenedContribution, openContribution } from './stored-contribution.ts';

/** What was opened, and the vault's mark then: under a key that is no more it must not be given from memory. */
interface Opened<Content> {
  readonly mark: number;
  readonly content: Content | undefined;
}

export class FollowedEvent {
  readonly recorded: RecordedEvent;
  readonly #vault: Vault;
  #contribution: Opened<OpenedContribution> | undefined;
  #content: Opened<unknown> | undefined;

  constructor(recorded: RecordedEvent, vault: Vault) {
    this.recorded = recorded;
    this.#vault = vault;
  }

  /** An event of a learner's stream; undefined where it was erased. Throws `VaultError`. */
  open(): OpenedContribution | undefined {
    const mark = this.#vault.erasureMark();
    if (this.#contribution?.mark !== mark) this.#contribution = { mark, content: openContribution(this.recorded, this.#vault) };
    return this.#contribution.content;
  }

  /** The payload of an event of the broker's own, sealed or clear; undefined where it was erased. Throws `VaultError`. */
  content<Content>(): Content | undefined {
    const mark = this.#vault.erasureMark();
    if (this.#content?.mark !== mark) this.#content = { mark, content: parsed(this.#plain()) };
    return this.#content.content as Content | undefined;
  }

  #plain(): Uint8Array | undefined {
    const { payload, meta } = this.recorded;
    if (meta.owner === undefined || meta.category === undefined) return payload;
    return openSealed(this.#vault, { owner: meta.owner, category: meta.category }, this.recorded, payload);
  }
}

const parsed = (plain: Uint8Array | undefined): unknown =>
  plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as unknown);

/** As whoever makes a tail gives it out; nothing is opened yet. */
export const followedWith =
  (vault: Vault) =>
  (recorded: RecordedEvent): FollowedEvent =>
    new FollowedEvent(recorded, vault);
