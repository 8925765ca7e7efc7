// What of a learner's file tells whether a change of terms can touch its feeds: who has to do with the learner, and what there is to show
// (ADR 44). Pure.
import { openNoticesFor } from '#consent';
import type { AgencySlug } from '#kernel';
import { hasContributed, type RecordItem } from '#learner-record';
import type { Category } from '#catalogue';
import { knownIn, type LearnerAtMoment } from './decide-answer.ts';

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
