// What a lint rule sees and says.
import type { Catalogue } from '#catalogue';
import type { ProtocolDocument } from './language.ts';

export interface LintContext {
  readonly catalogue: Catalogue;
  /** The other protocols of the partnership: what they let be contributed, and what they forbid. */
  readonly others: readonly ProtocolDocument[];
}

export interface Found {
  /** Keys and places in lists, joined by dots, as `flows.0.retention`. */
  readonly path: string;
  /** What to do, as a sentence. */
  readonly says: string;
}

/** A protocol with an `error` cannot be drafted; a `warning` is for its author to weigh. */
export type Severity = 'error' | 'warning';

export interface Finding extends Found {
  readonly rule: string;
  readonly severity: Severity;
}

export interface LintRule {
  readonly id: string;
  readonly severity: Severity;
  readonly check: (document: ProtocolDocument, context: LintContext) => readonly Found[];
}

/** What `check` finds in each item of the list at `path`. */
export const inEach = <T>(path: string, items: readonly T[], check: (item: T, path: string) => readonly Found[]): readonly Found[] =>
  items.flatMap((item, index) => check(item, `${path}.${index}`));

export const foundIf = (wrong: boolean, path: string, says: string): readonly Found[] => (wrong ? [{ path, says }] : []);
