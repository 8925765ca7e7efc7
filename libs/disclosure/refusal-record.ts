// How the log keeps a question about nobody whom the asker may know: by a blind name of the reference, with where the log was looked at for
// it, sealed under a key of the broker's. Decided again there, nobody is found again.
import type { RecordedEvent } from '#event-store';
import type { Instant, LearnerId, Revision } from '#kernel';
import { disclosureStream, learnerStream, NOBODY } from '#learner-file';
import type { KeyName } from '#privacy';
import { openSealed, type Opens } from '#privacy/opening';
import type { PlainEvent } from '#unit-of-work';
import { DISCLOSURE_CATEGORY } from './disclosure-log.ts';
import type { GateParts } from './gate-parts.ts';
import { type Moment, type Versioned, versionsAt } from './moment.ts';
import { isPost, type Reader } from './in-force.ts';

export const DISCLOSURE_REFUSED = 'uk.concordat.disclosure.refused.v1';

export interface DisclosureRefused extends Versioned {
  /** An agency, or an office as `operator:dpo-partnership`. */
  readonly recipient: string;
  readonly staff?: string;
  /** A blind name of who asked for whom. */
  readonly ref: string;
  readonly purposes: readonly string[];
  readonly reason?: string;
  /** A question about a learner by its name, or a document by its own. */
  readonly asked: string;
  readonly at: Instant;
  /** Where whoever was asked for would stand, and how far that was written (-1: not at all). Absent: no such reference can name anybody. */
  readonly looked?: { readonly stream: string; readonly revision: Revision };
}

const KEY: KeyName = { owner: 'broker', category: DISCLOSURE_CATEGORY };

interface Origin {
  readonly id: string;
  readonly correlation: string;
  readonly actor: string;
}

export const refusalEvent = ({ id, correlation, actor }: Origin, refused: DisclosureRefused): PlainEvent => ({
  id,
  type: DISCLOSURE_REFUSED,
  meta: { actor, correlation, schema: 1, ...KEY },
  content: { json: refused },
});

/** Throws `VaultError`, and where the broker's own key is gone: it is never destroyed. */
export const openRefusal = (event: RecordedEvent, keys: Opens): DisclosureRefused => {
  const plain = openSealed(keys, KEY, event, event.payload);
  if (plain === undefined) throw new Error('The key of recorded refusals is gone: restore keys and log from backups of one moment.');
  return JSON.parse(Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength).toString()) as DisclosureRefused;
};

type Refused = Omit<DisclosureRefused, keyof Versioned | 'at' | 'looked'>;

export interface RefusalToRecord {
  readonly refused: Refused;
  /** Absent: the asker is nobody whom anything may be shown. */
  readonly reader: Reader | undefined;
  /** Whom the reference would name, if there were such a learner. */
  readonly meant: LearnerId | undefined;
}

export const recordRefusal = (
  { streams, vault }: Pick<GateParts, 'streams' | 'vault'>,
  moment: Moment & { readonly id: string },
  { refused, reader, meant }: RefusalToRecord,
): void => {
  const { draft, at, correlation, id } = moment;
  const { recipient, ref } = refused;
  const looked = reader && lookedAt(streams, moment, { reader, ref, meant });
  const content = {
    ...refused,
    ref: vault.blind('ref', `${recipient}\n${ref}`),
    at,
    ...versionsAt({ streams }, moment),
    ...(looked === undefined ? {} : { looked }),
  };
  const origin = { id, correlation, actor: reader?.slug ?? 'broker' };
  draft.add(streams.heads, disclosureStream(NOBODY), refusalEvent(origin, content), () => null);
};

interface Asked extends Pick<RefusalToRecord, 'meant'> {
  readonly reader: Reader;
  readonly ref: string;
}

/** Whoever comes to stand there meanwhile has the question decided anew. */
const lookedAt = (streams: GateParts['streams'], { draft }: Moment, { reader, ref, meant }: Asked): DisclosureRefused['looked'] => {
  if (meant !== undefined) {
    const stream = learnerStream(meant);
    draft.require(streams.files, stream);
    return { stream, revision: draft.get(streams.files, stream).revision };
  }
  const stream = isPost(reader) ? undefined : streams.identifierStreamOf(reader.slug, ref);
  if (stream === undefined) return undefined;
  draft.require(streams.identifiers, stream);
  return { stream, revision: draft.get(streams.identifiers, stream).revision };
};
