import { err, type Result } from '#kernel';

/** What is wrong with a row, or worth a look. */
export interface RowFinding {
  /** `cell`: it cannot be understood; else a code of the wire, or of a warning. */
  readonly code: string;
  /** Column, or field of the event. */
  readonly field: string;
  /** What to do, without anything that the cell says. */
  readonly says: string;
}

export type Found<T> = Result<T, RowFinding>;

export const fault = (code: string, field: string, says: string): Found<never> => err({ code, field, says });
