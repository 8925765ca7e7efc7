// A page of a learner's own record is declared as data and one function, as a document about a learner is (ADR 0038; ADR 54): route,
// OpenAPI and figures follow from it.
import type { DocumentAsked, OwnAnswer } from '#disclosure';
import type { IsoDate, Position } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import type { AnyRow, Fields, FieldsOf, SeenItems, ThingList } from '../lists/index.ts';

export interface OwnTerms {
  /** Today, in London. */
  readonly on: IsoDate;
  readonly facts: OwnAnswer['facts'];
  /** Rows of the things beside it, as the learner may see them. */
  readonly things?: readonly AnyRow[];
}

/** Events about no learner that belong to what the learner is told: a view proposes, the gate decides. */
export interface ThingsBeside {
  readonly list: ThingList;
  /** By their places in the log. */
  propose(views: ViewReader, seen: SeenItems): Promise<readonly Position[]>;
}

interface Declared {
  /** Names the decisions about it, and its figures. */
  readonly name: string;
  /** Behind `/v1/me/`. */
  readonly path: string;
  readonly says: string;
  readonly items: Omit<DocumentAsked, 'parameters'>;
  readonly beside?: ThingsBeside;
}

export interface OwnPage extends Declared {
  readonly fields: Fields;
  content(seen: SeenItems, terms: OwnTerms): Readonly<Record<string, unknown>>;
}

export interface OwnPageOf<Told extends object> extends Declared {
  readonly fields: FieldsOf<Told>;
  /** Pure. */
  content(seen: SeenItems, terms: OwnTerms): Told;
}

export const ownPage = <Told extends object>(declared: OwnPageOf<Told>): OwnPage => declared as unknown as OwnPage;
