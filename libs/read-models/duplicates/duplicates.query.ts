// Whose award was recorded before: of each learner the later ones, learner by learner. An agency is told of what it recorded twice itself.
import type { Found, RowOf, ViewReader } from '../engine/index.ts';
import { chosenRows, type Place, type Proposal, type Proposed, type Proposing } from '../lists/index.ts';
import { again, duplicatesView, EVERYBODY } from './duplicates.view.ts';

type Row = RowOf<typeof again>;

const proposalOf = ({ learner, revision: anchor, first, known_at: knownAt, position }: Row): Proposal => ({
  ...{ learner, anchor, only: [first, anchor], knownAt, position, place: [learner, anchor] },
});

/** Both filters follow from the two events. */
const chosenIn = ({ chosen: { agency, state }, partnership }: Proposing): ((row: Row) => boolean) | undefined => {
  if (agency === undefined && state === undefined) return undefined;
  const isWaived = ({ position }: Row): boolean => partnership.isWaived({ rule: 'achievement-twice', position });
  return (row) =>
    (agency === undefined || row.sources.split(' ').includes(agency)) && (state === undefined || (state === 'waived') === isWaived(row));
};

export const proposeDuplicates = (views: ViewReader, asked: Proposing): Promise<Proposed> => {
  const where = { words: asked.asker.office === undefined ? asked.asker.slug : EVERYBODY };
  const read = (limit: number, after: Place | undefined): Promise<Found<Row>> =>
    views.rows(duplicatesView, again, { where, order: ['learner', 'revision'], limit, ...(after && { after }) });
  return chosenRows({ read, proposalOf, isChosen: chosenIn(asked) }, asked);
};
