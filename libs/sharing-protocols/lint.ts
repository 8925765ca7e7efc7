// Judges what a protocol document says: whether it may be drafted at all, and what its author should look at again.
import type { Catalogue } from '#catalogue';
import { shippedCatalogue } from '#catalogue';
import type { ProtocolDocument } from './language.ts';
import { AGREEMENT_RULES } from './lint-agreement.ts';
import { CLAUSE_RULES } from './lint-clauses.ts';
import { ELEMENT_RULES } from './lint-elements.ts';
import type { Finding, LintRule } from './lint-findings.ts';
import { LAW_RULES } from './lint-law.ts';
import { NAME_RULES } from './lint-names.ts';

export const LINT_RULES: readonly LintRule[] = [...AGREEMENT_RULES, ...NAME_RULES, ...LAW_RULES, ...CLAUSE_RULES, ...ELEMENT_RULES];

export interface LintOptions {
  /** The other protocols that are, or will be, in force beside it. */
  readonly others?: readonly ProtocolDocument[];
  readonly catalogue?: Catalogue;
}

/** Findings in the order of the rules; none: the document is clean. Takes any document of the form that `parseProtocol` checks. */
export const lintProtocol = (
  document: ProtocolDocument,
  { others = [], catalogue = shippedCatalogue() }: LintOptions = {},
): readonly Finding[] =>
  LINT_RULES.flatMap(({ id, severity, check }) =>
    check(document, { catalogue, others }).map((found) => ({ rule: id, severity, ...found })),
  );

/** Whether the findings leave the document fit to be drafted, signed and brought into force. */
export const isFit = (findings: readonly Finding[]): boolean => findings.every(({ severity }) => severity !== 'error');
