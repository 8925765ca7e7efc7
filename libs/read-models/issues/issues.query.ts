// Of whom a rule finds something, as the view has it ready; what the asker may see of it, the gate decides.
import type { Found, FoundRow, RowQuery, ViewReader } from '../engine/index.ts';
import { chosenRows, mergedPages, type Partnership, type Place, type Proposal, type Proposed, type Proposing } from '../lists/index.ts';
import { type Circumstances, rankOf, type Severity } from './rules.ts';
import { EVERYBODY, foundTable, issuesView } from './issues.view.ts';

export const circumstancesOf = ({ on, partnership }: { readonly on: string; readonly partnership: Partnership }): Circumstances => ({
  on,
  mayAnswer: (agency) => partnership.mayTell(agency, 'referral.accepted'),
});

type Row = FoundRow<typeof foundTable>;

const proposalOf = ({ learner, revision, beside, known_at: knownAt, position, rule, rank }: Row): Proposal => ({
  learner,
  anchor: revision,
  only: [revision, ...beside.split(' ').flatMap((place) => (place === '' ? [] : [Number(place)]))],
  knownAt,
  position,
  about: rule,
  place: [rank, knownAt, position, rule],
});

/** What an agency is told of follows from its own words alone. */
const wordsFor = ({ asker }: Proposing): string => (asker.office === undefined ? asker.slug : EVERYBODY);

const LAST = [Number.MAX_SAFE_INTEGER, 0, 0, '', '', 0, ''] as const;

/** Of the agencies on whose being no party something rests, those that are none. Each is found behind the one before. */
const nonParties = async (views: ViewReader, asked: Proposing): Promise<readonly string[]> => {
  const { mayAnswer } = circumstancesOf(asked);
  const [found, words]: [string[], string] = [[], wordsFor(asked)];
  const order = ['unless_answers', 'rank', 'known_at', 'position', 'rule', 'learner', 'revision', 'from_day'] as const;
  for (let last = ''; ;) {
    const { rows } = await views.rows(issuesView, foundTable, { where: { words }, order, after: [last, ...LAST], limit: 1 });
    const [next] = rows;
    if (next === undefined) return found;
    last = next.unless_answers;
    if (!mayAnswer(last)) found.push(last);
  }
};

const chosenIn = ({ chosen: { rule, severity, agency } }: Proposing): RowQuery<typeof foundTable>['where'] => ({
  ...(rule !== undefined && { rule }),
  ...(severity !== undefined && { rank: rankOf(severity as Severity) }),
  ...(agency !== undefined && { source: agency }),
});

type IsChosen = ((row: Row) => boolean) | undefined;

const waivedAsAsked = ({ chosen: { state }, partnership }: Proposing): IsChosen =>
  state === undefined ? undefined : ({ rule, position }) => (state === 'waived') === partnership.isWaived({ rule, position });

const foundBy = (views: ViewReader, asked: Proposing, unlessAnswers: string): Promise<Proposed> => {
  const { on } = asked;
  const where = { words: wordsFor(asked), unless_answers: unlessAnswers, ...chosenIn(asked) };
  const query = {
    where,
    between: { from_day: { to: on }, to_day: { from: on } },
    order: ['rank', 'known_at', 'position', 'rule'],
  } as const;
  const read = (limit: number, after: Place | undefined): Promise<Found<Row>> =>
    views.rows(issuesView, foundTable, { ...query, limit, ...(after && { after }) });
  return chosenRows({ read, proposalOf, isChosen: waivedAsAsked(asked) }, asked);
};

/** What blocks first, then by the day on which it came to be known. */
export const proposeIssues = async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
  const agencies = ['', ...(await nonParties(views, asked))];
  const pages = await Promise.all(agencies.map((agency) => foundBy(views, asked, agency)));
  return mergedPages(pages, { limit: asked.limit });
};
