// Whether a relationship holds between an agency and a person, for one clause and one item.
import type { Relationship } from './matrix.ts';
import type { Standing } from './standing.ts';
import { type Agency, text, type Told } from './told.ts';

export interface TieFor {
  readonly clause: string;
  /** None: the merged identity. */
  readonly told: Told | undefined;
}

/** Of the agency, whatever item it is about. */
const OF_AGENCY = ['referred-to', 'enrolled-with', 'adviser-for', 'resident-area', 'home-institution', 'applied-to'] as const;
type OfAgency = (typeof OF_AGENCY)[number];
const isOfAgency = (tie: Relationship): tie is OfAgency => OF_AGENCY.some((one) => one === tie);

const ABOUT_NO_PROGRAMME: readonly string[] = ['learner.registered', 'learner.corrected', 'referral.made'];

export class Ties {
  readonly #standing: Standing;
  readonly #known = new Map<string, boolean>();

  constructor(standing: Standing) {
    this.#standing = standing;
  }

  holds(tie: Relationship, asker: Agency, { clause, told }: TieFor): boolean {
    const { slug } = asker;
    if (isOfAgency(tie)) return this.#once(tie, slug) && (tie === 'adviser-for' || this.#isForIt(clause, told, slug));
    if (!told) return false;
    if (tie === 'link-for-provider') return this.#isLinked(slug, told);
    return tie === 'referrer-of' ? this.#hasReferred(slug, told) : this.#answers(told, slug);
  }

  /** All is told by now: worked out once. */
  #once(tie: OfAgency, slug: string): boolean {
    const key = `${tie} ${slug}`;
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const found = this.#isSo(tie, slug);
    this.#known.set(key, found);
    return found;
  }

  #isSo(tie: OfAgency, slug: string): boolean {
    const standing = this.#standing;
    const found: Readonly<Record<OfAgency, () => boolean>> = {
      'referred-to': () => standing.isReferredTo(slug),
      'enrolled-with': () => standing.isEnrolled(slug),
      'adviser-for': () => standing.isAdviser(slug),
      'resident-area': () => standing.isResidentArea(slug),
      'home-institution': () => standing.isHome(slug),
      'applied-to': () => standing.isAppliedTo(slug),
    };
    return found[tie]();
  }

  /** Referrals are told to the agency that they name. */
  #isForIt(clause: string, told: Told | undefined, slug: string): boolean {
    if (clause !== 'EP2' || !told) return true;
    return this.#referralOf(told)?.data['to'] === slug;
  }

  #referralOf({ data, order }: Told): Told | undefined {
    return this.#standing.told
      .filter((one) => one.type === 'referral.made' && one.data['referralId'] === data['referralId'] && one.order <= order)
      .at(-1);
  }

  #answers(told: Told, slug: string): boolean {
    return told.type !== 'referral.made' && this.#referralOf(told)?.by === slug;
  }

  #isLinked(slug: string, told: Told): boolean {
    const starts = this.#standing.told.filter(({ type }) => type === 'programme.started');
    if (told.type !== 'learner.adviser-assigned') return this.#standing.linkOf(told.by) === slug && starts.some(({ by }) => by === told.by);
    const isLinking = text(told.data, 'role') === 'personal-adviser' || text(told.data, 'role') === 'link-adviser';
    return isLinking && starts.some(({ by }) => this.#standing.linkOf(by) === slug && this.#standing.stands(by));
  }

  #hasReferred(slug: string, told: Told): boolean {
    if (ABOUT_NO_PROGRAMME.includes(told.type)) return false;
    const { programmeId } = told.data;
    return this.#standing.told.some((one) => {
      const isIt = one.type === 'programme.started' && one.by === told.by && one.data['programmeId'] === programmeId;
      return isIt && this.#standing.isReferrerOf(slug, one);
    });
  }
}
