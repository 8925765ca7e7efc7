// The streams that decisions look at, in memory: learners' files, identifiers, possible matches, link advisers, and how far others are.
import { LRUCache } from 'lru-cache';
import type { Catalogue } from '#catalogue';
import type { EventStore, RecordedEvent } from '#event-store';
import type { AgencySlug, LearnerId } from '#kernel';
import { type LinkAdvisers, withLinkAssigned, withLinkConfirmed } from '#learners';
import type { Vault } from '#privacy';
import { type Draft, StreamCache } from '#unit-of-work';
import { filePacking } from './file-packing.ts';
import { forgetStanding } from './file-standing.ts';
import { emptyFile, foldStored, type LearnerFile, type WhenOpened } from './learner-file.ts';
import { ERASED } from './erasure.ts';
import { IDENTIFIER_LINKED, type IdentifierLinked, MATCH_KEY_SEEN, type MatchKeySeen, openAliased } from './own-events.ts';
import { openContribution } from './stored-contribution.ts';
import { identifierStream, learnerOfStream, learnerStream, matchStream } from './stream-names.ts';

export interface StreamParts {
  readonly store: EventStore;
  readonly vault: Vault;
  readonly catalogue: Catalogue;
  /** How many learners' files are held; the other caches follow from it. */
  readonly learners: number;
  /** Told what was opened to be folded. */
  readonly whenOpened?: WhenOpened;
}

/** To be blinded: an identifier as its own agency, or everybody for a ULN, knows it. */
export type Identifier = { readonly uln: string } | { readonly agency: AgencySlug; readonly localId: string };

/** Of the events that are judged together, and some more. */
const NAMES = 5000;

export class LearnerStreams {
  readonly files: StreamCache<LearnerFile>;
  /** Who linked the identifier to whom, in order. */
  readonly identifiers: StreamCache<readonly IdentifierLinked[]>;
  readonly matches: StreamCache<readonly MatchKeySeen[]>;
  readonly linkAdvisers: StreamCache<LinkAdvisers>;
  /** Streams to which is only ever added. */
  readonly heads: StreamCache<null>;
  readonly #vault: Vault;
  /** Streams by what is blinded in their names: one event asks for each of its own several times. */
  readonly #names = new LRUCache<string, string>({ max: NAMES });

  constructor({ store, vault, catalogue, learners, whenOpened }: StreamParts) {
    this.#vault = vault;
    const evolve = foldStored(vault, catalogue, whenOpened);
    this.files = new StreamCache(store, learners, { initial: emptyFile, evolve, packing: filePacking() });
    this.identifiers = new StreamCache(store, 4 * learners, { initial: () => [], evolve: linkedToo(vault) });
    this.matches = new StreamCache<readonly MatchKeySeen[]>(store, learners, { initial: () => [], evolve: seenToo(vault) });
    this.linkAdvisers = new StreamCache<LinkAdvisers>(store, 1, { initial: () => new Map(), evolve: linkAdviser(vault) });
    this.heads = new StreamCache<null>(store, 2 * learners, { initial: () => null, evolve: () => null, lastOnly: true });
  }

  streamOf(identifier: Identifier): string {
    const [kind, value] = 'uln' in identifier ? ['uln', identifier.uln] : ['local', `${identifier.agency}\n${identifier.localId}`];
    return this.#named(kind, value, identifierStream);
  }

  /** Undefined where the subject is no identifier. */
  identifierStreamOf(agency: AgencySlug, subject: string): string | undefined {
    const identifier = identifierOf(agency, subject);
    return identifier && this.streamOf(identifier);
  }

  /** `key`: name, date of birth and postcode, as `matchKey` writes them. */
  matchStreamOf(key: string): string {
    return this.#named('match', key, matchStream);
  }

  #named(kind: string, value: string, streamOf: (blind: string) => string): string {
    const known = this.#names.get(`${kind}\n${value}`);
    if (known !== undefined) return known;
    const stream = streamOf(this.#vault.blind(kind, value));
    this.#names.set(`${kind}\n${value}`, stream);
    return stream;
  }

  /**
   * Whom a subject such as `uln:…` or `local:…` may name, as this agency uses it, first whom it registered itself under it; a number may
   * name several learners (W7), and none who was erased.
   */
  candidates(draft: Draft, agency: AgencySlug, subject: string): readonly LearnerId[] {
    return this.linkedTo(draft, agency, subject).filter((id) => this.#exists(draft, id));
  }

  /** The same, whether or not they were erased: no file is looked at. */
  linkedTo(draft: Draft, agency: AgencySlug, subject: string): readonly LearnerId[] {
    const links = this.#linksOf(draft, agency, subject);
    const own = links.filter((link) => link.agency === agency).toReversed();
    return [...new Set([...own, ...links].map(({ learner }) => learner))];
  }

  #linksOf(draft: Draft, agency: AgencySlug, subject: string): readonly IdentifierLinked[] {
    const stream = this.identifierStreamOf(agency, subject);
    return stream === undefined ? [] : draft.get(this.identifiers, stream).state;
  }

  /** Whether the agency registered somebody under it itself: then it means that one. */
  isOwn(draft: Draft, agency: AgencySlug, subject: string): boolean {
    return this.#linksOf(draft, agency, subject).some((link) => link.agency === agency && this.#exists(draft, link.learner));
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
export const evolveLinkAdvisers = (
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
    evolveLinkAdvisers(links, stored.meta.actor, openContribution(stored, vault)?.event?.data);
