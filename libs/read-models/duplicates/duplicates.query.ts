// Whose award was recorded before: of each learner the later ones, learner by learner. An agency is told of what it recorded twice itself.
import { isSameDays } from '../documents/index.ts';
import type { RowOf, ViewReader } from '../engine/index.ts';
import type { Proposal, Proposed, Proposing } from '../lists/index.ts';
import { awards, duplicatesView } from './duplicates.view.ts';

type Award = RowOf<typeof awards>;

/** Read at once; others get their turn in between. */
const AT_ONCE = 2000;
const ORDER = ['learner', 'revision'] as const;

const againIn = (all: readonly Award[]): readonly Proposal[] =>
  all.flatMap((one, place) => {
    const first = all.slice(0, place).find(({ award, day }) => award === one.award && isSameDays(day, one.day));
    if (!first) return [];
    const { learner, revision: anchor, known_at: knownAt, position } = one;
    return [{ learner, anchor, only: [first.revision, anchor], knownAt, position, place: [learner, anchor] }];
  });

/** Each learner's awards stand together: what was read last of a chunk may go on in the next. */
const wholeOf = (rows: readonly Award[], isLast: boolean): readonly Award[] => {
  const last = rows.at(-1)?.learner;
  return isLast ? rows : rows.filter(({ learner }) => learner !== last);
};

export const proposeDuplicates = async (views: ViewReader, { asker, after, limit }: Proposing): Promise<Proposed> => {
  const where = asker.office === undefined ? { source: asker.slug } : {};
  const [learner, anchor] = after ?? [];
  const between = learner === undefined ? {} : { learner: { from: String(learner) } };
  const isAfter = ({ place: [of, at] }: Proposal): boolean => of !== learner || Number(at) > Number(anchor);
  const candidates: Proposal[] = [];
  let held: readonly Award[] = [];
  for (let last: readonly (string | number)[] | undefined; ;) {
    const { position, rows } = await views.rows(duplicatesView, awards, {
      where,
      between,
      order: ORDER,
      ...(last && { after: last }),
      limit: AT_ONCE,
    });
    const isLast = rows.length < AT_ONCE;
    const all = [...held, ...rows];
    const whole = wholeOf(all, isLast);
    for (const [, of] of Map.groupBy(whole, (one) => one.learner)) candidates.push(...againIn(of).filter(isAfter));
    if (isLast || candidates.length > limit) return { position, candidates: candidates.slice(0, limit + 1) };
    held = all.slice(whole.length);
    const end = rows.at(-1);
    last = end && [end.learner, end.revision];
  }
};
