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
  /** With what was told when each came to count; undefined: what was said of link advisers since the last of all this. */
  readonly #groundedAdvisers = new Map<Told, Told | undefined>();
  /** Of what is about nobody, what was said before this is known. */
  #now = 0;

  constructor(town: Town, { told }: Person) {
    this.#town = town;
    for (const one of told) this.#take(one);
    this.#now = Infinity;
    while (this.#comesToCount(undefined));
  }

  #take(one: Told): void {
    this.#now = one.order;
    const stood = this.told.length === 0 || this.stands(one.by);
    this.told.push(one);
    if (stood) this.#counting.add(one);
    while (this.#comesToCount(one));
  }

  /** Whether anything came to count that did not: what follows from it may, too. */
  #comesToCount(now: Told | undefined): boolean {
    const before = this.#counting.size + this.#groundedAdvisers.size;
    for (const one of this.told) if (this.stands(one.by)) this.#counting.add(one);
    for (const one of this.told) if (this.#hasGround(one)) this.#groundedAdvisers.set(one, now);
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
    const last = [...this.#groundedAdvisers.keys()]
      .filter(({ data }) => data['role'] === role)
      .toSorted((one, other) => one.order - other.order)
      .at(-1);
    return last && !this.#hasEnded(last) ? last : undefined;
  }

  /**
   * Of an adviser who counted before another agency's of that role did: since when that one has the place, and until when whoever had it
   * last. What counts since nothing more was told counts from today.
   */
  displaced(assigned: Told, today: string): { readonly since: string; readonly until: string } | undefined {
    const { role } = assigned.data;
    const after = [...this.#groundedAdvisers.keys()].filter(({ order, data }) => order > assigned.order && data['role'] === role);
    const [next] = after.filter(({ by }) => by !== assigned.by).toSorted((one, other) => this.#turnOf(one) - this.#turnOf(other));
    if (role === 'dedicated-adviser' || next === undefined || this.#turnOf(assigned) >= this.#turnOf(next)) return undefined;
    const counted = this.#groundedAdvisers.get(next)?.toldOn ?? today;
    return { since: counted > next.toldOn ? counted : next.toldOn, until: this.#endOf(after) ?? '9999' };
  }

  #turnOf(assigned: Told): number {
    return this.#groundedAdvisers.get(assigned)?.order ?? Infinity;
  }

  #endOf(assigned: readonly Told[]): string | undefined {
    const last = assigned.toSorted((one, other) => one.order - other.order).at(-1);
    return this.told.find(
      ({ type, by, order, data }) =>
        type === 'learner.adviser-ended' && last?.by === by && order > last.order && data['role'] === last.data['role'],
    )?.toldOn;
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
    const { planning, agencies } = this.#town;
    return linkAdviserOf({ planning: planning.filter(({ order }) => order < this.#now), agencies }, provider);
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
