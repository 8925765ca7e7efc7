// The streams that decisions look at, in memory: learners' files, identifiers, possible matches, link advisers, and how far others are.
import type { Catalogue } from '#catalogue';
import type { EventStore, RecordedEvent } from '#event-store';
import type { AgencySlug, LearnerId } from '#kernel';
import type { LinkAdviserSources } from '#learners';
import type { Vault } from '#privacy';
import type { Draft } from './draft.ts';
import { emptyFile, foldStored, type LearnerFile } from './learner-file.ts';
import { IDENTIFIER_LINKED, type IdentifierLinked, MATCH_KEY_SEEN, type MatchKeySeen, readClear } from './own-events.ts';
import { openContribution } from './stored-contribution.ts';
import { StreamCache } from './stream-cache.ts';
import { identifierStream } from './stream-names.ts';

export interface StreamParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly catalogue: Catalogue;
  /** How many learners' files are held; the other caches follow from it. */
  readonly learners: number;
}

/** To be blinded: an identifier as its own agency, or everybody for a ULN, knows it. */
export type Identifier = { readonly uln: string } | { readonly agency: AgencySlug; readonly localId: string };

export class LearnerStreams {
  readonly files: StreamCache<LearnerFile>;
  readonly identifiers: StreamCache<LearnerId | undefined>;
  readonly matches: StreamCache<readonly MatchKeySeen[]>;
  readonly linkAdvisers: StreamCache<LinkAdviserSources>;
  /** Streams to which is only ever added. */
  readonly heads: StreamCache<null>;
  readonly #vault: Vault;

  constructor({ store, vault, catalogue, learners }: StreamParts) {
    this.#vault = vault;
    this.files = new StreamCache(store, learners, { initial: emptyFile, evolve: foldStored(vault, catalogue) });
    this.identifiers = new StreamCache(store, 4 * learners, { initial: () => undefined, evolve: linkedLearner });
    this.matches = new StreamCache<readonly MatchKeySeen[]>(store, learners, { initial: () => [], evolve: seenToo });
    this.linkAdvisers = new StreamCache<LinkAdviserSources>(store, 1, { initial: () => new Map(), evolve: linkAdviser(vault) });
    this.heads = new StreamCache<null>(store, 2 * learners, { initial: () => null, evolve: () => null, lastOnly: true });
  }

  streamOf(identifier: Identifier): string {
    const [kind, value] = 'uln' in identifier ? ['uln', identifier.uln] : ['local', `${identifier.agency}\n${identifier.localId}`];
    return identifierStream(this.#vault.blind(kind, value));
  }

  /** Whom a subject such as `uln:…` or `local:…` names, as this agency uses it. Throws `NotLoaded`. */
  resolve(draft: Draft, agency: AgencySlug, subject: string): LearnerId | undefined {
    const identifier = identifierOf(agency, subject);
    return identifier && draft.get(this.identifiers, this.streamOf(identifier)).state;
  }

  /** Another process appended this: what is held of the stream is stale. */
  outdate({ stream, revision }: RecordedEvent): void {
    for (const cache of [this.files, this.identifiers, this.matches, this.linkAdvisers, this.heads]) cache.outdate(stream, revision);
  }
}

export const identifierOf = (agency: AgencySlug, subject: string): Identifier | undefined => {
  if (subject.startsWith('uln:')) return { uln: subject.slice(4) };
  return subject.startsWith('local:') ? { agency, localId: subject.slice(6) } : undefined;
};

const linkedLearner = (held: LearnerId | undefined, { type, payload }: RecordedEvent): LearnerId | undefined =>
  type === IDENTIFIER_LINKED ? readClear<IdentifierLinked>(payload).learner : held;

const seenToo = (seen: readonly MatchKeySeen[], { type, payload }: RecordedEvent): readonly MatchKeySeen[] =>
  type === MATCH_KEY_SEEN ? [...seen, readClear<MatchKeySeen>(payload)] : seen;

export const assigned = (sources: LinkAdviserSources, provider: unknown, source: AgencySlug): LinkAdviserSources =>
  typeof provider === 'string' ? new Map([...sources, [provider, source]]) : sources;

const linkAdviser =
  (vault: Vault) =>
  (sources: LinkAdviserSources, stored: RecordedEvent): LinkAdviserSources =>
    assigned(sources, openContribution(stored, vault)?.event?.data['provider'], stored.meta.actor);
