// How many looks an agency's days had, which they were, and on which days some of them were.
import type { Proposed } from '#disclosure';
import type { AgencySlug, IsoDate, Position } from '#kernel';
import type { Found, RowOf, ViewReader } from '../engine/index.ts';
import { flowsView, looked, lookedDays } from './flows.view.ts';

/** Days in London, both inclusive. */
interface Days {
  readonly agency: AgencySlug;
  readonly from: IsoDate;
  readonly to: IsoDate;
}

const A_LIFETIME = 100_000;
/** More than may have told anything of one learner. */
const MOST_AGENCIES = 1_000;

/** Those with a look, in order. */
export const countAgencyLooks = (views: ViewReader, { agency, from, to }: Days): Promise<Found<RowOf<typeof lookedDays>>> =>
  views.rows(flowsView, lookedDays, { where: { agency }, between: { day: { from, to } }, order: 'day', limit: A_LIFETIME });

/** The latest first, those before a position. */
export const proposeAgencyLooks = async (
  views: ViewReader,
  {
    agency,
    day,
    before,
    limit,
  }: { readonly agency: AgencySlug; readonly day: IsoDate; readonly before?: Position; readonly limit: number },
): Promise<readonly Proposed[]> => {
  const place = before === undefined ? {} : { after: before };
  const { rows } = await views.rows(flowsView, looked, {
    where: { agency, day },
    order: 'position',
    newestFirst: true,
    ...place,
    limit,
  });
  return rows.map(({ position, learner }) => ({ position, learner }));
};

/** The day of the decision at that position, where it is a look of the agency's affair. */
export const dayOfAgencyLook = async (
  views: ViewReader,
  { agency, position }: { readonly agency: AgencySlug; readonly position: Position },
): Promise<IsoDate | undefined> => {
  // By the position alone: beside it the agency would have SQLite go through all of its looks.
  const { rows } = await views.rows(flowsView, looked, { where: { position }, order: 'agency', limit: MOST_AGENCIES });
  return rows.find((row) => row.agency === agency)?.day;
};
