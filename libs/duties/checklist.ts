// The checklist of roles and responsibilities: what is done, whose turn it is, and by when (views.md, S23; ADR 47). Pure; no learner in it.
import type { AgencySlug, IsoDate } from '#kernel';
import { addDays } from '#kernel';
import { type ChecklistAnswer, type ChecklistLine, type ProtocolVersion, type TableAgency, unsignedIn } from '#sharing-protocols';
import { type CalendarDuty, calendarDuties, type Undertaking } from './calendar.ts';
import type { DutyTerm } from './duties.ts';
import { termsInForce } from './terms.ts';

export const CHECKLIST_STATES = ['done', 'open', 'overdue', 'not-applicable'] as const;
export type ChecklistState = (typeof CHECKLIST_STATES)[number];

export interface ChecklistRow {
  readonly question: string;
  readonly protocol: string | null;
  readonly duty: string | null;
  /** Roles of which somebody has to do it, with commas between. */
  readonly bearerRole: string | null;
  /** Whose turn it is; of what is done, who did it. */
  readonly agencies: readonly AgencySlug[];
  readonly state: ChecklistState;
  readonly due: IsoDate | null;
  /** Where it can be looked up. */
  readonly evidence: string | null;
}

/** An undertaking as whoever asks knows it. */
export interface KnownUndertaking extends Undertaking {
  /** The asker's own name for it. */
  readonly name?: string;
}

export interface ChecklistFacts {
  readonly on: IsoDate;
  readonly agencies: readonly TableAgency[];
  readonly versions: readonly ProtocolVersion[];
  readonly undertakings: readonly KnownUndertaking[];
  /** Who was shown something lately. */
  readonly active: ReadonlySet<AgencySlug>;
}

type Answer = Omit<ChecklistRow, 'question'>;

const NOTHING: Answer = { protocol: null, duty: null, bearerRole: null, agencies: [], state: 'done', due: null, evidence: null };

/** So long before the day a review is worth beginning. */
const REVIEW_SOON_DAYS = 28;

export class Checklist {
  readonly #facts: ChecklistFacts;
  readonly #terms: readonly DutyTerm[];
  readonly #duties: readonly CalendarDuty[];

  constructor(facts: ChecklistFacts) {
    const { on, undertakings, versions } = facts;
    this.#facts = facts;
    this.#terms = termsInForce(versions);
    this.#duties = calendarDuties(this.#terms, undertakings, { on, counts: (term, by) => this.#bearersOf(term).includes(by) });
  }

  /** What is overdue first, then by the day on which it is due; what is due on no day in the order of the lines. */
  rows(lines: readonly ChecklistLine[]): readonly ChecklistRow[] {
    return inOrder(lines.map(({ question, answer }) => ({ question, ...this.#answer(answer) })));
  }

  /** The same of one agreement: who has signed, its review, and each of its undertakings. */
  rowsOf(protocol: string): readonly ChecklistRow[] {
    if (this.#current(protocol) === undefined) return [];
    const undertaken = this.#duties.filter(({ term }) => term.protocol.startsWith(`${protocol}@`));
    return inOrder([
      { question: `Has everybody signed ${protocol} who can be a party?`, ...this.#signed([protocol]) },
      { question: `Is ${protocol} in force, and reviewed in time?`, ...this.#inForce(protocol) },
      ...undertaken.map((one) => ({ question: one.term.duty.says, ...this.#undertaken(one) })),
    ]);
  }

  /** What parties undertake by the calendar in agreements that serve a purpose. */
  undertakenFor(purpose: string): readonly ChecklistRow[] {
    const serves = ({ term }: CalendarDuty): boolean => this.#versionOf(term)?.document.purposes.some(({ id }) => id === purpose) ?? false;
    return inOrder(this.#duties.filter(serves).map((one) => ({ question: one.term.duty.says, ...this.#undertaken(one) })));
  }

  #answer(answer: ChecklistAnswer): Answer {
    if ('inForce' in answer) return this.#inForce(answer.inForce);
    if ('signed' in answer) return this.#signed([...new Set(this.#facts.versions.map(({ protocol }) => protocol))]);
    if ('use' in answer) return this.#used(answer.use);
    const found = this.#duties.find(({ term }) => term.protocol.startsWith(`${answer.undertaking}@`) && term.duty.id === answer.duty);
    return found ? this.#undertaken(found) : this.#notUndertaken(answer);
  }

  /** The latest version that is not past. */
  #current(protocol: string): ProtocolVersion | undefined {
    return this.#facts.versions.findLast((one) => one.protocol === protocol && one.status !== 'ended' && one.status !== 'superseded');
  }

  #inForce(protocol: string): Answer {
    const { on, agencies } = this.#facts;
    const version = this.#current(protocol);
    if (version === undefined) return { ...NOTHING, protocol, state: 'open' };
    const { status, reviewDue, completedAt, signatures } = version;
    const known = { ...NOTHING, protocol, due: reviewDue, evidence: completedAt === undefined ? null : String(completedAt.position) };
    const late = signatures.filter(({ boundUntil }) => boundUntil < on).map(({ agency }) => agency);
    if (status === 'review-overdue' || status === 'stopped-for-review') return { ...known, state: 'overdue', agencies: late };
    if (status === 'in-force' && reviewDue > addDays(on, REVIEW_SOON_DAYS)) return known;
    if (status === 'in-force') return { ...known, state: 'open', agencies: signatures.map(({ agency }) => agency) };
    return { ...known, state: 'open', due: null, agencies: unsignedIn(version, agencies) };
  }

  #signed(protocols: readonly string[]): Answer {
    const current = protocols.flatMap((protocol) => this.#current(protocol) ?? []);
    const lacking = current.filter((version) => unsignedIn(version, this.#facts.agencies).length > 0);
    const agencies = [...new Set(lacking.flatMap((version) => unsignedIn(version, this.#facts.agencies)))];
    const [only, other] = current.length === 1 ? current : lacking;
    return {
      ...NOTHING,
      protocol: other === undefined ? (only?.protocol ?? null) : null,
      agencies,
      state: lacking.length === 0 && current.length > 0 ? 'done' : 'open',
    };
  }

  #undertaken({ term, due, state, done }: CalendarDuty): Answer {
    const [protocol = ''] = term.protocol.split('@');
    const known = { protocol, duty: term.duty.id, bearerRole: term.duty.who.join(', '), due };
    if (done === undefined)
      return { ...known, agencies: this.#bearersOf(term), state: state === 'overdue' ? 'overdue' : 'open', evidence: null };
    const evidence = this.#facts.undertakings.find(({ position }) => position === done.position)?.name ?? null;
    return { ...known, agencies: [done.by], state: 'done', evidence };
  }

  /** No version asks for it now: whoever could sign one that does has the turn; where there is nobody, it is nobody's. */
  #notUndertaken({ undertaking, duty }: { readonly undertaking: string; readonly duty: string }): Answer {
    const version = this.#current(undertaking);
    const who = version?.document.duties.find(({ id }) => id === duty)?.who ?? [];
    const could = this.#facts.agencies.filter(({ roles }) => roles.some((role) => who.includes(role))).map(({ slug }) => slug);
    const known = { ...NOTHING, protocol: undertaking, duty, bearerRole: who.length === 0 ? null : who.join(', ') };
    return { ...known, agencies: could, state: could.length === 0 ? 'not-applicable' : 'open' };
  }

  /** Of each role that must sign, somebody uses what is shared. */
  #used(protocol: string): Answer {
    const version = this.#current(protocol);
    const idle = (version?.document.parties ?? []).flatMap(({ mustSign }, place) => {
      const parties = (version?.signatures ?? []).filter(({ fills }) => fills.includes(place)).map(({ agency }) => agency);
      return mustSign && !parties.some((agency) => this.#facts.active.has(agency)) ? [parties] : [];
    });
    return { ...NOTHING, protocol, agencies: [...new Set(idle.flat())], state: version && idle.length === 0 ? 'done' : 'open' };
  }

  /** Agencies that signed that version, and hold a role that the duty names. */
  #bearersOf(term: DutyTerm): readonly AgencySlug[] {
    const { duty } = term;
    const signers = (this.#versionOf(term)?.signatures ?? []).map(({ agency }) => agency);
    return this.#facts.agencies
      .filter(({ slug, roles }) => signers.includes(slug) && roles.some((role) => duty.who.includes(role)))
      .map(({ slug }) => slug);
  }

  #versionOf({ protocol }: DutyTerm): ProtocolVersion | undefined {
    return this.#facts.versions.find((one) => `${one.protocol}@${one.version}` === protocol);
  }
}

const NO_DAY = '9999-12-31';

const inOrder = (rows: readonly ChecklistRow[]): readonly ChecklistRow[] =>
  [...rows].sort((one, other) => {
    const overdue = Number(other.state === 'overdue') - Number(one.state === 'overdue');
    return overdue || (one.due ?? NO_DAY).localeCompare(other.due ?? NO_DAY);
  });
