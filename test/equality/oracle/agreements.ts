// Consents, restrictions and objections (sharing-matrix.md, W5).
import type { Standing } from './standing.ts';
import { type Agency, text, texts, type Told } from './told.ts';

/** What is to be shown, to whom and on what. */
export interface Wish {
  readonly protocol: string;
  readonly purpose: string;
  readonly category: string;
  readonly to: Agency;
  /** Whose item. */
  readonly from: string;
  readonly on: string;
}

const isExplicit = ({ data }: Told): boolean => data['evidence'] !== undefined && data['method'] !== 'verbal-witnessed';

const SENSITIVE = ['circumstance-special', 'offence', 'risk-of-reoffending'];

export class Agreements {
  readonly #standing: Standing;

  constructor(standing: Standing) {
    this.#standing = standing;
  }

  isGiven(wish: Wish, explicit: boolean): boolean {
    return this.#standing.told.some((given) => {
      const isOfIt = given.type === 'consent.given' && this.#covers(given, wish) && this.#isLive(given, wish.on);
      if (!isOfIt || (explicit && !isExplicit(given))) return false;
      return given.by === wish.to.slug ? this.#countsForItself(given, wish.category) : this.#standing.counts(given);
    });
  }

  #covers({ data }: Told, { protocol, purpose, category, to }: Wish): boolean {
    const recipients = texts(data, 'recipients');
    return (
      data['protocol'] === protocol &&
      texts(data, 'purposes').includes(purpose) &&
      texts(data, 'categories').includes(category) &&
      [to.slug, ...to.roles].some((one) => recipients.includes(one))
    );
  }

  /** The last word of those that count: anybody who stands narrows, only who recorded it widens. */
  #isLive(given: Told, on: string): boolean {
    const later = this.#standing.told.filter((one) => this.#isAbout(one, given));
    const widening = later.filter(({ by }) => by === given.by);
    const isPaused = orderOf(lastOf(later, 'consent.paused')) > orderOf(lastOf(widening, 'consent.resumed'));
    const { data } = lastOf(widening, 'consent.renewed') ?? given;
    const isIn = (text(given.data, 'validFrom') ?? on) <= on && (text(data, 'expires') ?? on) >= on;
    return isIn && !isPaused && !lastOf(later, 'consent.withdrawn');
  }

  #isAbout(one: Told, given: Told): boolean {
    const isLater = one.order > given.order && one.data['consentId'] === given.data['consentId'];
    return isLater && (text(one.data, 'of') ?? one.by) === given.by && this.#standing.counts(one);
  }

  #countsForItself(given: Told, category: string): boolean {
    const isConfirmed = this.#standing
      .counting('consent.confirmed')
      .some((one) => one.by !== given.by && this.#isAbout(one, given) && !texts(given.data, 'recipients').includes(one.by));
    if (isConfirmed) return true;
    return !SENSITIVE.includes(category) && this.#standing.isTied(given.by) && given.data['evidence'] !== undefined;
  }

  /** Nothing in its scope leaves but for safeguarding or a legal obligation. */
  isRestricted(wish: Wish, basis: string): boolean {
    if (basis.startsWith('6(1)(c)') || wish.purpose === 'safeguard') return false;
    return this.#standing
      .counting('restriction.requested')
      .some((asked) => isWithin(asked, wish) && !this.#isLifted(asked, 'restriction.lifted'));
  }

  isObjectedTo(wish: Wish, basis: string): boolean {
    if (!basis.startsWith('6(1)(e)')) return false;
    return this.#standing
      .counting('objection.raised')
      .some((raised) => isWithin(raised, wish) && !this.#isLifted(raised, 'objection.decided'));
  }

  #isLifted(said: Told, type: string): boolean {
    return this.#standing
      .counting(type)
      .some(
        (one) =>
          one.by === said.by &&
          one.order > said.order &&
          one.data['outcome'] !== 'upheld' &&
          JSON.stringify(one.data['scope']) === JSON.stringify(said.data['scope']),
      );
  }
}

const orderOf = (told: Told | undefined): number => told?.order ?? -1;
const lastOf = (told: readonly Told[], type: string): Told | undefined => told.filter((one) => one.type === type).at(-1);

const isWithin = ({ data }: Told, { protocol, purpose, category, to }: Wish): boolean => {
  const scope = (data['scope'] ?? {}) as Readonly<Record<string, readonly string[]>>;
  const holds = (name: string, values: readonly string[]): boolean => scope[name]?.some((one) => values.includes(one)) ?? true;
  return (
    holds('protocols', [protocol]) &&
    holds('purposes', [purpose]) &&
    holds('categories', [category]) &&
    holds('recipients', [to.slug, ...to.roles])
  );
};
