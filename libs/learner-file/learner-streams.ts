// The streams that decisions look at, in memory: learners' files, identifiers, possible matches, link advisers, and how far others are.
import { LRUCache } from 'lru-cache';
import type { Catalogue } from '#catalogue';
import type { EventStore, RecordedEvent } from '#event-store';
import { type AgencySlug, type IsoDate, type LearnerId, londonDate } from '#kernel';
import { type LinkAdvisers, withLinkAssigned, withLinkConfirmed } from '#learners';
import type { Keys, Vault } from '#privacy';
import { type Draft, type Held, type Packing, StreamCache } from '#unit-of-work';
import { emptyFile, filePacking, foldWhole, type LearnerFile, type WhenOpened } from './learner-file.ts';
import { forgetStanding } from './file-standing.ts';
import { ERASED } from './erasure.ts';
import { streamsBeside } from './united-file.ts';
import { fileAt, whoIs } from './united-streams.ts';
import {
  IDENTIFIER_LINKED,
  type IdentifierLinked,
  identifierStream,
  learnerOfStream,
  learnerStream,
  MATCH_KEY_SEEN,
  type MatchKeySeen,
  matchStream,
  openAliased,
  openContribution,
} from './stored-events.ts';

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

// How what is short is packed.

const asTold = <State>(): Packing<Held<State>> => ({
  pack: (held) => JSON.stringify(held),
  unpack: (text) => JSON.parse(text) as Held<State>,
});

/** Of the end of a stream nothing else is known. */
const endPacking: Packing<Held<null>> = {
  pack: ({ revision }) => String(revision),
  unpack: (text) => ({ state: null, revision: Number(text) }),
};

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
  /** By a stream, that of the file which is made of it too. */
  readonly #holders = new Map<string, string>();
  /** Streams by what is blinded in their names: one event asks for each of its own several times. */
  readonly #names = new LRUCache<string, string>({ max: NAMES });

  constructor({ store, vault, catalogue, learners, whenOpened }: StreamParts) {
    this.#vault = vault;
    const from = { store, vault };
    const whole = { fold: foldWhole(catalogue, whenOpened), beside: this.#beside };
    this.files = new StreamCache(from, learners, { initial: emptyFile, whole, packing: filePacking() });
    this.identifiers = new StreamCache(from, 4 * learners, { initial: () => [], evolve: linkedToo, packing: asTold() });
    this.matches = new StreamCache<readonly MatchKeySeen[]>(from, learners, { initial: () => [], evolve: seenToo, packing: asTold() });
    this.linkAdvisers = new StreamCache<LinkAdvisers>(from, 1, { initial: () => new Map(), evolve: linkAdviser });
    this.heads = new StreamCache<null>(from, 2 * learners, { initial: () => null, packing: endPacking });
  }

  readonly #beside = (stream: string, events: readonly RecordedEvent[]): readonly string[] => {
    const beside = streamsBeside(stream, events);
    for (const other of beside) this.#holders.set(other, stream);
    return beside;
  };

  streamOf(identifier: Identifier): string {
    const [kind, value] = 'uln' in identifier ? ['uln', identifier.uln] : ['local', `${identifier.agency}\n${identifier.localId}`];
    return this.#named(kind, value, identifierStream);
  }

  /** Undefined where the subject is no identifier. */
  identifierStreamOf(agency: AgencySlug, subject: string): string | undefined {
    const identifier = identifierOf(agency, subject);
    return identifier && this.streamOf(identifier);
  }

  /** `key`: one of `matchKeys`, such as name, date of birth and postcode. */
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
    const meant = this.linkedTo(draft, agency, subject).map((id) => whoIs(this, draft, id));
    return [...new Set(meant)].filter((id) => this.#exists(draft, id));
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
    return fileAt(this, draft, learner).state.learner.founder !== undefined;
  }

  /** Another process appended this: what is held of the stream is stale. */
  outdate(stored: RecordedEvent): void {
    if (stored.type === ERASED) this.forget(stored.stream);
    this.#outdateHolder(stored);
    for (const cache of [this.files, this.identifiers, this.matches, this.linkAdvisers, this.heads])
      cache.outdate(stored.stream, stored.revision);
  }

  #outdateHolder({ stream, revision }: RecordedEvent): void {
    const holder = this.#holders.get(stream);
    const united = holder === undefined ? undefined : this.files.peek(holder)?.state.united;
    const member = united?.members.find(({ learner }) => learnerStream(learner) === stream);
    if (holder !== undefined && member !== undefined && member.revision < revision) this.files.drop(holder);
  }

  /** Something of the learner was erased. Which identifiers led there only the file told: all are looked up anew. */
  forget(stream: string): void {
    const holder = this.#holders.get(stream);
    for (const one of holder === undefined ? [stream] : [stream, holder]) {
      forgetStanding(learnerOfStream(one) ?? '');
      this.files.drop(one);
    }
    this.identifiers.clear();
    this.matches.clear();
  }
}

export const identifierOf = (agency: AgencySlug, subject: string): Identifier | undefined => {
  if (subject.startsWith('uln:')) return { uln: subject.slice(4) };
  return subject.startsWith('local:') ? { agency, localId: subject.slice(6) } : undefined;
};

/** Links to whom was erased cannot be opened any more. */
const linkedToo = (links: readonly IdentifierLinked[], stored: RecordedEvent, keys: Keys): readonly IdentifierLinked[] => {
  const link = stored.type === IDENTIFIER_LINKED ? openAliased<IdentifierLinked>(stored, keys) : undefined;
  return link ? withLink(links, link) : links;
};

/** The last of an agency's stands last; who else is registered with the number is for the data manager. */
export const withLink = (links: readonly IdentifierLinked[], { learner, agency }: IdentifierLinked): readonly IdentifierLinked[] => [
  ...links.filter((link) => link.learner !== learner || link.agency !== agency),
  { learner, agency },
];

const seenToo = (seen: readonly MatchKeySeen[], stored: RecordedEvent, keys: Keys): readonly MatchKeySeen[] => {
  const one = stored.type === MATCH_KEY_SEEN ? openAliased<MatchKeySeen>(stored, keys) : undefined;
  return one ? [...seen, one] : seen;
};

/** An agency says whose link adviser it is, or a provider who its link adviser is. */
export const evolveLinkAdvisers = (
  links: LinkAdvisers,
  { source, on }: { readonly source: AgencySlug; readonly on?: IsoDate },
  { provider, by }: Readonly<Record<string, unknown>> = {},
): LinkAdvisers => {
  if (typeof provider === 'string') return withLinkAssigned(links, provider, source, on);
  return typeof by === 'string' ? withLinkConfirmed(links, source, by, on) : links;
};

const linkAdviser = (links: LinkAdvisers, stored: RecordedEvent, keys: Keys): LinkAdvisers => {
  const event = openContribution(stored, keys)?.event;
  const on = event === undefined ? {} : { on: londonDate(Date.parse(event.time)) };
  return evolveLinkAdvisers(links, { source: stored.meta.actor, ...on }, event?.data);
};
