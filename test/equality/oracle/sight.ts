// What an agency may see of one person for its purposes, item by item.
import { Agreements, type Wish } from './agreements.ts';
import { categoryOf } from './categories.ts';
import { coarsened, type Cut, cutBy, fullness } from './cuts.ts';
import { mergedFor } from './identity.ts';
import { type Clause, CLAUSES } from './matrix.ts';
import type { Person } from './people.ts';
import { Ties } from './ties.ts';
import { Standing, type Town } from './standing.ts';
import { type Agency, type Data, text, type Told } from './told.ts';

export interface Item {
  readonly type: string;
  readonly by: string;
  readonly own: boolean;
  readonly data: Data;
  /** As it was told: nothing of it may be shown that is not in `data`. */
  readonly raw: Data;
  /** Another that counts says that it takes its place. */
  readonly isSuperseded: boolean;
  /** Whose word has effect. */
  readonly counts: boolean;
  /** Of an adviser of the asker's own: since when another's has the place, and until when that one. */
  readonly displaced?: { readonly since: string; readonly until: string };
  readonly order: number;
  readonly toldOn: string;
  readonly knownAt: number;
  /** Clause, or `own`. */
  readonly clause: string;
}

export interface Seen {
  readonly items: readonly Item[];
  /** All that was told and not taken back, whoever may see it: what the broker's views know. */
  readonly all: readonly Told[];
  /** Merged where a clause shows it, else of one's own statements. */
  readonly identity: Data;
  readonly isMerged: boolean;
}

export interface Question {
  readonly asker: Agency;
  readonly purposes: readonly string[];
  readonly on: string;
  /** Clauses that do not serve what is asked for. */
  readonly notBy?: readonly string[];
  /** Providers for which the asker says that it has a link adviser. */
  readonly linked?: readonly string[];
  /** Whose adviser was a provider's link adviser at the end of a day. */
  readonly linkOf?: (provider: string, on: string) => string | undefined;
  readonly rolesOf?: (agency: string) => readonly string[];
  /** All that was told about nobody. */
  readonly planning?: readonly Told[];
}

export const itemsOf = ({ items }: Seen, ...types: readonly string[]): readonly Item[] => items.filter(({ type }) => types.includes(type));
export const day = (item: Item, name: string): string => text(item.data, name) ?? '9999';

/** One person as the town's agencies may see them. */
export class Sight {
  readonly #standing: Standing;
  readonly #ties: Ties;
  readonly #agreements: Agreements;
  readonly #town: Town;
  readonly person: Person;

  constructor(town: Town, person: Person) {
    this.#town = town;
    this.person = person;
    this.#standing = new Standing(town, person);
    this.#ties = new Ties(this.#standing);
    this.#agreements = new Agreements(this.#standing);
  }

  of(question: Question): Seen {
    const { asker, purposes, notBy = [] } = question;
    const clauses = CLAUSES.filter(
      ({ id, purpose, to }) =>
        purposes.includes(purpose) && !notBy.includes(id) && to.some(({ roles }) => asker.roles.some((role) => roles.includes(role))),
    );
    const items = this.#standing.told.flatMap((told) => this.#item(told, question, clauses) ?? []);
    const isMerged = clauses.some((clause) => this.#showsIdentity(clause, question));
    const identity = isMerged ? mergedFor(this.#standing, question.asker, this.#town) : ownIdentity(items);
    const all = this.#standing.told.filter((told) => !this.#isRetracted(told));
    return { items, all, identity, isMerged };
  }

  #item(told: Told, question: Question, clauses: readonly Clause[]): Item | undefined {
    const { type, by, order, toldOn, knownAt } = told;
    const item = {
      type,
      by,
      order,
      toldOn,
      knownAt,
      raw: told.data,
      isSuperseded: this.#isSuperseded(told),
      counts: this.#standing.counts(told),
    };
    if (this.#isRetracted(told)) return undefined;
    if (by === question.asker.slug) {
      const displaced = this.#standing.displaced(told, question.on);
      return { ...item, own: true, data: told.data, clause: 'own', ...(displaced && { displaced }) };
    }
    const shown = clauses.filter((clause) => this.#permits(clause, told, question));
    const cuts = shown.map((clause): Cut => {
      const data = cutBy(this.#ownChoice(told, clause, question), clause);
      return { clause, data: coarsened({ type, data }, clause) };
    });
    const fullest = cuts.toSorted((one, other) => fullness(other) - fullness(one))[0];
    return fullest && { ...item, own: false, data: fullest.data, clause: fullest.clause.id };
  }

  /** It told something about the person or was named, or serves a place where the person may live. */
  concerns({ slug, roles, districts }: Agency): boolean {
    const isArea = roles.some((role) => role === 'connexions' || role === 'local-authority');
    return this.person.told.some(({ by, data }) => {
      const postcode = text(data, 'postcode') ?? '';
      const livesThere = isArea && districts.some((district) => postcode.startsWith(`${district} `));
      return by === slug || livesThere || data['to'] === slug || data['agency'] === slug || isChosen(data, slug);
    });
  }

  /** A place applied to sees its own choice alone; whoever brokers sees all. */
  #ownChoice({ type, data }: Told, { id }: Clause, { asker }: Question): Data {
    if (id !== 'AB1' || !type.startsWith('application.') || this.#isBroker(asker)) return data;
    return { ...data, choices: choicesIn(data).filter(({ agency }) => agency === asker.slug) };
  }

  #isBroker(asker: Agency): boolean {
    return this.#ties.holds('resident-area', asker, { clause: 'AB1', told: undefined });
  }

  #isRetracted({ id, by }: Told): boolean {
    return this.#standing.told.some((one) => one.type === 'record.retracted' && one.by === by && one.data['of'] === id);
  }

  #isSuperseded({ type, order, data }: Told): boolean {
    if (type !== 'assessment.recorded') return false;
    return this.#standing
      .counting('assessment.recorded')
      .some((one) => one.order > order && (one.data['supersedes'] as Data | undefined)?.['assessmentId'] === data['assessmentId']);
  }

  #permits(clause: Clause, told: Told, question: Question): boolean {
    const category = categoryOf(this.#named(told));
    const roles = this.#town.agencies.get(told.by)?.roles ?? [];
    if (!isItsData(clause, told, category) || !isItsSource(clause, roles) || !this.#counts(clause, told, question)) return false;
    return this.#admits(clause, question, { told, roles }) && this.#agrees(clause, question, { category, from: told.by });
  }

  /** What sets an assessment right is of the kind of that assessment. */
  #named(told: Told): Told {
    if (told.type !== 'assessment.rectified') return told;
    const isIt = ({ type, by, data }: Told): boolean =>
      type === 'assessment.recorded' && by === told.by && data['assessmentId'] === told.data['assessmentId'];
    return this.#standing.told.find(isIt) ?? told;
  }

  /** The word of whoever does not stand shows to the link adviser alone, and a choice to the place chosen. */
  #counts({ id }: Clause, told: Told, { asker }: Question): boolean {
    if (id === 'AB1' && !this.#isBroker(asker) && !isChosen(told.data, asker.slug)) return false;
    return this.#standing.counts(told) || (id === 'EP7' && told.type !== 'learner.adviser-assigned');
  }

  #showsIdentity(clause: Clause, question: Question): boolean {
    return (
      clause.data.includes('merged-identity') &&
      this.#admits(clause, question) &&
      this.#agrees(clause, question, { category: 'identity', from: '' })
    );
  }

  #admits({ id, to }: Clause, { asker }: Question, item?: { readonly told: Told; readonly roles: readonly string[] }): boolean {
    return to.some(({ roles, with: ties, without = [] }) => {
      const isRole = asker.roles.some((role) => roles.includes(role)) && !item?.roles.some((role) => without.includes(role));
      return isRole && (ties === undefined || ties.some((tie) => this.#ties.holds(tie, asker, { clause: id, told: item?.told })));
    });
  }

  #agrees({ protocol, purpose, basis, consent }: Clause, { asker, on }: Question, about: Pick<Wish, 'category' | 'from'>): boolean {
    const wish: Wish = { protocol, purpose, to: asker, on, ...about };
    if (this.#agreements.isRestricted(wish, basis) || this.#agreements.isObjectedTo(wish, basis)) return false;
    return consent === undefined || this.#agreements.isGiven(wish, consent === 'explicit');
  }
}

const choicesIn = (data: Data): readonly Data[] => (data['choices'] ?? []) as readonly Data[];
const isChosen = (data: Data, slug: string): boolean => choicesIn(data).some(({ agency }) => agency === slug);

const JOBS: readonly unknown[] = ['330', '350', '360', '380'];
const isItsData = ({ data, existence }: Clause, told: Told, category: string): boolean => {
  if (existence && told.type === 'assessment.rectified') return false;
  return data.includes(told.type) || data.includes(category) || (data.includes('job') && isJob(told));
};

const isItsSource = ({ from }: Clause, roles: readonly string[]): boolean => from === 'any' || roles.some((role) => from.includes(role));

const isJob = ({ type, data }: Told): boolean => type === 'destination.recorded' && JOBS.includes(data['activity']);

const ownIdentity = (items: readonly Item[]): Data =>
  Object.assign(
    {},
    ...items.filter(({ type }) => type === 'learner.registered' || type === 'learner.corrected').map(({ data }) => data),
  ) as Data;
