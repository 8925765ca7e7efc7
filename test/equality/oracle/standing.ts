// Who stands with a learner, and whose word counts (sharing-matrix.md, W1–W6), told event by event.
import type { Person } from './people.ts';
import { isResident } from './residence.ts';
import { type Agency, daysFrom, text, type Told } from './told.ts';

export interface Town {
  readonly agencies: ReadonlyMap<string, Agency>;
  /** About nobody, such as who is link adviser. */
  readonly planning: readonly Told[];
}

const AFTER_DAYS = 180;
const CAREERS_VOUCH = ['adviser.informed', 'follow-up.made', 'programme.signed-off'];

export class Standing {
  readonly #town: Town;
  readonly told: Told[] = [];
  /** Whose word counts: at once, or since its source came to stand. */
  readonly #counting = new Set<Told>();
  readonly #groundedAdvisers = new Set<Told>();

  constructor(town: Town, { told }: Person) {
    this.#town = town;
    for (const one of told) this.#take(one);
  }

  #take(one: Told): void {
    const stood = this.told.length === 0 || this.stands(one.by);
    this.told.push(one);
    if (stood) this.#counting.add(one);
    while (this.#comesToCount());
  }

  /** Whether anything came to count that did not: what follows from it may, too. */
  #comesToCount(): boolean {
    const before = this.#counting.size + this.#groundedAdvisers.size;
    for (const one of this.told) if (this.stands(one.by)) this.#counting.add(one);
    for (const one of this.told) if (this.#hasGround(one)) this.#groundedAdvisers.add(one);
    return this.#counting.size + this.#groundedAdvisers.size > before;
  }

  counts(one: Told): boolean {
    return this.#counting.has(one);
  }

  /** Those of a type that count. */
  counting(...types: readonly string[]): readonly Told[] {
    return this.told.filter((one) => types.includes(one.type) && this.counts(one));
  }

  stands(agency: string): boolean {
    return (
      this.isFounder(agency) ||
      this.isResidentArea(agency) ||
      this.isReferredTo(agency) ||
      this.isEnrolled(agency) ||
      this.isAdviser(agency) ||
      this.#isConfirmed(agency)
    );
  }

  /** By a relationship of the table, not as founder alone. */
  isTied(agency: string): boolean {
    return this.isResidentArea(agency) || this.isReferredTo(agency) || this.isEnrolled(agency) || this.isAdviser(agency);
  }

  isFounder(agency: string): boolean {
    return this.told[0]?.by === agency;
  }

  isResidentArea(agency: string): boolean {
    return isResident(agency, [...this.#town.agencies.values()], this.counting('learner.registered', 'learner.corrected'));
  }

  #isConfirmed(agency: string): boolean {
    return this.counting('tie.confirmed').some(({ data }) => data['agency'] === agency);
  }

  /** Referrals by others naming it that count, answered or not. */
  referralsTo(agency: string): readonly Told[] {
    return this.counting('referral.made').filter(({ by, data }) => by !== agency && data['to'] === agency);
  }

  /** Declined by the agency named, or withdrawn by the referrer. */
  isShut({ by, order, data: { referralId, to } }: Told): boolean {
    return this.told.some(
      (one) =>
        one.order > order &&
        one.data['referralId'] === referralId &&
        ((one.type === 'referral.declined' && one.by === to) || (one.type === 'referral.withdrawn' && one.by === by)),
    );
  }

  isReferredTo(agency: string): boolean {
    return this.referralsTo(agency).some((one) => !this.isShut(one) && !this.#startsOf(agency).some(({ order }) => order > one.order));
  }

  #startsOf(agency: string): readonly Told[] {
    return this.told.filter(({ type, by }) => type === 'programme.started' && by === agency);
  }

  isEnrolled(agency: string): boolean {
    return this.#startsOf(agency).some((start) => this.isVouched(start));
  }

  isHome(agency: string): boolean {
    const courses = ['school-course', 'fe-course'];
    return this.#startsOf(agency).some((start) => courses.includes(text(start.data, 'kind') ?? '') && this.isVouched(start));
  }

  isVouched(start: Told): boolean {
    const isOf = ({ data }: Told): boolean =>
      data['programmeId'] === start.data['programmeId'] && [undefined, start.by].includes(text(data, 'of'));
    const referred = this.referralsTo(start.by).some(
      (one) => one.order < start.order && !this.isShut(one) && daysFrom(one.toldOn, start.toldOn) <= AFTER_DAYS,
    );
    return referred || this.counting(...CAREERS_VOUCH).some(isOf) || this.#isPlaced(start.by) || this.#isConfirmed(start.by);
  }

  #isPlaced(agency: string): boolean {
    return this.counting('application.placed').some(({ data }) => JSON.stringify(data['choices']).includes(`"${agency}"`));
  }

  /** It referred the learner to where that programme began, on the day of the referral or later. */
  isReferrerOf(agency: string, start: Told): boolean {
    const startedOn = text(start.data, 'startedOn') ?? '';
    return this.counting('referral.made').some(({ by, data, toldOn }) => by === agency && data['to'] === start.by && startedOn >= toldOn);
  }

  isAppliedTo(agency: string): boolean {
    return this.counting('application.submitted').some(
      ({ by, data }) => by !== agency && JSON.stringify(data['choices']).includes(`"${agency}"`),
    );
  }

  #hasGround(one: Told): boolean {
    const { type, by } = one;
    if (type !== 'learner.adviser-assigned' || this.#groundedAdvisers.has(one)) return false;
    if (this.isResidentArea(by) || this.isReferredTo(by) || this.isLinkFor(by)) return true;
    const undisturbed = this.told.every((other) => other.by === by || !this.stands(other.by) || this.#isGuestOf(by, other.by));
    return this.isFounder(by) && undisturbed;
  }

  /** Stands by the founder's own word alone. */
  #isGuestOf(founder: string, guest: string): boolean {
    return !this.isResidentArea(guest) && this.referralsTo(guest).every(({ by }) => by === founder);
  }

  /** The last of a role that counts and has not ended. */
  adviser(role: string): Told | undefined {
    const last = [...this.#groundedAdvisers]
      .filter(({ data }) => data['role'] === role)
      .toSorted((one, other) => one.order - other.order)
      .at(-1);
    return last && !this.#hasEnded(last) ? last : undefined;
  }

  /** Of an adviser who had a ground: since when another agency's of that role has the place, and until when whoever had it last. */
  displaced(assigned: Told): { readonly since: string; readonly until: string } | undefined {
    const { role } = assigned.data;
    if (!this.#groundedAdvisers.has(assigned) || role === 'dedicated-adviser') return undefined;
    const after = [...this.#groundedAdvisers]
      .filter((one) => one.order > assigned.order && one.data['role'] === role)
      .toSorted((one, other) => one.order - other.order);
    const next = after.find(({ by }) => by !== assigned.by);
    const last = after.at(-1);
    const end = this.told.find(
      (one) => last && one.type === 'learner.adviser-ended' && one.by === last.by && one.order > last.order && one.data['role'] === role,
    );
    return next && { since: next.toldOn, until: end?.toldOn ?? '9999' };
  }

  #hasEnded({ by, order, data: { role } }: Told): boolean {
    return this.counting('learner.adviser-ended').some((one) => one.by === by && one.order > order && one.data['role'] === role);
  }

  isAdviser(agency: string): boolean {
    return ['personal-adviser', 'link-adviser'].some((role) => this.adviser(role)?.by === agency);
  }

  /** Of a provider with which the learner is enrolled, where the provider confirmed it or the register gives both a district. */
  isLinkFor(agency: string): boolean {
    const starts = this.told.filter(({ type }) => type === 'programme.started');
    return starts.some(({ by }) => this.linkOf(by) === agency && this.isEnrolled(by));
  }

  linkOf(provider: string): string | undefined {
    return linkAdviserOf(this.#town, provider);
  }
}

/** The agency that assigned itself last as link adviser, and is that by the provider's word or by the register of districts. */
export const linkAdviserOf = ({ planning, agencies }: Town, provider: string, on = '9999'): string | undefined => {
  const told = planning.filter(({ toldOn }) => toldOn <= on);
  const districtsOf = (slug: string): readonly string[] => agencies.get(slug)?.districts ?? [];
  const isConfirmed = (by: string): boolean =>
    told.some((one) => one.type === 'link-adviser.confirmed' && one.by === provider && one.data['by'] === by) ||
    districtsOf(by).some((district) => districtsOf(provider).includes(district));
  return told.filter(({ type, by, data }) => type === 'link-adviser.assigned' && data['provider'] === provider && isConfirmed(by)).at(-1)
    ?.by;
};
