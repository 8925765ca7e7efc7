// How complete each agency's own records are: of what it told itself, how many have what is asked for (views.md, S16). Numbers alone.
import type { AgencySlug, IsoDate, Position } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { GIVES_POSTCODE, GIVES_ULN } from './facts.ts';
import { type FactRow, factTable, issuesView } from './issues.view.ts';

export const MEASURES = ['uln', 'postcode', 'date-of-birth', 'review', 'destination'] as const;
/** `review`: programmes started of which a review was held. `destination`: learners with one whose last has not lapsed. */
export type Measure = (typeof MEASURES)[number];

export interface CompletenessRow {
  readonly agency: AgencySlug;
  readonly measure: Measure;
  readonly have: number;
  readonly of: number;
}

interface Counts {
  have: number;
  of: number;
}

type Counted = Pick<CompletenessRow, 'have' | 'of'>;
type Facts = readonly FactRow[];

const IDENTITIES: readonly string[] = ['learner.registered', 'learner.corrected'];

const NOBODY: Counted = { have: 0, of: 0 };

/** Of one learner whom the agency registered: whether it ever said so. */
const said =
  (says: (fact: FactRow) => boolean) =>
  (facts: Facts): Counted => {
    const identities = facts.filter(({ type }) => IDENTITIES.includes(type));
    return identities.length === 0 ? NOBODY : { have: Number(identities.some(says)), of: 1 };
  };

const gives = (word: string) => said(({ code }) => code?.split(' ').includes(word) === true);

const reviewed = (facts: Facts): Counted => {
  const held = new Set(facts.filter(({ type }) => type === 'review.held').map(({ thing }) => thing));
  const started = new Set(facts.filter(({ type }) => type === 'programme.started').map(({ thing }) => thing));
  return { have: [...started].filter((thing) => held.has(thing)).length, of: started.size };
};

const current = (facts: Facts, on: IsoDate): Counted => {
  const last = facts.filter(({ type }) => type === 'destination.recorded').at(-1);
  return last === undefined ? NOBODY : { have: Number(last.until === null || last.until >= on), of: 1 };
};

const COUNTED: Readonly<Record<Measure, (facts: Facts, on: IsoDate) => Counted>> = {
  uln: gives(GIVES_ULN ?? ''),
  postcode: gives(GIVES_POSTCODE ?? ''),
  'date-of-birth': said(({ day }) => day !== null),
  review: reviewed,
  destination: current,
};

/** By agency and measure. */
class Completeness {
  readonly #on: IsoDate;
  readonly #agencies = new Map<AgencySlug, Map<Measure, Counts>>();

  constructor(on: IsoDate) {
    this.#on = on;
  }

  take(ofLearner: Facts): void {
    for (const [agency, facts] of Map.groupBy(ofLearner, ({ source }) => source))
      for (const measure of MEASURES) this.#add(agency, measure, COUNTED[measure](facts, this.#on));
  }

  rows(): readonly CompletenessRow[] {
    const agencies = [...this.#agencies].sort(([one], [other]) => (one < other ? -1 : 1));
    return agencies.flatMap(([agency, measures]) => [...measures].map(([measure, { have, of }]) => ({ agency, measure, have, of })));
  }

  #add(agency: AgencySlug, measure: Measure, { have, of }: Counted): void {
    const measures = this.#agencies.get(agency) ?? new Map<Measure, Counts>();
    this.#agencies.set(agency, measures);
    const counts = measures.get(measure) ?? { have: 0, of: 0 };
    measures.set(measure, { have: counts.have + have, of: counts.of + of });
  }
}

/** Read at once; others get their turn in between. */
const AT_ONCE = 2000;

/** What one agency said, or all. */
const learnersIn = async (
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

/** Of one agency's own words, or of every agency's. */
export const completenessOf = async (
  views: ViewReader,
  { source, on }: { readonly source?: AgencySlug; readonly on: IsoDate },
): Promise<{ readonly position: Position; readonly rows: readonly CompletenessRow[] }> => {
  const counted = new Completeness(on);
  const position = await learnersIn(views, source === undefined ? {} : { source }, (facts) => counted.take(facts));
  return { position, rows: counted.rows() };
};
