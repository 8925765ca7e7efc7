// What a sharing protocol can say, as data (docs/guides/writing-a-protocol.md explains the YAML form;
// protocol-document.schema.json checks it).
import type { Category, Role, TieRelationship } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';

export type RelationshipName =
  | TieRelationship
  /** Source of a referral that has effect and whose answer may still be seen. */
  | 'made-referral'
  /** link-for-provider where the provider stands, or the register gives both a district in common. */
  | 'link-for-standing-provider';

/** A post that is no agency: of the operator, of the data protection officers, or the learner. */
export type Office = 'data-manager' | 'dpo-of' | 'dpo-partnership' | 'operator' | 'learner' | 'public';

/** full > summary > existence. */
export type Level = 'full' | 'summary' | 'existence';
export type Delivery = 'on-request' | 'feed' | 'monthly-list' | 'aggregate';

/** Facts of an item's data by which it can be told apart: each named field holds one of the values. */
export type When = Readonly<Record<string, readonly string[]>>;

/** A code table of protocols/codes that gathers the codes of another. */
export type GroupTable = 'reason-groups' | 'activity-groups';

/**
 * Minimisation. Neither `only` nor `except`: all fields. `ifSupplied`: fields that the recipient gets only where it supplied them itself.
 */
export interface Fields {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly ifSupplied?: readonly string[];
  /** In place of a field that would be shown, the group of its code, as `reasonGroup` or `activityGroup`. */
  readonly coarsen?: Readonly<Record<string, GroupTable>>;
  /** Of a list, the entries whose `by` is none of `except`. */
  readonly entries?: Readonly<Record<string, { readonly by: string; readonly except: readonly string[] }>>;
}

export type ConsentNeed = 'required' | 'explicit';

/** A whole category or a single event type (short name, as `programme.started`), perhaps narrowed. */
export interface Share {
  readonly category?: Category;
  readonly type?: string;
  readonly when?: When;
  /** Of category identity: the broker's one merged identity, whose source is nobody, instead of the statements that it is made of. */
  readonly merged?: true;
  /** Override the flow's own. */
  readonly level?: Level;
  readonly fields?: Fields;
  readonly from?: 'any' | readonly Role[];
  readonly consent?: ConsentNeed;
  /** Overrides that of the recipients. */
  readonly relationship?: readonly RelationshipName[];
  /** The consent must count for special-category data, whatever the category. */
  readonly sensitive?: true;
}

/** Recipients: any of the roles with any of the relationships. No relationship: lists and aggregates only. */
export interface To {
  readonly roles: readonly Role[];
  /** A post instead of agencies: `roles` is then empty, and the flow permits no agency anything. */
  readonly office?: Office;
  readonly relationship?: readonly RelationshipName[];
  /** Only items whose data names the recipient in this field (`to`, `about`). */
  readonly namedIn?: string;
  /** The same, but items without the field too. */
  readonly namedInWherePresent?: string;
  /** Only items that answer the recipient's own. */
  readonly answers?: 'own';
  /** Only of agencies that the recipient referred the learner to, about programmes begun since. */
  readonly since?: 'referral';
  /** No items of sources that hold one of these roles. */
  readonly notFrom?: readonly Role[];
  /** Fields left out for these recipients besides. */
  readonly except?: readonly string[];
  /** Source and `of` are left out, and a route that is one of these roles reads `other-agency`. */
  readonly disguise?: readonly Role[];
  /** Of `choices` only the recipient's own. */
  readonly ownChoice?: true;
  readonly withoutIdentity?: boolean;
}

export interface Basis {
  /** UK GDPR Art 6(1): a–f or ea. `none`: the data is not personal. */
  readonly article6: 'a' | 'b' | 'c' | 'd' | 'e' | 'ea' | 'f' | 'none';
  /** Art 9(2) condition, needed for special-category data. */
  readonly article9?: 'a' | 'b' | 'c' | 'd' | 'e' | 'f' | 'g' | 'h' | 'i' | 'j';
  /** Art 10 with the condition of DPA 2018 Schedule 1 in words, needed for criminal-offence data. */
  readonly article10?: string;
}

export interface Flow {
  readonly id: string;
  readonly says: string;
  readonly share: readonly Share[];
  readonly level: Level;
  readonly fields?: Fields;
  readonly from: 'any' | readonly Role[];
  readonly to: readonly To[];
  readonly for: readonly string[];
  readonly basis: Basis;
  /** Absent: none needed. `explicit`: by signed form or online, with evidence. */
  readonly consent?: ConsentNeed;
  /** Also items whose source does not stand; every other flow refuses them. */
  readonly unconfirmed?: true;
  readonly delivery: readonly Delivery[];
  /** Cells below this many persons are not told; needed with `aggregate`. */
  readonly suppressBelow?: number;
  /** ISO 8601 duration for which the recipient may keep it. */
  readonly retention: string;
}

export interface Prohibition {
  readonly id: string;
  readonly says: string;
  readonly share: readonly Share[];
  readonly from: 'any' | readonly Role[];
  /** Binds an agency by any of its roles. */
  readonly to: readonly Role[];
  /** Forbids the data in every aggregate too, whoever asks, save those of the protocol itself. */
  readonly aggregates?: boolean;
}

/**
 * What somebody must be to what the event speaks of, instead of holding a role. `recipient`: it received the notice or may see the
 * content; `source`: it contributed what is named; `asked`: the question or complaint that is answered was put to it.
 */
export type Bearing = 'recipient' | 'source' | 'asked';

export interface Contribution {
  readonly types: readonly string[];
  readonly roles: readonly Role[] | Bearing;
  readonly when?: When;
  /** Only events whose data names the sender in this field. */
  readonly namedIn?: string;
  /** Default `any` relationship; `begins`: the event may begin one; `none`: about no learner. */
  readonly relationship?: 'any' | 'begins' | 'none';
}

/** `without-adviser`: on the day from which time runs nobody is; `on-programme`: somebody is by the last day, and still goes on. */
export type DutyCondition = 'on-programme' | 'without-adviser';

/**
 * Time runs from an event (`after`), towards a day that an event names (`by`), or from days of the calendar (`every`): one of the three.
 */
export interface Duty {
  readonly id: string;
  readonly says: string;
  readonly who: readonly Role[];
  /** ISO 8601 duration: the term; with `by` the least time after the event. */
  readonly within: string;
  /**
   * Short event type from which time runs, as `adviser.informed`; with a date of its data, as `review.held.nextReviewDue`, from that day.
   */
  readonly after?: string;
  /** Type and date, as `release.planned.on`: due `less` before that day, but not sooner than `within` after the event. */
  readonly by?: string;
  readonly less?: string;
  /** ISO 8601 duration between the days from which time runs, the first of which is `from`. */
  readonly every?: string;
  readonly from?: IsoDate;
  /** Only events of `after` or `by` with these facts count. */
  readonly when?: When;
  /** How things have to stand with the learner. */
  readonly while?: DutyCondition;
  /** ISO 8601 duration: what was done so long before the day from which time runs, or towards which it runs, counts too. */
  readonly beforehand?: string;
  readonly dischargedBy: readonly string[];
  /** Only discharging events with these facts count. */
  readonly dischargedWhen?: When;
}

export interface Override {
  readonly who: readonly Role[];
  readonly grounds: readonly string[];
  readonly lasts: string;
  readonly told: readonly Role[];
  readonly reviewedWithin: string;
}

export interface Party {
  readonly role: Role;
  /** Who fills the role: all of it by default, or these, or those with one of these districts. */
  readonly agencies?: readonly AgencySlug[];
  readonly districts?: readonly string[];
  /** Whether the protocol comes in force only once an agency of this role has signed. */
  readonly mustSign: boolean;
}

export interface PurposeText {
  readonly id: string;
  readonly sentence: { readonly en: string; readonly cy: string };
  /** Term of the W3C Data Privacy Vocabulary, as `dpv:ServiceProvision`. */
  readonly dpv: string;
}

/** The headings that the ICO data-sharing code asks for; `specialCategory` and `criminalOffence` say "None" where there is none. */
export interface Agreement {
  readonly purpose: string;
  readonly organisations: string;
  readonly jointControllers: string;
  readonly dataItems: string;
  readonly lawfulBasis: string;
  readonly specialCategory: string;
  readonly criminalOffence: string;
  readonly accessAndRights: string;
  readonly accuracy: string;
  readonly retention: string;
  readonly security: string;
  readonly breach: string;
  readonly review: string;
  readonly termination: string;
  readonly further: string;
}

export interface ProtocolDocument {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly why: string;
  readonly powers: readonly string[];
  readonly parties: readonly Party[];
  readonly inForce: { readonly from: IsoDate; readonly until?: IsoDate };
  readonly review: { readonly due: IsoDate; readonly graceDays: number };
  readonly rightsContact: string;
  readonly agreement: Agreement;
  readonly purposes: readonly PurposeText[];
  readonly contributions: readonly Contribution[];
  readonly flows: readonly Flow[];
  readonly prohibitions: readonly Prohibition[];
  readonly duties: readonly Duty[];
  readonly override?: Override;
}
