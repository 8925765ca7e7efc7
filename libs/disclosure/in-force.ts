// What is in force now, compiled anew when it changes, and whom an answer is for as the rules take an asker.
import { AGENCIES_STREAM, type Agency, type AgencyRegister, areasOf, takesPart } from '#agencies';
import { type DutyTerm, dutyTerms } from '#duties';
import type { AgencySlug, IsoDate, LearnerId, Revision } from '#kernel';
import type { RegisterView } from '#learner-file';
import type { Draft } from '#unit-of-work';
import {
  compileContributionTable,
  compileDecisionTable,
  type ContributionTable,
  type DecisionTable,
  type Office,
  type ProtocolInForce,
  officeRecipient,
  type ProtocolRegister,
  PROTOCOLS_STREAM,
  type ProtocolVersion,
} from '#sharing-protocols';
import { agencyOfOffice, type Asker, recordedAs } from '#access';
import type { Role } from '#catalogue';

// What is in force now: agencies, protocols and the tables compiled from them, compiled anew when either changes or the day does.

/** Which state of the registers a decision rests on, so that it can be decided again (invariant 10). */
export interface Versions {
  readonly agencies: Revision;
  readonly protocols: Revision;
}

export interface InForce {
  readonly versions: Versions;
  readonly today: IsoDate;
  readonly decisions: DecisionTable;
  readonly contributions: ContributionTable;
  /** Ids of all purposes of the protocols in force, and of those protocols. */
  readonly purposes: ReadonlySet<string>;
  readonly protocols: ReadonlySet<string>;
  /** Purposes for which one may ask: also of protocols that stopped for want of review or are suspended, which permit nothing meanwhile. */
  readonly askable: ReadonlySet<string>;
  readonly duties: readonly DutyTerm[];
  /** Areas, legal entities and roles, as the rules of standing ask them. */
  readonly register: RegisterView;
  readonly agencies: readonly Agency[];
  readonly slugs: ReadonlySet<AgencySlug>;
  agency(slug: AgencySlug): Agency | undefined;
  /** The same, where it takes part: it may contribute and be shown something. */
  partner(slug: AgencySlug): Agency | undefined;
}

export class Registers {
  readonly #agencies: AgencyRegister;
  readonly #protocols: ProtocolRegister;
  #compiled: InForce | undefined;
  #register: { readonly version: Revision; readonly view: RegisterView } | undefined;

  constructor(agencies: AgencyRegister, protocols: ProtocolRegister) {
    this.#agencies = agencies;
    this.#protocols = protocols;
  }

  inForce(today: IsoDate): InForce {
    const held = this.#compiled;
    if (held && held.today === today && this.#isCurrent(held.versions)) return held;
    this.#compiled = this.#compile(today);
    return this.#compiled;
  }

  /** All agreements that were ever drafted, as they stand that day: nothing in them is personal. */
  agreements(today: IsoDate): readonly ProtocolVersion[] {
    return this.#protocols.versions(today);
  }

  /** What rests on the registers holds only if they are still so when it is appended: another process may have suspended somebody. */
  require(draft: Draft, { versions }: InForce): void {
    draft.requireSeen({ stream: AGENCIES_STREAM, revision: versions.agencies, renew: () => this.#agencies.refresh() });
    draft.requireSeen({ stream: PROTOCOLS_STREAM, revision: versions.protocols, renew: () => this.#protocols.refresh() });
  }

  /** As they would be with a text in force in place of what is in force of the same agreement. Nothing else is another. */
  asIf(now: InForce, { document, parties }: ProtocolInForce): InForce {
    const others = now.decisions.inForce.filter((one) => one.document.id !== document.id);
    return { ...now, decisions: compileDecisionTable([...others, { document, parties }], now.agencies) };
  }

  #isCurrent(versions: Versions): boolean {
    return versions.agencies === this.#agencies.version && versions.protocols === this.#protocols.version;
  }

  /** The same object as long as no agency changes: what was worked out with it holds. */
  #registerView(agencies: readonly Agency[]): RegisterView {
    const { version } = this.#agencies;
    if (this.#register?.version === version) return this.#register.view;
    const roles = new Map(agencies.map((agency) => [agency.slug, agency.roles]));
    const view = { ...areasOf(agencies), rolesOf: (slug: AgencySlug) => roles.get(slug) ?? [] };
    this.#register = { version, view };
    return view;
  }

  #compile(today: IsoDate): InForce {
    const protocols = this.#protocols.inForce(today);
    const versions = this.#protocols.versions(today);
    const agencies = this.#agencies.list();
    return {
      versions: { agencies: this.#agencies.version, protocols: this.#protocols.version },
      today,
      decisions: compileDecisionTable(protocols, agencies),
      contributions: compileContributionTable(protocols, agencies),
      purposes: new Set(protocols.flatMap(({ document }) => document.purposes.map(({ id }) => id))),
      protocols: new Set(protocols.map(({ document }) => document.id)),
      askable: askableIn(versions),
      duties: dutyTerms(versions),
      register: this.#registerView(agencies),
      agencies,
      slugs: new Set(agencies.map(({ slug }) => slug)),
      agency: (slug) => this.#agencies.bySlug(slug),
      partner: (slug) => {
        const agency = this.#agencies.bySlug(slug);
        return agency && takesPart(agency) ? agency : undefined;
      },
    };
  }
}

const ASKED_UNDER: readonly ProtocolVersion['status'][] = ['in-force', 'review-overdue', 'stopped-for-review', 'suspended'];

const askableIn = (versions: readonly ProtocolVersion[]): ReadonlySet<string> =>
  new Set(versions.filter(({ status }) => ASKED_UNDER.includes(status)).flatMap(({ document }) => document.purposes.map(({ id }) => id)));

// Whom an answer is for, as the rules take an asker: an agency as the register has it, or a post that is no agency.

/** A post: of the operator, of a data protection officer, or the learner. It has no relationship and contributes nothing. */
export interface PostReader {
  /** As the log names it. */
  readonly slug: string;
  readonly roles: readonly Role[];
  /** As clauses name it. */
  readonly post: Office;
  /** Whose data protection officer it is. */
  readonly of?: AgencySlug;
  /** The learner who asks. */
  readonly learner?: LearnerId;
}

export type Reader = Agency | PostReader;

const NO_ROLES: readonly Role[] = [];

const postOf = (asker: Exclude<Asker, { readonly agency: AgencySlug }>): PostReader => {
  const slug = recordedAs(asker);
  if ('learner' in asker) return { slug, roles: NO_ROLES, post: 'learner', learner: asker.learner };
  const of = agencyOfOffice(asker.office);
  return of === undefined ? { slug, roles: NO_ROLES, post: asker.office as Office } : { slug, roles: NO_ROLES, post: 'dpo-of', of };
};

/** Undefined: an agency, or an officer's agency, that the register does not have. */
export const readerFor = (asker: Asker, agency: (slug: AgencySlug) => Agency | undefined): Reader | undefined => {
  if ('agency' in asker) return agency(asker.agency);
  const post = postOf(asker);
  return post.of === undefined || agency(post.of) ? post : undefined;
};

export const isPost = (reader: Reader): reader is PostReader => 'post' in reader;

/** Whether anything may be shown to it at all. */
export const isServed = (reader: Reader): boolean => isPost(reader) || takesPart(reader);

/** As the decision table knows it: all officers of agencies are one recipient there. */
export const recipientIn = (reader: Reader): string => (isPost(reader) ? officeRecipient(reader.post) : reader.slug);
