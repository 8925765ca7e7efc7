// Whose a duty is (views.md, part 4). Pure.
import type { Role } from '#catalogue';
import type { AgencySlug } from '#kernel';
import type { DutyEvent, DutyOfEvent, DutyReckoning } from './duties.ts';

export interface DutyParties {
  /** Agency of the responsible adviser; undefined where the learner has none. */
  readonly responsible: AgencySlug | undefined;
  /** Agencies that have recorded something of the learner. */
  readonly sources: readonly AgencySlug[];
  readonly rolesOf: (agency: AgencySlug) => readonly Role[];
}

/** Where programmes run: a duty about one is its source's. */
const WHERE_LEARNING: readonly Role[] = ['provider', 'college', 'school'];

/** An agency that the event itself names bears it alone. */
const namedIn = ({ data: { to, about } }: DutyEvent): AgencySlug | undefined => [to, about].find((slug) => typeof slug === 'string');

/** Whether it is the responsible adviser's, whoever that is on a day, as far as it is of no other role. */
export const isAdvisers = ({ duty: { who }, trigger }: DutyOfEvent, rolesOf: DutyParties['rolesOf']): boolean => {
  const named = namedIn(trigger);
  return who.includes('connexions') && !(named !== undefined && rolesOf(named).some((role) => who.includes(role)));
};

/**
 * Of the duty's roles: the agency that the triggering event names; else for connexions the agency of the responsible adviser, where
 * learning happens the source of the programme, and of other roles those who have to do with the learner.
 */
export const bearersOf = ({ duty, trigger }: DutyOfEvent, reckoning: DutyReckoning, parties: DutyParties): readonly AgencySlug[] => {
  const has = (slug: AgencySlug | undefined, roles: readonly Role[]): slug is AgencySlug =>
    slug !== undefined && parties.rolesOf(slug).some((role) => roles.includes(role));
  const named = namedIn(trigger);
  if (has(named, duty.who)) return [named];
  const ofRole = (role: Role): readonly (AgencySlug | undefined)[] => {
    if (role === 'connexions') return [parties.responsible];
    return WHERE_LEARNING.includes(role) ? [programmeSource(trigger, reckoning)] : parties.sources;
  };
  return [...new Set(duty.who.flatMap((role) => ofRole(role).filter((slug) => has(slug, [role]))))];
};

/** Who runs the programme that the event is about; of what is about none, who said it. */
const programmeSource = (trigger: DutyEvent, reckoning: DutyReckoning): AgencySlug | undefined =>
  trigger.data['programmeId'] === undefined ? trigger.source : reckoning.ownerOf(trigger, 'programmeId');
