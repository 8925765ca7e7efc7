// Assessments that took the place of others (views.md, S4).
import { day, itemsOf, pick, type Row, value } from './facts.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Seen } from './sight.ts';

/** Only what says that it supersedes makes a row, whether whoever asks may read that or not. */
export const supplements: RowsOf = (seen, { on }) =>
  itemsOf(seen, 'assessment.recorded')
    .filter((later) => later.raw['supersedes'] !== undefined && day(later, 'assessedOn') <= on)
    .flatMap((later) => {
      const named = later.data['supersedes'] as Row | undefined;
      const earlier = earlierOf(seen, later, named);
      return named === undefined && earlier === undefined ? [] : [rowOf(later, earlier, named)];
    });

const earlierOf = (seen: Seen, later: Item, named: Row | undefined): Item | undefined => {
  const before = itemsOf(seen, 'assessment.recorded').filter(({ order }) => order < later.order);
  if (named) return before.filter(({ data }) => data['assessmentId'] === named['assessmentId']).at(-1);
  const isAlike = ({ data }: Item): boolean => ['framework', 'domain'].every((name) => data[name] === later.data[name]);
  return before.filter((one) => one.own && one.isSuperseded && isAlike(one)).at(-1);
};

const rowOf = (later: Item, earlier: Item | undefined, named: Row | undefined): Row => {
  const [one, other] = [earlier, later].map((item) => value(item?.data['outcome'] as Row | undefined, 'level'));
  return {
    ...pick(later.data, 'framework', 'domain'),
    reason: value(named, 'reason'),
    earlier: earlier ? said(earlier) : null,
    later: said(later),
    sameLevel: one === null || other === null ? null : one === other,
  };
};

const said = ({ by, data }: Item): Row => ({ ...pick(data, 'assessmentId', 'assessedOn'), by });
