// An event as it was sent, read as far as the checks before have let it pass.
import type { Agency } from '#agencies';
import type { Catalogue, CloudEvent, EnvelopeResult, EventType } from '#catalogue';
import type { InForce } from '#disclosure';
import type { Instant } from '#kernel';

export interface EventToJudge {
  /** The exact JSON text of the event, as signed. */
  readonly bytes: Uint8Array;
  readonly value: unknown;
}

/** What its form is judged by. */
export interface Formalities {
  readonly agency: Agency;
  /** Thumbprint of the key that signed; absent where nobody did. */
  readonly kid?: string | undefined;
  readonly catalogue: Catalogue;
  readonly inForce: InForce;
  readonly at: Instant;
}

export class EventForm {
  readonly event: EventToJudge;
  readonly formalities: Formalities;
  #parsed: EnvelopeResult | undefined;

  constructor(event: EventToJudge, formalities: Formalities) {
    this.event = event;
    this.formalities = formalities;
  }

  parse(): EnvelopeResult {
    const { catalogue, at } = this.formalities;
    return (this.#parsed ??= catalogue.parseEnvelope(this.event.value, at));
  }

  /** Of one that was parsed; undefined where it was not, or could not be. */
  get envelope(): CloudEvent | undefined {
    return this.#parsed?.ok ? this.#parsed.event : undefined;
  }

  /** Undefined where the catalogue has no such type. */
  get type(): EventType | undefined {
    return this.envelope && this.formalities.catalogue.type(this.envelope.type);
  }

  /** Of an event that the checks of its type let pass. */
  get typed(): { readonly event: CloudEvent; readonly type: EventType } {
    const { envelope: event, type } = this;
    if (!event || !type) throw new Error('This check comes before those of envelope and type.');
    return { event, type };
  }
}
