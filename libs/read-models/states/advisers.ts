// Who advises a learner, as far as one may see.
import { currentOfRole } from '#duties';
import type { IsoDate } from '#kernel';
import { isBy, type SeenItem, type SeenItems } from '../lists/index.ts';

/** Roles that link a learner to a service, in the order of responsibility: a key worker or mentor sees what their provider sees. */
export const ADVISER_ROLES = ['personal-adviser', 'dedicated-adviser', 'link-adviser'] as const;

export type Assigned = SeenItem<'learner.adviser-assigned'>;

/** What somebody who does not stand with the learner said of an adviser assigns none. */
export const isAdviser = ({ confirmed, data: { role } }: Assigned): boolean => confirmed && ADVISER_ROLES.some((one) => one === role);

/** The day on which it ended, by that day. Only who assigned an adviser ends it. */
export const endOf = ({ data: { role }, source: by, place }: Assigned, seen: SeenItems, on: IsoDate): IsoDate | undefined =>
  seen
    .of('learner.adviser-ended')
    .find(({ data, source, place: ended }) => ended > place && source === by && data.role === role && isBy(data.on, on))?.data.on;

/** Whatever agency's they are: the current one of each role, the responsible first (views.md, V10 and part 4). */
export const advisersIn = (seen: SeenItems, on: IsoDate): readonly Assigned[] => {
  const all = seen.of('learner.adviser-assigned').filter(isAdviser);
  return ADVISER_ROLES.flatMap((role) => {
    const inRole = all.filter(({ data }) => data.role === role);
    return currentOfRole(role, inRole, (one) => endOf(one, seen, on) !== undefined) ?? [];
  });
};

/** The one who is responsible. */
export const adviserIn = (seen: SeenItems, on: IsoDate): Assigned | undefined => advisersIn(seen, on)[0];
