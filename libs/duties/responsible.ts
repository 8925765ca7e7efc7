// Who is responsible for a learner, so that what an adviser has to do is somebody's (views.md, part 4). Pure.
import type { AgencySlug, IsoDate } from '#kernel';
import type { DutyEvent } from './duties.ts';
import { ENDINGS } from './duty-types.ts';

export interface ResponsibleAdviser {
  readonly agency: AgencySlug;
  /** Nobody was assigned: the link adviser of where the learner is stands in (E2E p. 15). */
  readonly byFallback: boolean;
}

/** Some agency of which whoever asks may see no more than that it is another. */
export const SOMEBODY_ELSE: AgencySlug = '';

/** Roles that link a learner to a service, the first of them before the others. */
const ROLES = ['personal-adviser', 'dedicated-adviser', 'link-adviser'];
/** There may be several, who displace nobody. */
const DISPLACE_NOBODY = ['dedicated-adviser', 'key-worker', 'mentor'];

/**
 * Of assignments to one role, in order: the last, unless that one has ended. Whoever was displaced stays so when the next one ends; of
 * those who displace nobody the last that has not ended (sharing-matrix.md, adviser-for).
 */
export const currentOfRole = <Assigned>(
  role: string,
  inRole: readonly Assigned[],
  isEnded: (assigned: Assigned) => boolean,
): Assigned | undefined => {
  if (DISPLACE_NOBODY.includes(role)) return inRole.findLast((one) => !isEnded(one));
  const last = inRole.at(-1);
  return last === undefined || isEnded(last) ? undefined : last;
};

const textIn = ({ data }: DutyEvent, name: string): string => {
  const value = data[name];
  return typeof value === 'string' ? value : '';
};

/** Whose adviser was a provider's link adviser at the end of a day. */
export type LinkAdviserOn = (provider: AgencySlug, on: IsoDate) => AgencySlug | undefined;

/** By role, a personal adviser first; else the link adviser of the provider of the latest current programme. */
export const responsibleAmong = (
  events: readonly DutyEvent[],
  on: IsoDate,
  linkAdviserOf: LinkAdviserOn,
): ResponsibleAdviser | undefined => {
  const inOrder = [...events].sort((one, other) => one.place - other.place);
  const assigned = inOrder.filter(({ type, confirmed }) => type === 'learner.adviser-assigned' && confirmed !== false);
  for (const role of ROLES) {
    const inRole = assigned.filter((event) => textIn(event, 'role') === role);
    const agency = agencyOfRole(role, inRole, { events: inOrder, on });
    if (agency !== undefined) return { agency, byFallback: false };
  }
  const provider = latestRunning(inOrder, on)?.source;
  const agency = provider === undefined ? undefined : linkAdviserOf(provider, on);
  return agency === undefined ? undefined : { agency, byFallback: true };
};

interface ToldBy {
  readonly events: readonly DutyEvent[];
  readonly on: IsoDate;
}

/** Somebody else, as long as another agency has the place of one's own. */
const agencyOfRole = (role: string, inRole: readonly DutyEvent[], { events, on }: ToldBy): AgencySlug | undefined => {
  const { since = '9999-12-31', until = '9999-12-31' } = inRole.at(-1)?.displaced ?? {};
  if (on < since) return currentOfRole(role, inRole, (event) => hasEnded(event, events, on))?.source;
  return on < until ? SOMEBODY_ELSE : undefined;
};

/** Only who assigned an adviser ends it. */
const hasEnded = (assigned: DutyEvent, events: readonly DutyEvent[], on: IsoDate): boolean =>
  events.some(
    (event) =>
      event.type === 'learner.adviser-ended' &&
      event.source === assigned.source &&
      event.place > assigned.place &&
      textIn(event, 'role') === textIn(assigned, 'role') &&
      textIn(event, 'on') <= on,
  );

/** Of those that began last on one day, the one recorded first. */
const latestRunning = (events: readonly DutyEvent[], on: IsoDate): DutyEvent | undefined =>
  events
    .filter((event) => event.type === 'programme.started' && textIn(event, 'startedOn') <= on && !isOver(event, events, on))
    .sort((one, other) =>
      textIn(one, 'startedOn') > textIn(other, 'startedOn') ? -1 : Number(one.data['startedOn'] !== other.data['startedOn']),
    )[0];

const isOver = (started: DutyEvent, events: readonly DutyEvent[], on: IsoDate): boolean =>
  events.some(
    (event) =>
      ENDINGS.includes(event.type) &&
      textIn(event, 'programmeId') === textIn(started, 'programmeId') &&
      (event.data['of'] === undefined || event.data['of'] === started.source) &&
      textIn(event, event.type === 'programme.left-early' ? 'leftOn' : 'on') <= on,
  );
