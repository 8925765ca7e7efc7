// How the log keeps a look at what the broker keeps beside the learners' records: in the asker's stream, or, about one learner, in that
// learner's disclosure stream under the learner's own key (ADR 26).
import type { RecordedEvent } from '#event-store';
import type { Instant, LearnerId, Revision } from '#kernel';
import { disclosureStream } from '#learner-file';
import type { PlainEvent } from '#unit-of-work';
import type { KeyName } from '#privacy';
import { openSealed, type Opens } from '#privacy/opening';
import { DISCLOSURE_CATEGORY } from '../disclosure-log.ts';
import type { Versioned } from '../moment.ts';
import type { LookGround, LookName } from './look-grounds.ts';

export const LOOK_DECIDED = 'uk.concordat.look.decided.v1';

export interface LookDecided extends Versioned {
  /** An agency, or an office as `operator:operator`. */
  readonly recipient: string;
  readonly staff?: string;
  /** A learner asked, and not about the own record. */
  readonly another?: true;
  readonly asked: LookName;
  /** Whatever else was asked, such as which entry; plain data. */
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly at: Instant;
  /** About one learner: the revision of the learner's stream as it stood. */
  readonly learner?: Revision;
  readonly outcome: 'answered' | 'not-permitted';
  /** Absent where it was refused. */
  readonly ground?: LookGround;
}

export const looksOf = (recipient: string): string => `disclosures-of-${recipient}`;

export const lookStream = (recipient: string, about: LearnerId | undefined): string =>
  about === undefined ? looksOf(recipient) : disclosureStream(about);

const keyAbout = (about: LearnerId | undefined): KeyName => ({
  owner: about === undefined ? 'broker' : `learner-${about}`,
  category: DISCLOSURE_CATEGORY,
});

interface Origin {
  readonly id: string;
  readonly correlation: string;
  readonly about: LearnerId | undefined;
}

export const lookEvent = ({ id, correlation, about }: Origin, look: LookDecided): PlainEvent => ({
  id,
  type: LOOK_DECIDED,
  meta: { actor: look.recipient, correlation, schema: 1, ...keyAbout(about) },
  content: { json: look },
});

/** Undefined where the learner was erased. Throws `VaultError`. */
export const openLook = (event: RecordedEvent, keys: Opens): LookDecided | undefined => {
  const { owner = '', category = '' } = event.meta;
  const plain = openSealed(keys, { owner, category }, event, event.payload);
  return plain && (JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as LookDecided);
};
