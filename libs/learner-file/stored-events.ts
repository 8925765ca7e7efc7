// How what is known of learners lies in the log: names of streams, in which nothing tells of a person, and the forms of events.
import type { AgencySlug, Instant, LearnerId, Revision } from '#kernel';
import { type RecordedEvent, Upcasts } from '#event-store';
import { decodePayload, type KeyName, type Keys, keysOf, type Vault, VaultError } from '#privacy';
import { openSealed, type Opens } from '#privacy/opening';
import { NOTICE_ISSUED, type NoticeIssued, type NoticeReason } from '#consent';
import type { PlainEvent } from '#unit-of-work';
import type { CloudEvent, Role } from '#catalogue';
import type { LinkingIdentifier, Notes } from '#contribution';

// Names of streams: nothing in them tells of a person (design of the log: docs/adr/0002).
export const learnerStream = (id: LearnerId): string => `learner-${id}`;
export const learnerOfStream = (stream: string): LearnerId | undefined =>
  stream.startsWith('learner-') ? stream.slice('learner-'.length) : undefined;

/** One for each ULN and each local id of an agency; `blind` is its keyed fingerprint. */
export const identifierStream = (blind: string): string => `identifier-${blind}`;

/** One for each combination of name, date of birth and postcode, or school. */
export const matchStream = (blind: string): string => `match-${blind}`;

/** Decisions about one learner, or about `NOBODY`. */
export const disclosureStream = (id: LearnerId): string => `disclosure-${id}`;

/** Undefined of other streams, and of the one for questions about nobody. */
export const learnerOfDisclosures = (stream: string): LearnerId | undefined => {
  const id = /^disclosure-(.+)$/.exec(stream)?.[1];
  return id === NOBODY ? undefined : id;
};

/** Questions about nobody whom the asker may know of. */
export const NOBODY = 'nobody';

/** What an agency says that is about no learner. */
export const planningStream = (agency: AgencySlug): string => `planning-${agency}`;
export const isPlanningStream = (stream: string): boolean => stream.startsWith('planning-');

export const LINK_ADVISERS = 'link-advisers';
export const DATA_QUALITY = 'data-quality';

// The broker's own events about learners' identities: names of persons are not in them, only the broker's random ids.

/**
 * An agency gave a ULN or a local id of its own to a learner; in the identifier's own stream. One event each time, whatever exists: how
 * many events a registration makes must not tell its sender whom others know.
 */
export const IDENTIFIER_LINKED = 'uk.concordat.identifier.linked.v1';
export interface IdentifierLinked {
  readonly learner: LearnerId;
  readonly agency: AgencySlug;
  /** Others who were registered with the number, for the data manager: one number, and not plainly one person (W7). */
  readonly beside?: readonly LearnerId[];
}

/**
 * A learner with this name, date of birth and postcode, or of this school, was registered; in the stream of that combination. One event
 * whether or not there are suspects: how many events a registration makes must not tell its sender whom others know.
 */
export const MATCH_KEY_SEEN = 'uk.concordat.match-key.seen.v1';
export interface MatchKeySeen {
  readonly learner: LearnerId;
  readonly hasUln: boolean;
  /** Others who may be the same person, for the data manager to decide: one of the two has no ULN. */
  readonly suspects: readonly LearnerId[];
}

/** A registration was rejected since its identifiers belong to two learners; in the stream `data-quality`. */
export const LINK_CONFLICT_FOUND = 'uk.concordat.link-conflict.found.v1';
export interface LinkConflictFound {
  readonly learners: readonly LearnerId[];
  readonly agency: AgencySlug;
  readonly identifier?: LinkingIdentifier; // of the agency's own; absent in what earlier releases found
}

/**
 * What names a learner by an identifier, or by name and date of birth, is sealed under a name of its own for the learner: a random one that
 * only the learner's file holds. Once the learner is erased nothing leads from a known ULN to what is left in the log (ADR 20).
 */
export const aliasKey = (alias: string): KeyName => ({ owner: `alias-${alias}`, category: 'identity' });

/** Undefined where the learner was erased. Throws `VaultError`. */
export const openAliased = <Value extends IdentifierLinked | MatchKeySeen>(event: RecordedEvent, keys: Opens): Value | undefined => {
  const { owner, category } = event.meta;
  const plain = owner === undefined || category === undefined ? undefined : openSealed(keys, { owner, category }, event, event.payload);
  return plain && readClear<Value>(plain);
};

export const clearPayload = (value: IdentifierLinked | MatchKeySeen | LinkConflictFound): Uint8Array => Buffer.from(JSON.stringify(value));

export const readClear = <Value>(payload: Uint8Array): Value =>
  JSON.parse(Buffer.from(payload.buffer, payload.byteOffset, payload.byteLength).toString()) as Value;

// How notices, and the answers to them, lie in the log: sealed under the learner's key for what is known of the learner's consents; of an
// erasure, which destroys that key, under one of their own (ADR 20).

const CATEGORY = 'consent';

/** Whose key seals what is told of erasures: it names nobody, and tells recipients nothing that they do not know. */
const OF_ERASURES = 'erasure-notices';

/** Whose key seals a notice, or the answer to it. */
export const noticeOwner = (stream: string, reason: NoticeReason): string => (reason === 'erasure' ? OF_ERASURES : stream);

export interface NoticeOrigin {
  readonly correlation: string;
  /** Id of the event of which the recipient is told. */
  readonly causation: string;
}

/** For the learner's stream. The notice's id is the event's: it is issued once, whoever tries again. */
export const noticeEvent = (stream: string, issued: NoticeIssued, { correlation, causation }: NoticeOrigin): PlainEvent => ({
  id: issued.noticeId,
  type: NOTICE_ISSUED,
  meta: { actor: 'broker', correlation, causation, schema: 1, owner: noticeOwner(stream, issued.reason), category: CATEGORY },
  content: { json: issued },
});

/** Undefined where it was erased. */
export const openNotice = (stored: RecordedEvent, keys: Opens): NoticeIssued | undefined => {
  const owner = stored.meta.owner === OF_ERASURES ? OF_ERASURES : stored.stream;
  const plain = openSealed(keys, { owner, category: CATEGORY }, stored, stored.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as NoticeIssued);
};

// How an event about a learner lies in the log: sealed, with the evidence of who signed it and what the broker judged then.

/** The broker's own note that an assessment was met with one that exists: nothing of the newcomer's content is kept. */
export const REPEAT_AVOIDED = 'uk.concordat.assessment.repeat-avoided.v1';

export interface ExistingAssessment {
  readonly assessmentId: string;
  readonly framework: string;
  readonly domain: string;
  readonly assessedOn: string;
  readonly validUntil: string;
}

/** Sealed beside the event's own bytes. */
export interface ContributionHeader {
  /** When the broker judged it, and the roles that its source held then. */
  readonly t: Instant;
  readonly roles: readonly Role[];
  /** What remains of the signature that covers it (docs/adr/0005). */
  readonly evidence?: unknown;
  /** What was noted on accepting it, such as the assessment beside which it stands apart. */
  readonly notes?: Notes;
  /** Of a repeat: what exists, and the SHA-256 of the newcomer's RFC 8785 form, to tell a duplicate from a conflict. */
  readonly existing?: ExistingAssessment;
  /** With `existing`: where that one is in the learner's stream. */
  readonly existingAt?: Revision;
  readonly digest?: string;
}

export interface OpenedContribution {
  readonly header: ContributionHeader;
  /** Undefined for the broker's own notes. */
  readonly event?: CloudEvent;
}

/** No event that agencies sent has changed its shape yet; what they signed stays as it is, and only what is read of it is led up. */
const upcasts = new Upcasts([]);

/** Opens an event of a learner's stream; undefined where it was erased, or is no sealed event. */
export const openContribution = (event: RecordedEvent, keys: Opens): OpenedContribution | undefined => {
  const { owner, category } = event.meta;
  if (owner === undefined || category === undefined) return undefined;
  const plain = openSealed(keys, { owner, category }, event, event.payload);
  if (!plain) return undefined;
  const { header, bytes } = decodePayload<ContributionHeader>(plain);
  if (bytes.byteLength === 0) return { header };
  return { header, event: upcasts.decode(event.type, event.meta.schema, bytes) as CloudEvent };
};

// An event as all who follow the log see it (ADR 0024): opened when one of them asks, once for all, and never under a recipient's key.

/** What was opened, and the vault's mark then: under a key that is no more it must not be given from memory. */
interface Opened<Content> {
  readonly mark: number;
  readonly content: Content | undefined;
}

export class FollowedEvent {
  readonly recorded: RecordedEvent;
  readonly #marks: Pick<Vault, 'erasureMark'>;
  #keys: Keys | undefined;
  #contribution: Opened<OpenedContribution> | undefined;
  #content: Opened<unknown> | undefined;

  constructor(recorded: RecordedEvent, marks: Pick<Vault, 'erasureMark'>) {
    this.recorded = recorded;
    this.#marks = marks;
  }

  /** With these it is opened from now on. */
  take(keys: Keys): void {
    this.#keys = keys;
  }

  /** An event of a learner's stream; undefined where it was erased. Throws `VaultError`, also where nobody loaded its keys. */
  open(): OpenedContribution | undefined {
    const mark = this.#marks.erasureMark();
    if (this.#contribution?.mark !== mark)
      this.#contribution = { mark, content: this.#isSealed ? openContribution(this.recorded, this.#loaded()) : undefined };
    return this.#contribution.content;
  }

  /** The payload of an event of the broker's own, sealed or clear; undefined where it was erased. Throws `VaultError` likewise. */
  content<Content>(): Content | undefined {
    const mark = this.#marks.erasureMark();
    if (this.#content?.mark !== mark) this.#content = { mark, content: parsed(this.#plain()) };
    return this.#content.content as Content | undefined;
  }

  get #isSealed(): boolean {
    return this.recorded.meta.owner !== undefined;
  }

  #plain(): Uint8Array | undefined {
    const {
      payload,
      meta: { owner = '', category = '' },
    } = this.recorded;
    return this.#isSealed ? openSealed(this.#loaded(), { owner, category }, this.recorded, payload) : payload;
  }

  #loaded(): Keys {
    if (!this.#keys) throw new VaultError('not-loaded', 'Nobody loaded the keys of this event: say of its consumer that it opens such.');
    return this.#keys;
  }
}

const parsed = (plain: Uint8Array | undefined): unknown =>
  plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as unknown);

/** As whoever makes a tail gives events out: nothing is opened yet, and keys are loaded of what a consumer says that it opens. */
export const followedWith = (
  vault: Pick<Vault, 'erasureMark' | 'load'>,
): {
  readonly decode: (recorded: RecordedEvent) => FollowedEvent;
  readonly prepare: (events: readonly FollowedEvent[]) => Promise<void>;
} => ({
  decode: (recorded) => new FollowedEvent(recorded, vault),
  prepare: async (events) => {
    const keys = await keysOf(
      vault,
      events.map(({ recorded }) => recorded),
    );
    for (const event of events) event.take(keys);
  },
});
