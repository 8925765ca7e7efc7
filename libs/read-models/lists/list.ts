// A list is declared as data and three functions: what its view proposes, what a row says of the items that one may see, and in which
// order rows stand. Route, OpenAPI, CSV, figures and command line follow from it (ADR 0027).
import type { ListCandidate, ListQuestion } from '#disclosure';
import type { Role } from '#catalogue';
import type { DutyTerm, LinkAdviserOn } from '#duties';
import type { AgencySlug, Instant, IsoDate, LearnerId, Position, Revision } from '#kernel';
import type { OfficeName } from '#access';
import { type IssueNamed, monthOf, type Periods } from '#reports';
import type { Projector, ViewReader } from '../engine/index.ts';
import type { FieldsOf, Fields } from './fields.ts';
import type { Chosen, Filters } from './filters.ts';
import type { SeenItems } from './seen-items.ts';

/** The values by which the view orders its rows, of the last one of a page. */
export type Place = readonly (string | number)[];

/** Who asks, as the register has it. */
export interface ListAsker {
  readonly slug: AgencySlug;
  readonly roles: readonly Role[];
  /** Its districts, as the operator registered them. */
  readonly districts: readonly string[];
  /** Present where an office asks. */
  readonly office?: string;
}

export interface Proposing {
  readonly asker: ListAsker;
  /** The day of which states and terms are told. */
  readonly on: IsoDate;
  /** A view may leave out what a day of the event that makes the row excludes: without that event there is no row. */
  readonly chosen: Chosen;
  readonly after?: Place;
  readonly limit: number;
  /** That record alone, of a list that has one row a person. */
  readonly of?: LearnerId;
  /** Of a list that closes: when, and what of it was published. */
  readonly periods: Periods;
  readonly partnership: Partnership;
}

/** A look of the asker's own at the learner. */
export interface Look {
  readonly on: IsoDate;
  /** Places of what it showed. */
  readonly shown: readonly Revision[];
}

/** In which period's list it stands, and why there (views.md, V12, V13). */
export interface Listed {
  readonly period: string;
  /** Withdrawn: taken back since its list was published. */
  readonly change: Change;
  /** The period that it is of. */
  readonly forPeriod: string;
}

export const CHANGES = ['new', 'late', 'withdrawn'] as const;
export type Change = (typeof CHANGES)[number];

/** What may be a row. A learner may stand there several times, as with a row a programme: then each names its anchor. */
export interface Proposal extends ListCandidate {
  readonly place: Place;
  /** When the anchor was recorded. */
  readonly knownAt?: Instant;
  /** Where the list is about what the asker itself has looked at: in the order of their days. */
  readonly looks?: readonly Look[];
  /** Of the anchor in the log. */
  readonly position?: Position;
  /** Of an anchor that makes several rows, which of them it is. */
  readonly about?: string;
  /** Of a list that closes. */
  readonly listed?: Listed;
}

/** What the registers say of the partnership: whose duty is what, and who holds which role. */
export interface Partnership {
  readonly duties: readonly DutyTerm[];
  /** By when everybody is to have the offer of a place, in the year in which places begin: month and day. */
  readonly guaranteeBy: string;
  rolesOf(agency: AgencySlug): readonly Role[];
  /** Whose adviser was a provider's link adviser at the end of a day. */
  readonly linkAdviserOf: LinkAdviserOn;
  /** Whether a protocol in force lets it contribute such an event, by its short type. */
  mayTell(agency: AgencySlug, type: string): boolean;
  /** Whether the data manager lets a finding stand. */
  isWaived(issue: IssueNamed): boolean;
  /** When the data manager last asked the agency about a finding. */
  askedAbout(issue: IssueNamed): Instant | undefined;
}

/** Of which day a row tells, to whom, and what makes it. */
export interface RowAt extends Pick<Proposal, 'anchor' | 'knownAt' | 'looks' | 'position' | 'about' | 'listed'> {
  readonly on: IsoDate;
  readonly asker: ListAsker;
  readonly chosen: Chosen;
  readonly partnership: Partnership;
}

/** Whom a page may be about: the gate decides on each. */
export interface Proposed<Candidate = Proposal> {
  /** Of the view. */
  readonly position: Position;
  /** In the list's order, one more than the limit where there is one. */
  readonly candidates: readonly Candidate[];
}

export interface Declared {
  /** Names its folder, its route `/v1/<name>` and its figures; `/` stands between the parts of a path. */
  readonly name: string;
  readonly says: string;
  readonly view: Projector;
  /** Purposes for which something may be seen in it, as examples: the protocols in force decide. */
  readonly purposes: readonly string[];
  /** Short types of what its rows are made of, and without one of which there is no row; `learner.identity` is the merged identity. */
  readonly items: ListQuestion['items'];
  readonly filters: Filters;
  /** Columns of the command line's table, of all those of the CSV. */
  readonly table: readonly string[];
}

interface OfLearners extends Declared {
  readonly about?: undefined;
  /** An office that may ask for it as agencies do. */
  readonly office?: OfficeName;
  /** Of what an agency told itself: every agency may ask, and one that told nothing of the kind gets no rows. */
  readonly isOwn?: true;
  /** A row a person, whom a view may propose once for each of their records: by ascending places, each with `of` alone too. */
  readonly isOneAPerson?: true;
  /** Whether the asker itself told anything that makes a row; absent where no view knows. */
  hasOwn?(views: ViewReader, asker: ListAsker): Promise<boolean>;
  /** Whom it proposes follows from what the asker itself told, and from nothing else. */
  readonly proposesOwn?: true;
  /** Must order by what the asker itself contributed, by what makes the row, or by what tells nothing (ADR 0027). */
  propose(views: ViewReader, asked: Proposing): Promise<Proposed>;
}

export interface ListOf<Row extends object> extends OfLearners {
  readonly fields: FieldsOf<Row>;
  /** What the day's row says, or rows where the anchor makes several; undefined where what makes it exist is not seen. Pure. */
  row(seen: SeenItems, at: RowAt): Row | readonly Row[] | undefined;
  /** Whether a row is one that the filters choose. */
  matches(row: Row, chosen: Chosen): boolean;
  order(one: Row, other: Row, chosen?: Chosen): number;
  /** What `order` goes by, where it is to hold over all pages as long as few may be on them (ADR 78): the same types for each row. */
  rank?(row: Row): Place;
  /** Whether the view proposes in that order already what is chosen: then nobody is looked at for the order (ADR 84). */
  isProposedInOrder?(chosen: Chosen): boolean;
  /** Rows that name no learner. */
  isUnnamed?(row: Row): boolean;
  /** A list that closes: the filter that names the period, a month, and the column by which its rows are counted. */
  readonly closing?: ClosingList;
}

export interface ClosingList {
  readonly period: string;
  readonly counted: string;
}

export type AnyRow = Readonly<Record<string, unknown>>;

/** A list whose rows are told apart by nobody but itself. */
export interface List extends OfLearners {
  readonly fields: Fields;
  row(seen: SeenItems, at: RowAt): AnyRow | readonly AnyRow[] | undefined;
  matches(row: AnyRow, chosen: Chosen): boolean;
  order(one: AnyRow, other: AnyRow, chosen?: Chosen): number;
  readonly rank?: (row: AnyRow) => Place;
  isProposedInOrder?(chosen: Chosen): boolean;
  isUnnamed?(row: AnyRow): boolean;
  readonly closing?: ClosingList;
}

/** The one of the day where none is asked for. */
export const periodAsked = ({ closing }: List, { chosen, on }: Pick<Proposing, 'chosen' | 'on'>): string | undefined =>
  closing && (chosen[closing.period] ?? monthOf(on));

export const pathOf = ({ name }: Pick<Declared, 'name'>): string => `/v1/${name}`;

export const list = <Row extends object>(declared: ListOf<Row>): List => declared as unknown as List;
