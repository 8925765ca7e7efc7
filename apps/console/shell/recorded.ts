// What somebody's act came to, as the page after it says: what was recorded, where it stands, and what happens next (console.md, 3).
import type { Visit } from './visit.ts';

interface Way {
  readonly text: string;
  readonly href: string;
}

export interface RecordedAct {
  /** What is so from now on, in a few words. */
  readonly title: string;
  /** Of the record, as the broker answers them; none where it was recorded before. */
  readonly positions: readonly string[];
  readonly says: string;
  /** What happens next. */
  readonly next: string;
  /** Where to go on. */
  readonly ways: readonly Way[];
  /** What the receipt names beside the positions. */
  readonly act: Readonly<Record<string, string | number>>;
}

export interface ActReceipt extends Readonly<Record<string, unknown>> {
  /** As receipts of events say it. */
  readonly outcome: 'accepted' | 'duplicate';
  readonly positions: readonly string[];
  readonly at: string;
  readonly by: string;
}

export interface RecordedPage extends Omit<RecordedAct, 'act'> {
  readonly receipt: ActReceipt;
}

export const RECORDED = '/recorded';
const DRAFT = 'recorded';

/** Undefined where the broker names no position: it was recorded before. */
export const positionsOf = ({ position }: { readonly position?: string }): readonly string[] => (position === undefined ? [] : [position]);

/** `at` in milliseconds since 1970. */
export const recordedPage = ({ act, ...told }: RecordedAct, { by, at }: { readonly by: string; readonly at: number }): RecordedPage => {
  const outcome = told.positions.length === 0 ? 'duplicate' : 'accepted';
  return { ...told, receipt: { ...act, outcome, positions: told.positions, at: new Date(at).toISOString(), by } };
};

/** The page that says it follows; it is there until the next act, so that going back sends nothing twice. */
export const showRecorded = (visit: Visit, told: RecordedAct): void => {
  const by = 'staff' in visit.person ? visit.person.staff : '';
  visit.keepDraft(DRAFT, { ...recordedPage(told, { by, at: Date.now() }) });
  visit.goTo(RECORDED);
};

/** Undefined where nothing was done yet. */
export const recordedIn = (visit: Pick<Visit, 'draft'>): RecordedPage | undefined => visit.draft(DRAFT) as RecordedPage | undefined;
