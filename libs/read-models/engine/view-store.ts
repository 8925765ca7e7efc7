// The port behind which views lie: rows and checkpoint of a view change together or not at all (invariant 9, ADR 0009).
import type { Position } from '#kernel';
import type { RowChanges } from './follower.ts';
import type { ViewShape } from './projector.ts';
import type { ViewReader } from './row-query.ts';

/** One making of a view: a rebuilt view is another generation of it, which then takes the place of the former. */
export interface Generation {
  readonly view: string;
  readonly generation: number;
  /** Of the last event that it has taken in; 0: none yet. */
  readonly position: Position;
}

/** What a batch of events makes of one generation. */
export interface Advance {
  readonly view: ViewShape;
  readonly generation: number;
  readonly from: Position;
  readonly to: Position;
  readonly changes: RowChanges;
}

/** All rows of a view, canonically: SHA-256 (hex) over name and rows of each table, rows as JSON arrays in the order of their keys. */
export interface ViewContent {
  readonly position: Position;
  readonly rows: number;
  readonly hash: string;
}

export interface ViewStore extends ViewReader {
  /** The generation that readers see of each view, empty where there is none of this version. */
  open(views: readonly ViewShape[]): Promise<readonly Generation[]>;
  /** Drops what there is of these views: readers see them empty, at position 0. */
  restart(views: readonly ViewShape[]): Promise<void>;
  /**
   * An empty generation of each view beside the one that readers see; what an earlier, unfinished attempt left is dropped. Until `conclude`
   * nothing need be concluded in it.
   */
  begin(views: readonly ViewShape[]): Promise<readonly Generation[]>;
  /** All advances or none. */
  commit(advances: readonly Advance[]): Promise<void>;
  /** The generation that readers see, when it is of this version. */
  current(view: ViewShape): Promise<Generation | undefined>;
  content(view: ViewShape, generation: number): Promise<ViewContent>;
  /** Draws what follows from all rows of a generation that nobody sees yet; with later changes it is kept up. Once more does no harm. */
  conclude(view: ViewShape, generation: number): Promise<void>;
  /** At once for all: readers see these generations from now on. False, and nothing done, where one is behind what they see. */
  replace(views: readonly { readonly view: ViewShape; readonly generation: number }[]): Promise<boolean>;
  close(): Promise<void>;
}

/** What views are made anew in: nobody reads rows of it. */
export type RebuildStore = Pick<ViewStore, 'begin' | 'commit' | 'current' | 'content' | 'conclude' | 'replace' | 'close'>;

/**
 * `moved-on`: the generation is no longer there, or elsewhere: another process moved or replaced it; `refused`: the changes of `view`
 * cannot be stored, whenever they are tried; `unavailable`: the store cannot be read or written now.
 */
export type ViewStoreErrorCode = 'moved-on' | 'refused' | 'unavailable' | 'closed';

export class ViewStoreError extends Error {
  override readonly name = 'ViewStoreError';
  readonly code: ViewStoreErrorCode;
  readonly view: string | undefined;

  constructor(code: ViewStoreErrorCode, message: string, options: ErrorOptions & { readonly view?: string } = {}) {
    super(message, options);
    this.code = code;
    this.view = options.view;
  }
}
