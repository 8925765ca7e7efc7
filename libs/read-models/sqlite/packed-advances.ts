// Advances as they are sent to the thread that stores them: views and tables by their numbers, since names of columns would make up most of
// what is copied.
import { type Advance, RowChanges, type ViewShape } from '../engine/index.ts';

export interface PackedAdvance {
  readonly view: number;
  readonly generation: number;
  readonly from: number;
  readonly to: number;
  /** See `RowChanges`. */
  readonly flat: readonly unknown[];
}

/** A view without what its projector does; of one that draws conclusions the name and version alone. */
export type SentView = ViewShape | Pick<ViewShape, 'name' | 'version'>;

export const sentOf = ({ name, version, tables }: ViewShape): SentView =>
  tables.some(({ conclusions }) => conclusions !== undefined) ? { name, version } : { name, version, tables };

export const packed = ({ generation, from, to, changes: { flat } }: Advance, view: number): PackedAdvance => ({
  view,
  generation,
  from,
  to,
  flat,
});

/** Storing them throws `RangeError` where one is of no table of its view. */
export const unpacked = ({ flat, generation, from, to }: PackedAdvance, view: ViewShape): Advance => ({
  view,
  generation,
  from,
  to,
  changes: new RowChanges(view, flat),
});
