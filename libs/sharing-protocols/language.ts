// What a sharing protocol can say, as data (docs/guides/writing-a-protocol.md explains the YAML form; protocol-document.schema.json checks it).
import type { Category, Role } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';

export type RelationshipName =
  | 'known-to'
  | 'referred-to'
  | 'referrer-of'
  | 'enrolled-with'
  | 'adviser-for'
  | 'link-for-provider'
  | 'home-institution'
  | 'applied-to'
  | 'resident-area';

/** full > summary > existence. */
export type Level = 'full' | 'summary' | 'existence';
export type Delivery = 'on-request' | 'feed' | 'monthly-list' | 'aggregate';

/** Facts of an item's data by which it can be told apart: each named field holds one of the values. */
export type When = Readonly<Record<string, readonly string[]>>;

/** Minimisation. Neither `only` nor `except`: all fields. `ifSupplied`: fields that the recipient gets only where it supplied them itself. */
export interface Fields {
  readonly only?: readonly string[];
  readonly except?: readonly string[];
  readonly ifSupplied?: readonly string[];
}

/** A whole category or a single event type (short name, as `programme.started`), perhaps narrowed. */
export interface Share {
  readonly category?: Category;
  readonly type?: string;
  readonly when?: When;
  /** Override the flow's own. */
  readonly level?: Level;
  readonly fields?: Fields;
  readonly from?: 'any' | readonly Role[];
}

/** Recipients: any of the roles with any of the relationships. No relationship: lists and aggregates only. */
export interface To {
  readonly roles: readonly Role[];
  /** A post of the broker's operator instead of agencies: `roles` is then empty, and the flow permits no agency anything. */
  readonly office?: 'data-manager';
  readonly relationship?: readonly RelationshipName[];
  /** Only items whose data names the recipient in this field (`to`, `about`). */
  readonly namedIn?: string;
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
  /** Absent: none needed. `explicit`: by signed form or online. */
  readonly consent?: 'required' | 'explicit';
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

export interface Contribution {
  readonly types: readonly string[];
  /** `recipient`: whoever received the notice or may see the content that the event speaks of. */
  readonly roles: readonly Role[] | 'recipient';
  readonly when?: When;
  /** Default `any` relationship; `begins`: the event may begin one; `none`: about no learner. */
  readonly relationship?: 'any' | 'begins' | 'none';
}

export interface Duty {
  readonly id: string;
  readonly says: string;
  readonly who: readonly Role[];
  /** ISO 8601 duration. */
  readonly within: string;
  /** Short event type from which time runs, as `adviser.informed`; with a date of its data, as `review.held.nextReviewDue`, from that day. */
  readonly after: string;
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
