// The reports' checklist of roles and responsibilities, as a table of data: protocols/checklist/e2e.json.
import { join } from 'node:path';
import { findProtocols } from '#catalogue';
import { readJsonFile } from '#strict-text';

/**
 * By what a line is answered: that a protocol is in force, that whoever can be a party has signed, that an undertaking was met, or that
 * those who must sign a protocol have lately used what is shared.
 */
export type ChecklistAnswer =
  | { readonly inForce: string }
  | { readonly signed: 'every' }
  | { readonly undertaking: string; readonly duty: string }
  | { readonly use: string };

export interface ChecklistLine {
  readonly id: string;
  readonly question: string;
  readonly answer: ChecklistAnswer;
}

let shipped: readonly ChecklistLine[] | undefined;

/** In the order of the report. Read once. */
export const checklistLines = (): readonly ChecklistLine[] => {
  shipped ??= (readJsonFile(join(findProtocols(), 'checklist', 'e2e.json')) as { readonly lines: readonly ChecklistLine[] }).lines;
  return shipped;
};
