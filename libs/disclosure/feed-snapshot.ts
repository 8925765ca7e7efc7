// What a decision about feeds stood on, and what of a learner's file may be shown otherwise since (ADR 34).
import { randomUUID } from 'node:crypto';
import type { Category } from '#catalogue';
import { openNoticesFor } from '#consent';
import type { AgencySlug, Instant, IsoDate, LearnerId, Revision } from '#kernel';
import type { LearnerFile, StreamPlace } from '#learner-file';
import { hasContributed, type RecordItem } from '#learner-record';
import type { Missing } from '#unit-of-work';
import { knownIn, type LearnerAtMoment } from './decide-answer.ts';
import type { SentFeed } from './feed-change.ts';
import type { DutiesSeen } from './feed-duties.ts';
import type { Versions } from './in-force.ts';

/** Where everything stood beside the learners. */
export interface FeedGround {
  readonly linkAdvisers: Revision;
  readonly versions: Versions;
  readonly today: IsoDate;
}

/** The same with the learner: all on which a decision rests. */
export interface FeedReadSet extends FeedGround {
  readonly learner: LearnerId;
  readonly revision: Revision;
  /** Of all streams of which the learner's file is made. */
  readonly streams: readonly StreamPlace[];
}

export const isSameGround = (one: FeedGround, other: FeedGround): boolean =>
  one.versions.agencies === other.versions.agencies &&
  one.versions.protocols === other.versions.protocols &&
  one.linkAdvisers === other.linkAdvisers &&
  one.today === other.today;

/** Of a decision of which all is on the feeds since: whoever keeps it has seen to that. */
export interface FeedSnapshot {
  readonly readSet: FeedReadSet;
  readonly file: LearnerFile;
  readonly at: Instant;
  /** Agencies to which something could be encrypted. */
  readonly reachable: ReadonlySet<AgencySlug>;
  /** When time alone may next change whose word counts, or who has to do with the learner. */
  readonly changesAt: Instant;
  /** Recipients who hold something, and of whom no recorded decision says on which ground they hold it now. */
  readonly unrecorded: ReadonlySet<AgencySlug>;
  readonly sketch: FeedSketch;
  /** By recipient, of those who have any. */
  readonly duties: ReadonlyMap<AgencySlug, DutiesSeen>;
}

/** What one decision about feeds is made on. */
export interface FeedMoment {
  readonly moment: LearnerAtMoment;
  readonly readSet: FeedReadSet;
  readonly reachable: ReadonlySet<AgencySlug>;
  /** Recipients whose feed is left as it is: of them nothing is known afterwards. */
  readonly passedOver: ReadonlySet<AgencySlug>;
}

/** The same protocols, parties, agencies and link advisers, on the same day in London, before anything runs out. */
const standsStill = ({ readSet: before, at, changesAt }: FeedSnapshot, { readSet, moment: { at: now } }: FeedMoment): boolean =>
  isSameGround(before, readSet) && at <= now && now < changesAt;

/** Who knows the learner, by which ids, and supplied the ULN: that goes with each item. */
const isNamedAsBefore = ({ learner: before }: LearnerFile, { learner: now }: LearnerFile): boolean =>
  before.founder === now.founder &&
  before.knownTo === now.knownTo &&
  before.localIds === now.localIds &&
  before.ulnFrom === now.ulnFrom &&
  before.ulns === now.ulns;

const isEqual = (one: ReadonlySet<AgencySlug>, other: ReadonlySet<AgencySlug>): boolean =>
  one === other || (one.size === other.size && [...one].every((agency) => other.has(agency)));

/**
 * The items that were recorded since, where no recipient is to be shown any earlier one otherwise than it was decided then; undefined where
 * that cannot be told, and the whole file is to be decided. Whatever an item is decided on is compared itself, and not by the kinds of
 * the events in between: a new kind of event that changes any of it is noticed as well.
 */
export const itemsSinceSnapshot = (snapshot: FeedSnapshot, now: FeedMoment): readonly RecordItem[] | undefined => {
  const { moment, reachable, passedOver } = now;
  const isAsBefore =
    passedOver.size === 0 &&
    standsStill(snapshot, now) &&
    isNamedAsBefore(snapshot.file, moment.file) &&
    isEqual(snapshot.reachable, reachable);
  return isAsBefore ? knownIn(moment).itemsSince(snapshot.file) : undefined;
};

// What of a learner's file tells whether a change of terms can touch its feeds: who has to do with the learner, and what there is to show
// (ADR 44).

export interface FeedSketch {
  /** Agencies that may be shown something, or have it, whether or not anything can be encrypted to them now. */
  readonly recipients: readonly AgencySlug[];
  readonly sources: readonly AgencySlug[];
  readonly categories: readonly Category[];
}

/** Of the merged identity, which is no item of the record. */
const IDENTITY: Category = 'identity';

/** `held`: who was sent something and not told to delete it. */
export const sketchOf = (moment: LearnerAtMoment, held: (agency: AgencySlug) => boolean): FeedSketch => {
  const { file, inForce } = moment;
  const known = knownIn(moment);
  const isConcerned = (slug: AgencySlug): boolean =>
    held(slug) || known.isRelated(slug) || hasContributed(file.record, slug) || openNoticesFor(file, slug).length > 0;
  const recipients = inForce.agencies.flatMap(({ slug }) => (isConcerned(slug) ? [slug] : []));
  return withItems({ recipients, sources: [], categories: [IDENTITY] }, known.items);
};

/** The same sketch where they add nothing to it. */
export const withItems = (sketch: FeedSketch, items: readonly RecordItem[]): FeedSketch => {
  const sources = new Set([...sketch.sources, ...items.map(({ source }) => source)]);
  const categories = new Set([...sketch.categories, ...items.map(({ category }) => category)]);
  const isSame = sources.size === sketch.sources.length && categories.size === sketch.categories.length;
  // Whoever contributed has to do with the learner.
  return isSame
    ? sketch
    : { recipients: [...new Set([...sketch.recipients, ...sources])], sources: [...sources], categories: [...categories] };
};

// What is asked about one learner's feeds, and what was read to decide it.

/** By recipient. */
export type SentFeeds = ReadonlyMap<AgencySlug, SentFeed>;

export interface FeedInquiry {
  readonly learner: LearnerId;
  /** Agencies to which something can be encrypted now. */
  readonly reachable: ReadonlySet<AgencySlug>;
  /** Agencies whose feed is left as it is. */
  readonly passedOver?: ReadonlySet<AgencySlug>;
  /** What each recipient was sent and not told to delete: read where the whole file is decided. */
  readonly sent: () => Promise<SentFeeds>;
  /** Of the last decision, where all that it decided is on the feeds since. */
  readonly snapshot?: FeedSnapshot | undefined;
}

/** An inquiry, and what was read for it. */
export class FeedQuestion {
  readonly learner: LearnerId;
  readonly reachable: ReadonlySet<AgencySlug>;
  readonly passedOver: ReadonlySet<AgencySlug>;
  readonly snapshot: FeedSnapshot | undefined;
  readonly #read: () => Promise<SentFeeds>;
  #sent: SentFeeds | undefined;
  readonly #ids = new Map<AgencySlug, string>();

  constructor({ learner, reachable, passedOver = new Set(), snapshot, sent }: FeedInquiry) {
    this.learner = learner;
    this.reachable = reachable;
    this.passedOver = passedOver;
    this.snapshot = snapshot;
    this.#read = sent;
  }

  /** Who may be sent something. */
  get among(): Pick<FeedQuestion, 'reachable' | 'passedOver'> {
    return { reachable: this.reachable, passedOver: this.passedOver };
  }

  /** Of the decision for a recipient: judged again, it is the same (ADR 25). */
  decisionId(recipient: AgencySlug): string {
    const known = this.#ids.get(recipient);
    if (known !== undefined) return known;
    const drawn = randomUUID();
    this.#ids.set(recipient, drawn);
    return drawn;
  }

  /** Undefined where it was not read. */
  get sent(): SentFeeds | undefined {
    return this.#sent;
  }

  /** Nothing, where it was read. */
  get missing(): readonly Missing[] {
    return this.#sent ? [] : [{ from: { load: async () => void (this.#sent = await this.#read()) }, name: `sent ${this.learner}` }];
  }
}
