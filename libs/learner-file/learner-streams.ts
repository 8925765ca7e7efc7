// The streams that decisions look at, in memory: learners' files, identifiers, possible matches, link advisers, and how far others are.
import type { Catalogue } from '#catalogue';
import type { EventStore, RecordedEvent } from '#event-store';
import type { AgencySlug, LearnerId } from '#kernel';
import { type LinkAdvisers, withLinkAssigned, withLinkConfirmed } from '#learners';
import type { Vault } from '#privacy';
import type { Draft } from './draft.ts';
import { filePacking } from './file-packing.ts';
import { forgetStanding } from './file-standing.ts';
import { emptyFile, foldStored, type LearnerFile } from './learner-file.ts';
import { ERASED } from './erasure.ts';
import { IDENTIFIER_LINKED, type IdentifierLinked, MATCH_KEY_SEEN, type MatchKeySeen, openAliased } from './own-events.ts';
import { openContribution } from './stored-contribution.ts';
import { StreamCache } from './stream-cache.ts';
import { identifierStream, learnerOfStream, learnerStream } from './stream-names.ts';

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
  /** Who linked the identifier to whom, in order. */
  readonly identifiers: StreamCache<readonly IdentifierLinked[]>;
  readonly matches: StreamCache<readonly MatchKeySeen[]>;
  readonly linkAdvisers: StreamCache<LinkAdvisers>;
  /** Streams to which is only ever added. */
  readonly heads: StreamCache<null>;
  readonly #vault: Vault;

  constructor({ store, vault, catalogue, learners }: StreamParts) {
    this.#vault = vault;
    this.files = new StreamCache(store, learners, { initial: emptyFile, evolve: foldStored(vault, catalogue), packing: filePacking() });
    this.identifiers = new StreamCache(store, 4 * learners, { initial: () => [], evolve: linkedToo(vault) });
    this.matches = new StreamCache<readonly MatchKeySeen[]>(store, learners, { initial: () => [], evolve: seenToo(vault) });
    this.linkAdvisers = new StreamCache<LinkAdvisers>(store, 1, { initial: () => new Map(), evolve: linkAdviser(vault) });
    this.heads = new StreamCache<null>(store, 2 * learners, { initial: () => null, evolve: () => null, lastOnly: true });
  }

  streamOf(identifier: Identifier): string {
    const [kind, value] = 'uln' in identifier ? ['uln', identifier.uln] : ['local', `${identifier.agency}\n${identifier.localId}`];
    return identifierStream(this.#vault.blind(kind, value));
  }

  /**
   * Whom a subject such as `uln:…` or `local:…` may name, as this agency uses it, first whom it registered itself under it; a number may
   * name several learners (W7), and none who was erased. Throws `NotLoaded`.
   */
  candidates(draft: Draft, agency: AgencySlug, subject: string): readonly LearnerId[] {
    const identifier = identifierOf(agency, subject);
    if (!identifier) return [];
    const links = draft.get(this.identifiers, this.streamOf(identifier)).state;
    const own = links.filter((link) => link.agency === agency).toReversed();
    return [...new Set([...own, ...links].map(({ learner }) => learner))].filter((id) => this.#exists(draft, id));
  }

  /** Whether the agency registered somebody under it itself: then it means that one. Throws `NotLoaded`. */
  isOwn(draft: Draft, agency: AgencySlug, subject: string): boolean {
    const identifier = identifierOf(agency, subject);
    return (
      identifier !== undefined &&
      draft
        .get(this.identifiers, this.streamOf(identifier))
        .state.some((link) => link.agency === agency && this.#exists(draft, link.learner))
    );
  }

  #exists(draft: Draft, learner: LearnerId): boolean {
    return draft.get(this.files, learnerStream(learner)).state.learner.founder !== undefined;
  }

  /** Another process appended this: what is held of the stream is stale. */
  outdate(stored: RecordedEvent): void {
    if (stored.type === ERASED) this.forget(stored.stream);
    for (const cache of [this.files, this.identifiers, this.matches, this.linkAdvisers, this.heads])
      cache.outdate(stored.stream, stored.revision);
  }

  /** Something of the learner was erased. Which identifiers led there only the file told: all are looked up anew. */
  forget(stream: string): void {
    const learner = learnerOfStream(stream);
    if (learner !== undefined) forgetStanding(learner);
    this.files.drop(stream);
    this.identifiers.clear();
    this.matches.clear();
  }
}

export const identifierOf = (agency: AgencySlug, subject: string): Identifier | undefined => {
  if (subject.startsWith('uln:')) return { uln: subject.slice(4) };
  return subject.startsWith('local:') ? { agency, localId: subject.slice(6) } : undefined;
};

/** Links to whom was erased cannot be opened any more. */
const linkedToo =
  (vault: Vault) =>
  (links: readonly IdentifierLinked[], stored: RecordedEvent): readonly IdentifierLinked[] => {
    const link = stored.type === IDENTIFIER_LINKED ? openAliased<IdentifierLinked>(stored, vault) : undefined;
    return link ? withLink(links, link) : links;
  };

/** The last of an agency's stands last; who else is registered with the number is for the data manager. */
export const withLink = (links: readonly IdentifierLinked[], { learner, agency }: IdentifierLinked): readonly IdentifierLinked[] => [
  ...links.filter((link) => link.learner !== learner || link.agency !== agency),
  { learner, agency },
];

const seenToo =
  (vault: Vault) =>
  (seen: readonly MatchKeySeen[], stored: RecordedEvent): readonly MatchKeySeen[] => {
    const one = stored.type === MATCH_KEY_SEEN ? openAliased<MatchKeySeen>(stored, vault) : undefined;
    return one ? [...seen, one] : seen;
  };

/** An agency says whose link adviser it is, or a provider who its link adviser is. */
export const linkTold = (
  links: LinkAdvisers,
  source: AgencySlug,
  { provider, by }: Readonly<Record<string, unknown>> = {},
): LinkAdvisers => {
  if (typeof provider === 'string') return withLinkAssigned(links, provider, source);
  return typeof by === 'string' ? withLinkConfirmed(links, source, by) : links;
};

const linkAdviser =
  (vault: Vault) =>
  (links: LinkAdvisers, stored: RecordedEvent): LinkAdvisers =>
    linkTold(links, stored.meta.actor, openContribution(stored, vault)?.event?.data);
