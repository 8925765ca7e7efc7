// Whose a duty is (views.md, part 4). Pure.
import type { Role } from '#catalogue';
import type { AgencySlug } from '#kernel';
import type { DutyEvent, DutyReckoning } from './duties.ts';
import { type TriggeredDuty, triggerOf } from './duty-types.ts';

export interface DutyParties {
  /** Agency of the responsible adviser; undefined where the learner has none. */
  readonly responsible: AgencySlug | undefined;
  /** Whose adviser is a provider's link adviser. */
  readonly linkAdviserOf: (provider: AgencySlug) => AgencySlug | undefined;
  /** Agencies that have recorded something of the learner. */
  readonly sources: readonly AgencySlug[];
  readonly rolesOf: (agency: AgencySlug) => readonly Role[];
}

type RolesOf = DutyParties['rolesOf'];

/** Where programmes run: a duty about one is its source's. */
const WHERE_LEARNING: readonly Role[] = ['provider', 'college', 'school'];

const hasOne = (slug: AgencySlug | undefined, roles: readonly Role[], rolesOf: RolesOf): slug is AgencySlug =>
  slug !== undefined && rolesOf(slug).some((role) => roles.includes(role));

/** Whom the event itself names; of a referral that lapsed, whoever did not answer has to do nothing more. */
const namedIn = ({ duty, trigger }: TriggeredDuty): AgencySlug | undefined => {
  if (trigger.type !== triggerOf(duty)) return undefined;
  const { to, about } = trigger.data;
  return [to, about].find((slug) => typeof slug === 'string');
};

/** It bears it alone. */
const namedBearer = (one: TriggeredDuty, rolesOf: RolesOf): AgencySlug | undefined => {
  const named = namedIn(one);
  return hasOne(named, one.duty.who, rolesOf) ? named : undefined;
};

const isDoneBy = ({ duty }: TriggeredDuty, type: string): boolean => duty.dischargedBy.includes(type);

/** Nobody answers for another: where whoever is asked holds no role of the duty, it is nobody's. */
const isAnswer = (one: TriggeredDuty): boolean => isDoneBy(one, 'referral.accepted');

/** To find an adviser for whoever came to a provider is its link adviser's (views.md, S5). */
const linkAdviserIn = (
  one: TriggeredDuty,
  { linkAdviserOf, rolesOf }: Pick<DutyParties, 'linkAdviserOf' | 'rolesOf'>,
): AgencySlug | undefined => {
  const to = isDoneBy(one, 'learner.adviser-assigned') ? namedIn(one) : undefined;
  const linked = to === undefined ? undefined : linkAdviserOf(to);
  return hasOne(linked, one.duty.who, rolesOf) ? linked : undefined;
};

/** A service to which a learner is handed over has to find an adviser of its own. */
export const handedTo = (one: TriggeredDuty, rolesOf: RolesOf): AgencySlug | undefined =>
  isDoneBy(one, 'learner.adviser-assigned') ? namedBearer(one, rolesOf) : undefined;

/** Whether it is the responsible adviser's, whoever that is on a day, as far as it is of no other role. */
export const isAdvisers = (one: TriggeredDuty, rolesOf: RolesOf): boolean =>
  one.duty.who.includes('connexions') && !isAnswer(one) && namedBearer(one, rolesOf) === undefined;

/**
 * Of the duty's roles: the agency that the triggering event names; else for connexions the agency of the responsible adviser, or, where
 * there is none whose adviser left, that agency; where learning happens the source of the programme; and of other roles those who have to
 * do with the learner.
 */
export const bearersOf = (one: TriggeredDuty, reckoning: DutyReckoning, parties: DutyParties): readonly AgencySlug[] => {
  const { duty, trigger } = one;
  const { rolesOf } = parties;
  const alone = namedBearer(one, rolesOf) ?? linkAdviserIn(one, parties);
  if (alone !== undefined || isAnswer(one)) return alone === undefined ? [] : [alone];
  const ofRole = (role: Role): readonly (AgencySlug | undefined)[] => {
    if (role === 'connexions') return [parties.responsible ?? leftBy(trigger)];
    return WHERE_LEARNING.includes(role) ? placesOf(one, reckoning) : parties.sources;
  };
  return [...new Set(duty.who.flatMap((role) => ofRole(role).filter((slug) => hasOne(slug, [role], rolesOf))))];
};

const leftBy = ({ type, source }: DutyEvent): AgencySlug | undefined => (type === 'learner.adviser-ended' ? source : undefined);

/** Who runs the programme that the event is about, or those that go on; of what is about none, who said it. */
const placesOf = (one: TriggeredDuty, reckoning: DutyReckoning): readonly (AgencySlug | undefined)[] => {
  const { duty, trigger } = one;
  if (duty.while === 'on-programme') return reckoning.placesOf(one);
  return [trigger.data['programmeId'] === undefined ? trigger.source : reckoning.ownerOf(trigger, 'programmeId')];
};
