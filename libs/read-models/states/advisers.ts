// Who advises a learner, as far as one may see.
import type { AgencySlug, IsoDate } from '#kernel';
import { compareDays, isBy, type Partnership, type SeenItem, type SeenItems } from '../lists/index.ts';
import { isRunning, programmesIn } from './programmes.ts';

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

/** Who is responsible for a learner, so that what an adviser has to do is somebody's (views.md, part 4). */
export interface Responsible {
  readonly agency: AgencySlug;
  /** Nobody was assigned: the link adviser of where the learner is stands in (E2E p. 15). */
  readonly byFallback: boolean;
}

/** By role, a personal adviser first; else the link adviser of the provider of the latest current programme. */
export const responsibleIn = (
  seen: SeenItems,
  on: IsoDate,
  { linkAdviserOf }: Pick<Partnership, 'linkAdviserOf'>,
): Responsible | undefined => {
  const current = seen.of('learner.adviser-assigned').filter((assigned) => isAdviser(assigned) && endOf(assigned, seen, on) === undefined);
  for (const role of ADVISER_ROLES) {
    const agency = current.findLast(({ data }) => data.role === role)?.source;
    if (agency !== undefined) return { agency, byFallback: false };
  }
  const [latest] = programmesIn(seen, on)
    .filter(isRunning)
    .sort((one, other) => compareDays(other.startedOn, one.startedOn));
  const agency = latest?.of ? linkAdviserOf(latest.of) : undefined;
  return agency === undefined ? undefined : { agency, byFallback: true };
};
