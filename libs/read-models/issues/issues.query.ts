// Of whom a rule finds something, as the view has it ready; what the asker may see of it, the gate decides.
import type { Found, FoundRow, RowQuery, ViewReader } from '../engine/index.ts';
import { chosenRows, mergedPages, type Partnership, type Place, type Proposal, type Proposed, type Proposing } from '../lists/index.ts';
import { listedProvision } from '../provision/index.ts';
import { besideOthers, conditionsTable, EVERYBODY, foundTable, issuesView } from './issues.view.ts';
import { holdsOf } from './lasting-findings.ts';
import { type Circumstances, LACKING, rankOf, type Severity } from './rules.ts';
import { statedElsewhere } from './stated-elsewhere.ts';

/** Of a row the view found that its provision is not listed. */
export const circumstancesOf = ({ on, partnership }: { readonly on: string; readonly partnership: Partnership }): Circumstances => ({
  on,
  mayAnswer: (agency) => partnership.mayTell(agency, 'referral.accepted'),
  isListed: () => false,
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

/** What an agency is told of follows from its own words, and from those of others that it may see beside them; its own come first. */
const wordsFor = ({ asker }: Proposing): readonly string[] =>
  asker.office === undefined ? [asker.slug, besideOthers(asker.slug)] : [EVERYBODY];

/** Read at once; others get their turn in between. */
const AT_ONCE = 2000;

/** On which findings of these words rest besides, and which do not hold. */
const notHolding = async (views: ViewReader, asked: Proposing, words: string): Promise<readonly string[]> => {
  const [found, order]: [string[], readonly ['unless']] = [[], ['unless']];
  for (let last = ''; ;) {
    const { rows } = await views.rows(issuesView, conditionsTable, { where: { words }, order, after: [last], limit: AT_ONCE });
    found.push(...rows.map(({ unless }) => unless));
    last = rows.at(-1)?.unless ?? '';
    if (rows.length < AT_ONCE) break;
  }
  if (found.length === 0) return found;
  const listed = await listedProvision(views);
  const holds = holdsOf({ ...circumstancesOf(asked), isListed: (word) => listed.has(word) });
  return found.filter((unless) => !holds(unless));
};

const chosenIn = ({ chosen: { rule, severity, agency } }: Proposing): RowQuery<typeof foundTable>['where'] => ({
  ...(rule !== undefined && { rule }),
  ...(severity !== undefined && { rank: rankOf(severity as Severity) }),
  ...(agency !== undefined && { source: agency }),
});

type IsChosen = ((row: Row) => boolean) | undefined;

const waivedAsAsked = ({ chosen: { state }, partnership }: Proposing): IsChosen =>
  state === undefined ? undefined : ({ rule, position }) => (state === 'waived') === partnership.isWaived({ rule, position });

const foundBy = (views: ViewReader, asked: Proposing, made: Pick<Row, 'words' | 'unless'>): Promise<Proposed> => {
  const { on } = asked;
  const where = { ...made, ...chosenIn(asked) };
  const query = {
    where,
    between: { from_day: { to: on }, to_day: { from: on } },
    order: ['rank', 'known_at', 'position', 'rule'],
  } as const;
  const read = (limit: number, after: Place | undefined): Promise<Found<Row>> =>
    views.rows(issuesView, foundTable, { ...query, limit, ...(after && { after }) });
  return chosenRows({ read, proposalOf, isChosen: waivedAsAsked(asked) }, asked);
};

/** What is missing may stand in another record of the same person: to an agency by its own word, to the data manager by any that stands. */
const besideElsewhere = async (views: ViewReader, { asker }: Proposing, proposal: Proposal): Promise<Proposal> => {
  const gives = LACKING[proposal.about ?? ''];
  if (gives === undefined) return proposal;
  const source = asker.office === undefined ? asker.slug : undefined;
  const elsewhere = await statedElsewhere(views, { learner: proposal.learner, gives, source });
  return { ...proposal, ...(elsewhere.length > 0 && { elsewhere }) };
};

/** What blocks first, then by the day on which it came to be known. */
export const proposeIssues = async (views: ViewReader, asked: Proposing): Promise<Proposed> => {
  const pages = wordsFor(asked).map(async (words) => {
    const conditions = ['', ...(await notHolding(views, asked, words))];
    return Promise.all(conditions.map((unless) => foundBy(views, asked, { words, unless })));
  });
  const { position, candidates } = mergedPages((await Promise.all(pages)).flat(), { limit: asked.limit });
  return { position, candidates: await Promise.all(candidates.map((one) => besideElsewhere(views, asked, one))) };
};
