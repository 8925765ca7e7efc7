// The streams that decisions look at, in memory: learners' files, identifiers, possible matches, link advisers, and how far others are.
import { LRUCache } from 'lru-cache';
import type { Catalogue } from '#catalogue';
import type { EventStore, RecordedEvent } from '#event-store';
import { type AgencySlug, type LearnerId, londonDate } from '#kernel';
import { type LinkAdvisers, NONE, wasHeard, withLinkAssigned, withLinkConfirmed } from '#learners';
import type { Keys, Vault } from '#privacy';
import { type Draft, StreamCache } from '#unit-of-work';
import { hasContributed } from '#learner-record';
import { emptyFile, filePacking, foldStored, type LearnerFile, type WhenOpened } from './learner-file.ts';
import { type FileCircumstances, type FileStanding, forgetStanding, type RegisterView, standingIn } from './file-standing.ts';
import { ERASED } from './erasure.ts';
import {
  IDENTIFIER_LINKED,
  type IdentifierLinked,
  identifierStream,
  learnerOfStream,
  learnerStream,
  LINK_ADVISERS,
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
    const from = { store, vault };
    const evolve = foldStored(catalogue, whenOpened);
    this.files = new StreamCache(from, learners, { initial: emptyFile, evolve, packing: filePacking() });
    this.identifiers = new StreamCache(from, 4 * learners, { initial: () => [], evolve: linkedToo });
    this.matches = new StreamCache<readonly MatchKeySeen[]>(from, learners, { initial: () => [], evolve: seenToo });
    this.linkAdvisers = new StreamCache<LinkAdvisers>(from, 1, { initial: () => new Map(), evolve: linkAdviser });
    this.heads = new StreamCache<null>(from, 2 * learners, { initial: () => null });
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
  source: AgencySlug,
  { provider, by }: Readonly<Record<string, unknown>> = {},
): LinkAdvisers => {
  if (typeof provider === 'string') return withLinkAssigned(links, provider, source);
  return typeof by === 'string' ? withLinkConfirmed(links, source, by) : links;
};

const linkAdviser = (links: LinkAdvisers, stored: RecordedEvent, keys: Keys): LinkAdvisers =>
  evolveLinkAdvisers(links, stored.meta.actor, openContribution(stored, keys)?.event?.data);

// Whom an agency means by an identifier (sharing-matrix.md, W7): a number may have been registered for several people,
// some of them made up.

/** A moment at which streams are looked at. */
export interface FileLookup {
  readonly draft: Draft;
  readonly streams: LearnerStreams;
  readonly register: RegisterView;
  readonly at: number;
}

export const circumstancesOf = ({ draft, streams, register, at }: FileLookup): FileCircumstances => ({
  now: at,
  today: londonDate(at),
  areas: register,
  linkAdvisers: draft.get(streams.linkAdvisers, LINK_ADVISERS).state,
});

export const standingOf = (look: FileLookup, learner: LearnerId): FileStanding =>
  standingIn(look.draft.get(look.streams.files, learnerStream(learner)).state, circumstancesOf(look));

/**
 * How many agencies speak of the learner with effect, or did: that does not fade when they are done, as a made-up person would wait for.
 * And how many of them are of the area where the learner is said to live: of those a stranger to the true learner is none.
 */
const heardIn = ({ standing }: FileStanding): { readonly heard: number; readonly local: number } => {
  const { effects } = standing.state;
  const { agencies, unconfirmed } = standing.residence;
  const heard = effects.agencies.filter((agency) => wasHeard(effects, agency) || standing.levelOf(agency) !== NONE);
  return { heard: heard.length, local: heard.filter((agency) => agencies.has(agency) || unconfirmed.has(agency)).length };
};

/**
 * The one whom it registered; else, of those with whom it has to do, the one about whom it contributed; else the one of whom the most
 * agencies of the area speak, the most agencies, the most is recorded, the first. Undefined: nobody with the number.
 */
export const whomItMeans = (look: FileLookup, agency: AgencySlug, subject: string): LearnerId | undefined => {
  const candidates = look.streams.candidates(look.draft, agency, subject);
  const [first, ...others] = candidates;
  if (first === undefined || others.length === 0 || look.streams.isOwn(look.draft, agency, subject)) return first;
  // The learner's own page has to do with everybody: it means whom most know, and not a person made up under the number.
  const speaksForLearners = look.register.rolesOf(agency).includes('self-service');
  const ranked = candidates.flatMap((id, order) => {
    const standing = standingOf(look, id);
    const contributed = hasContributed(standing.file.record, agency);
    if (!contributed && !standing.isRelated(agency) && !speaksForLearners) return [];
    const { heard, local } = heardIn(standing);
    return [{ id, ranks: [Number(contributed), local, heard, standing.file.record.heads.length, -order] }];
  });
  ranked.sort((a, b) => b.ranks.map((rank, place) => rank - (a.ranks[place] ?? 0)).find((difference) => difference !== 0) ?? 0);
  return ranked[0]?.id ?? first;
};
