// A duty as it stands for one agency: whose it is, and by when. What the responsible adviser has to do passes on with who is responsible
// (views.md, part 4; ADR 74). Pure.
import type { AgencySlug, IsoDate } from '#kernel';
import { bearersOf, type DutyParties, isAdvisers } from './bearers.ts';
import type { DutyInstance, DutyReckoning, TriggeredDuty } from './duties.ts';
import type { Responsibility } from './responsibility.ts';

/** Who may have to do something about a learner. */
export interface Bearers {
  readonly reckoning: DutyReckoning;
  readonly responsibility: Responsibility;
  /** Agencies that have recorded something of the learner. */
  readonly sources: readonly AgencySlug[];
  readonly rolesOf: DutyParties['rolesOf'];
}

export interface BorneDuty {
  readonly instance: DutyInstance;
  readonly bearers: readonly AgencySlug[];
  /** It is the asking agency's because its link adviser stands in where nobody was assigned. */
  readonly byFallback: boolean;
}

/** The last day on which it may pass to somebody else: what was done or void by then passes to nobody any more. */
export const lastDayOf = (settledOn: IsoDate | undefined, toldOn: IsoDate, on: IsoDate): IsoDate => {
  const last = settledOn === undefined || settledOn > on ? on : settledOn;
  return last < toldOn ? toldOn : last;
};

/** Whether it may be that agency's, whoever is responsible. */
export const mayBeOf = (one: TriggeredDuty, agency: AgencySlug, { reckoning, responsibility: _, ...parties }: Bearers): boolean =>
  (isAdvisers(one, parties.rolesOf) && parties.rolesOf(agency).includes('connexions')) ||
  bearersOf(one, reckoning, { ...parties, responsible: undefined }).includes(agency);

/** Of a duty of several agencies each has its own last day; whoever has not to do it is told of the first. */
export const dutyOf = (one: TriggeredDuty, asker: AgencySlug, by: Bearers): BorneDuty => {
  const { reckoning, responsibility } = by;
  const outcome = reckoning.outcomeOf(one);
  const to = lastDayOf(outcome.settledOn, one.toldOn, reckoning.on);
  const responsible = responsibility.on(to);
  const bearers = bearersOf(one, reckoning, { ...by, responsible: responsible?.agency });
  const others = bearersOf(one, reckoning, { ...by, responsible: undefined });
  const isAsAdviser = isBorneAlone(asker, bearers, others);
  const isPassedOn = others.length === 0 ? isAdvisers(one, by.rolesOf) : isAsAdviser;
  const due = isPassedOn ? responsibility.dueOf(one.time.due, one.toldOn, to) : one.time.due;
  return { instance: reckoning.standing(one, due, outcome), bearers, byFallback: isAsAdviser && responsible?.byFallback === true };
};

/** By whoever is responsible, and by nothing else. */
const isBorneAlone = (asker: AgencySlug, bearers: readonly AgencySlug[], others: readonly AgencySlug[]): boolean =>
  bearers.includes(asker) && !others.includes(asker);
