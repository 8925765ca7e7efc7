// A document about one learner is declared as data and one function: of which items it is made, and what it says of those that one may see.
// It hangs on the learner's file alone and has no view. Route, OpenAPI, CSV, figures and command line follow from it (ADR 0038).
import type { DocumentAsked, DocumentFacts, KindOfItem } from '#disclosure';
import type { IsoDate } from '#kernel';
import type { Chosen, Fields, FieldsOf, Filters } from '../lists/index.ts';
import type { SeenItems } from '../lists/index.ts';

export interface DocumentTerms {
  /** The day of which states and terms are told. */
  readonly on: IsoDate;
  readonly chosen: Chosen;
  readonly facts: DocumentFacts;
}

interface Declared {
  /** Names its folder, its figures and the decisions about it. */
  readonly name: string;
  /** Behind `/v1/learners/{ref}/`, where it is another than the name. */
  readonly path?: string;
  readonly says: string;
  /** Purposes for which something may be seen in it, as examples: the protocols in force decide. */
  readonly purposes: readonly string[];
  /** Short types, and categories, of what it is made of; `learner.identity` is the merged identity. */
  readonly items: Required<Pick<DocumentAsked, 'types'>> & Pick<DocumentAsked, 'categories'>;
  readonly kinds?: readonly KindOfItem[];
  readonly filters?: Filters;
  /** Whether it tells of a day, which `on` may choose. */
  readonly dated: boolean;
  /** Why it is not told as CSV, where it is not. */
  readonly noCsv?: string;
}

export type Content = Readonly<Record<string, unknown>>;

export interface LearnerDocument extends Declared {
  readonly path: string;
  readonly filters: Filters;
  readonly fields: Fields;
  content(seen: SeenItems, terms: DocumentTerms): Content;
}

export interface DocumentOf<Told extends object> extends Declared {
  readonly fields: FieldsOf<Told>;
  /** What it says of the items that are seen. Pure. */
  content(seen: SeenItems, terms: DocumentTerms): Told;
}

export const learnerDocument = <Told extends object>({ path, filters = {}, ...declared }: DocumentOf<Told>): LearnerDocument =>
  ({ ...declared, filters, path: path ?? declared.name }) as unknown as LearnerDocument;
