// Who advises a learner, as far as one may see.
import type { IsoDate } from '#kernel';
import { isBy, type SeenItem, type SeenItems } from '../lists/index.ts';

/** Roles that link a learner to a service: a key worker or mentor sees what their provider sees. */
export const ADVISER_ROLES = ['personal-adviser', 'dedicated-adviser', 'link-adviser'] as const;

export type Assigned = SeenItem<'learner.adviser-assigned'>;

/** What somebody who does not stand with the learner said of an adviser assigns none. */
export const isAdviser = ({ confirmed, data: { role } }: Assigned): boolean => confirmed && ADVISER_ROLES.some((one) => one === role);

/** The day on which it ended, by that day. */
export const endOf = ({ data: { role }, place }: Assigned, seen: SeenItems, on: IsoDate): IsoDate | undefined =>
  seen.of('learner.adviser-ended').find(({ data, place: ended }) => ended > place && data.role === role && isBy(data.on, on))?.data.on;

/** Whatever agency's adviser it is: the last who was assigned and has not ended. */
export const adviserIn = (seen: SeenItems, on: IsoDate): Assigned | undefined =>
  seen
    .of('learner.adviser-assigned')
    .filter((assigned) => isAdviser(assigned) && endOf(assigned, seen, on) === undefined)
    .at(-1);
