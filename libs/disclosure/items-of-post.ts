// Which items of a learner's file there are to a post at all, and as what: before any clause is asked.
import type { AgencySlug, Revision } from '#kernel';
import type { FileStanding } from '#learner-file';
import { answersLearner, hiddenFromLearner, isPutTo, type RecordItem } from '#learner-record';
import type { PostReader } from './in-force.ts';

/** Fields told to be withheld pass oversight and the learner's own record alone (sharing-matrix.md, Merged identity). */
const SEES_WITHHELD: readonly string[] = ['dpo-of', 'dpo-partnership', 'learner'];

const NOTHING_HIDDEN: ReadonlySet<Revision> = new Set();

/** What answers the learner counts for the learner, whatever else its source's word is worth (W2). */
const asToldTo = (post: PostReader['post'], { withheld, confirmed, ...item }: RecordItem): RecordItem => ({
  ...item,
  ...(withheld !== undefined && !SEES_WITHHELD.includes(post) && { withheld }),
  ...(confirmed !== undefined && !answersLearner(item) && { confirmed }),
});

/** Of an agency's officer what the agency contributed, and what the learner put to it. */
const isAffairOf = (item: RecordItem, of: AgencySlug | undefined): boolean => of === undefined || item.source === of || isPutTo(item, of);

/** What stands apart too; of the learner what is the own and not withheld. */
export const itemsOfPost = ({ post, of, learner }: PostReader, { file, items, circumstances }: FileStanding): readonly RecordItem[] => {
  const hidden = learner === undefined ? NOTHING_HIDDEN : hiddenFromLearner(file.record, circumstances.today);
  return items.filter((item) => isAffairOf(item, of) && !hidden.has(item.revision)).map((item) => asToldTo(post, item));
};
