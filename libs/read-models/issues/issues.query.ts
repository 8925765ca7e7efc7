// Of whom a rule finds something, by the facts that the view keeps; what the asker may see of it, the gate decides.
import { shippedCodes } from '#catalogue';
import type { Position } from '#kernel';
import type { RowOf, ViewReader } from '../engine/index.ts';
import type { Partnership, Place, Proposal, Proposed, Proposing } from '../lists/index.ts';
import type { Fact } from './facts.ts';
import { type Circumstances, findingsIn, type Found, type RuleCode } from './rules.ts';
import { factTable, issuesView } from './issues.view.ts';

export type FactRow = RowOf<typeof factTable>;

/** Read at once; others get their turn in between. */
const AT_ONCE = 2000;

const severities = (): ReadonlyMap<string, 'blocks' | 'warns'> =>
  new Map(shippedCodes()['data-quality-rules'].codes.map(({ code, severity }) => [code, severity]));

export const severityOf = (rule: RuleCode): 'blocks' | 'warns' => severities().get(rule) ?? 'warns';

export const circumstancesOf = ({ on, partnership }: { readonly on: string; readonly partnership: Partnership }): Circumstances => ({
  on,
  mayAnswer: (agency) => partnership.mayTell(agency, 'referral.accepted'),
});

/** What one agency said, or all: what an agency is told of follows from its own words alone. */
export const learnersIn = async (
  views: ViewReader,
  where: { readonly source?: string },
  take: (facts: readonly FactRow[]) => void,
): Promise<Position> => {
  const order = ['learner', 'revision'] as const;
  let held: readonly FactRow[] = [];
  for (let after: readonly (string | number)[] | undefined; ;) {
    const { position, rows } = await views.rows(issuesView, factTable, { where, order, ...(after && { after }), limit: AT_ONCE });
    const isLast = rows.length < AT_ONCE;
    const all = [...held, ...rows];
    const last = all.at(-1)?.learner;
    const complete = isLast ? all : all.filter(({ learner }) => learner !== last);
    for (const [, facts] of Map.groupBy(complete, ({ learner }) => learner)) take(facts);
    if (isLast) return position;
    held = all.slice(complete.length);
    const end = rows.at(-1);
    after = end && [end.learner, end.revision];
  }
};

const factIn = ({ revision: place, type, source, thing, day, until, code }: FactRow): Fact => ({
  place,
  type: type as Fact['type'],
  source,
  thing,
  day,
  until,
  code,
});

const proposalOf = ({ rule, at, beside }: Found, facts: readonly FactRow[]): Proposal | undefined => {
  const anchor = facts.find(({ revision }) => revision === at);
  if (!anchor) return undefined;
  const { learner, known_at: knownAt, position } = anchor;
  const rank = severityOf(rule) === 'blocks' ? 0 : 1;
  return { learner, anchor: at, only: [at, ...beside], knownAt, position, about: rule, place: [rank, knownAt, position, rule] };
};

export const inOrder = (one: Place, other: Place): number => {
  const differing = one.findIndex((value, column) => value !== other[column]);
  if (differing < 0) return 0;
  return (one[differing] ?? '') < (other[differing] ?? '') ? -1 : 1;
};

/** What blocks first, then by the day on which it came to be known. */
export const proposeIssues = async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
  const { asker, after, limit, chosen } = asked;
  const found: Proposal[] = [];
  const isAsked = ({ rule }: Found): boolean =>
    (chosen['rule'] ?? rule) === rule && (chosen['severity'] ?? severityOf(rule)) === severityOf(rule);
  const position = await learnersIn(views, asker.office === undefined ? { source: asker.slug } : {}, (facts) => {
    const findings = findingsIn(facts.map(factIn), circumstancesOf(asked)).filter(isAsked);
    found.push(...findings.flatMap((one) => proposalOf(one, facts) ?? []));
  });
  const ordered = found.sort((one, other) => inOrder(one.place, other.place));
  const left = after === undefined ? ordered : ordered.filter(({ place }) => inOrder(place, after) > 0);
  return { position, candidates: left.slice(0, limit + 1) };
};
