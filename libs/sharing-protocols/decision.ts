// The question that every disclosure asks and the answer it gets. Pure; decided by the compiled table (decision-table.ts).
import type { Category, Role } from '#catalogue';
import type { AgencySlug, IsoDate, Position, Revision } from '#kernel';
import type { Basis, Fields, Level, RelationshipName } from './language.ts';

// Relationships of an agency with a learner as a bit set: decisions are look-ups, not searches.

export const RELATIONSHIPS = [
  'known-to',
  'referred-to',
  'referrer-of',
  'enrolled-with',
  'adviser-for',
  'link-for-provider',
  'home-institution',
  'applied-to',
  'resident-area',
  'made-referral',
  'link-for-standing-provider',
] as const satisfies readonly RelationshipName[];

export const relationshipBit = (name: RelationshipName): number => 1 << RELATIONSHIPS.indexOf(name);

export const relationshipBits = (names: Iterable<RelationshipName>): number => {
  let bits = 0;
  for (const name of names) bits |= relationshipBit(name);
  return bits;
};

/** Short type of the broker's own merged identity; its source is `''`. No agency sends it. */
export const MERGED_IDENTITY = 'learner.identity';

/** Short type of a decision as the broker recorded it, as far as protocols share who saw what. No agency sends it. */
export const RECORDED_DECISION = 'disclosure.decided';

/** One recorded event, or the merged identity, as far as a decision looks at it. */
export interface ItemFacts {
  /** Short type, as `assessment.recorded`. */
  readonly type: string;
  readonly category: Category;
  readonly source: AgencySlug;
  /**
   * The string fields of its data that protocols tell items apart by (framework, kind, to, about, activity…),
   * and `fundedBy` of its programme.
   */
  readonly facts: Readonly<Record<string, string>>;
  /** False: its source does not stand (W2), so that only clauses which say so show it. Absent: it stands. */
  readonly confirmed?: boolean;
  /** The agency whose own thing it answers, as long as that agency may see the answer. */
  readonly answers?: AgencySlug;
  /** Day (London) on which the programme that it is about started. */
  readonly begun?: IsoDate;
}

/** A consent as it stands; `live` already takes status and pause into account, not the dates. */
export interface ConsentTerms {
  readonly id: string;
  /** Revision of the learner's stream at which it last changed: what a decision cites. */
  readonly revision: Revision;
  readonly live: boolean;
  /** By method and evidence. */
  readonly explicit: boolean;
  /** Who recorded it. */
  readonly source: AgencySlug;
  /** Whether it counts for recipients other than its source. */
  readonly others: boolean;
  /** For which data it counts for its own source (W5): none, personal data only, or any (special-category and criminal-offence too). */
  readonly own: 'none' | 'personal' | 'any';
  /** Other agencies of the source's legal entity: for them it counts as for the source. */
  readonly kin?: readonly AgencySlug[];
  readonly protocol: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  /** Roles or slugs. */
  readonly recipients: readonly string[];
  readonly validFrom: IsoDate;
  /** Inclusive. */
  readonly expires?: IsoDate;
}

/** What an objection or restriction covers; an absent part covers everything. */
export interface Scope {
  readonly categories?: readonly string[];
  readonly purposes?: readonly string[];
  readonly recipients?: readonly string[];
}

export interface LearnerTerms {
  readonly consents: readonly ConsentTerms[];
  readonly objections: readonly Scope[];
  readonly restrictions: readonly Scope[];
}

/** `learner`: about one learner, needs a relationship; `feed` likewise; `list` and `aggregate`: for clauses that name none. */
export type Route = 'learner' | 'feed' | 'list' | 'aggregate';

export interface Question {
  readonly recipient: AgencySlug;
  /** Bit set made by `relationshipBits` (relationships.ts). */
  readonly relationships: number;
  readonly item: ItemFacts;
  /** Purposes named by the recipient; `any` asks whether it may know at all (capture-once). */
  readonly purposes: readonly string[] | 'any';
  readonly route: Route;
  readonly learner: LearnerTerms;
  readonly today: IsoDate;
  /** By agency: the day (London) of the recipient's first referral to it that makes it referrer-of. */
  readonly referred?: ReadonlyMap<AgencySlug, IsoDate>;
}

/** Cited as `protocol@version#clause`; `own` where the recipient contributed the item itself. */
export type ClauseName = string;

export interface Permit {
  readonly permit: true;
  readonly clause: ClauseName;
  readonly level: Level;
  readonly fields: Fields;
  readonly withoutIdentity: boolean;
  /** Source and `of` are left out, and a route that is one of these roles reads `other-agency`. */
  readonly disguised?: readonly Role[];
  /** Of `choices` only the recipient's own. */
  readonly ownChoice?: true;
  readonly basis: Basis;
  readonly purpose?: string;
  readonly consent?: { readonly id: string; readonly revision: Revision };
}

/** What a clause that could have permitted found missing. */
export type Lack =
  | 'relationship'
  | 'unconfirmed'
  | 'not-named'
  | 'not-answering'
  | 'before-referral'
  | 'restricted'
  | 'objected'
  | 'consent'
  | 'explicit-consent'
  | 'prohibited'
  | 'no-clause'
  /** The recipient is suspended or was let go. */
  | 'not-taking-part';

export interface Refusal {
  readonly permit: false;
  readonly reasons: readonly { readonly clause?: ClauseName; readonly lacks: Lack }[];
}

export type DisclosureDecision = Permit | Refusal;

/** A decision as the log keeps it, for one item of an answer. */
export interface RecordedDecision {
  readonly item: Position;
  readonly clause: ClauseName;
  readonly level: Level;
  readonly purpose?: string;
  readonly consent?: { readonly id: string; readonly revision: Revision };
}
