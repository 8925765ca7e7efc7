// Every check of admission, in the order in which they are made: the first that refuses is told (contracts.md, Receipts).
import type { Check } from './event-form.ts';
import { FORM_CHECKS } from './form-checks.ts';
import { LEARNER_CHECKS } from './learner-checks.ts';
import { type RejectionCode, REJECTIONS } from './rejections.ts';

export const CHECKS: readonly Pick<Check<never>, 'codes' | 'looksAt'>[] = [...FORM_CHECKS, ...LEARNER_CHECKS];

/** Stable codes of rejections, in the order in which they are judged. */
export const REJECTION_CODES: readonly RejectionCode[] = [...new Set(CHECKS.flatMap(({ codes }) => codes))];

/** The table of the section *Rejected events* of docs/guides/problems.md. */
export const rejectionsTable = (): string =>
  [
    '| code | status | what it means | what to do |',
    '|---|---|---|---|',
    ...REJECTION_CODES.map((code) => {
      const { status, means, todo } = REJECTIONS[code];
      return `| \`${code}\` | ${status} | ${means} | ${todo} |`;
    }),
  ].join('\n');
