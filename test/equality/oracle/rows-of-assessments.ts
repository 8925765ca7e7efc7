// Assessments that took the place of others (views.md, S4).
import { assessmentsOf, day, frameworkOf, pick, type Row, value } from './facts.ts';
import type { RowsOf } from './rows-of-advisers.ts';
import type { Item, Seen } from './sight.ts';
import { text } from './told.ts';

/** Only what says that it supersedes makes a row, whether whoever asks may read that or not. */
export const supplements: RowsOf = (seen, { on }) =>
  assessmentsOf(seen)
    .filter((later) => later.raw['supersedes'] !== undefined && day(later, 'assessedOn') <= on)
    .flatMap((later) => {
      const named = later.data['supersedes'] as Row | undefined;
      const earlier = earlierOf(seen, later, named);
      return named === undefined && earlier === undefined ? [] : [rowOf(later, earlier, named)];
    });

const earlierOf = (seen: Seen, later: Item, named: Row | undefined): Item | undefined => {
  const before = assessmentsOf(seen).filter(({ order }) => order < later.order);
  if (named) return before.filter(({ data }) => data['assessmentId'] === named['assessmentId']).at(-1);
  const own = before.filter((one) => one.own && one.isSuperseded && frameworkOf(one) === frameworkOf(later));
  const domain = text(later.data, 'domain');
  const isOne = new Set(own.map(({ data }) => data['domain'])).size === 1;
  return own.filter(({ data }) => (domain === undefined ? isOne : data['domain'] === domain)).at(-1);
};

const rowOf = (later: Item, earlier: Item | undefined, named: Row | undefined): Row => {
  const [one, other] = [earlier, later].map((item) => value(item?.data['outcome'] as Row | undefined, 'level'));
  return {
    framework: frameworkOf(later),
    ...pick(later.data, 'domain'),
    reason: value(named, 'reason'),
    earlier: earlier ? said(earlier) : null,
    later: said(later),
    sameLevel: one === null || other === null ? null : one === other,
  };
};

const said = ({ by, data }: Item): Row => ({ ...pick(data, 'assessmentId', 'assessedOn'), by });
