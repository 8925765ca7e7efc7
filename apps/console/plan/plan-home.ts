// What waits for whoever plans: gaps to answer, by when partnerships plan, what young people said and nobody answered. Pure.
import type { Act, Acting } from '../staff/acts.ts';
import { actsOn } from '../staff/acts-by-list.ts';
import { dayAfter, daysBetween } from '../staff/home.ts';
import { type Row, type Tag, tagOf } from '../staff/list-rows.ts';

export interface PlanRows {
  /** What is overdue first. */
  readonly gaps: readonly Row[];
  readonly partnerships: readonly Row[];
  readonly targets: readonly Row[];
  readonly feedback: readonly Row[];
}

export interface PlanLine {
  readonly what: string;
  readonly detail: string;
  readonly tag: Tag;
  readonly due?: string;
  readonly acts: readonly Act[];
}

export interface PlanHome {
  readonly gaps: readonly PlanLine[];
  readonly feedback: readonly PlanLine[];
  readonly closing: readonly { readonly name: string; readonly on: string; readonly days: number }[];
  readonly targets: readonly {
    readonly measure: string;
    readonly scope: string;
    readonly period: string;
    readonly target: string;
    readonly benchmark: string;
  }[];
}

const textIn = (row: Row, name: string): string => (typeof row[name] === 'string' ? row[name] : '');
const figureIn = (row: Row, name: string): string => (typeof row[name] === 'number' ? String(row[name]) : '');

/** What is due within it is shown as such. */
const SOON_DAYS = 90;

const named = (...parts: readonly string[]): string => parts.filter((part) => part !== '').join(', ');

const gapLine = (row: Row, acting: Acting): PlanLine => ({
  what: named(textIn(row, 'occupation'), textIn(row, 'level').replace('-', ' '), textIn(row, 'area')),
  detail: textIn(row, 'reason'),
  tag: tagOf(textIn(row, 'state')),
  ...(textIn(row, 'due') !== '' && { due: textIn(row, 'due') }),
  acts: actsOn('provision-gaps', row, acting),
});

const isUnanswered = ({ answers, overdue }: Row): boolean => overdue === true || (Array.isArray(answers) && answers.length === 0);

const feedbackLine = (row: Row, acting: Acting): PlanLine => ({
  what: named(textIn(row, 'theme'), textIn(row, 'about'), textIn(row, 'quarter')),
  detail: `${Array.isArray(row['comments']) ? row['comments'].length : 0} comments`,
  tag: tagOf(row['overdue'] === true ? 'overdue' : 'unanswered'),
  ...(textIn(row, 'due') !== '' && { due: textIn(row, 'due') }),
  acts: actsOn('feedback', row, acting),
});

export const planHome = ({ gaps, partnerships, targets, feedback }: PlanRows, acting: Acting): PlanHome => ({
  gaps: gaps.map((row) => gapLine(row, acting)),
  feedback: feedback.filter(isUnanswered).map((row) => feedbackLine(row, acting)),
  closing: partnerships
    .flatMap((row) => {
      const on = textIn(row, 'planningCloses');
      const isAhead = on >= acting.on && on <= dayAfter(acting.on, SOON_DAYS);
      return isAhead ? [{ name: textIn(row, 'name'), on, days: daysBetween(acting.on, on) }] : [];
    })
    .toSorted((one, other) => one.on.localeCompare(other.on)),
  targets: targets.map((row) => ({
    measure: textIn(row, 'measure'),
    scope: textIn(row, 'scope'),
    period: textIn(row, 'period'),
    target: figureIn(row, 'target'),
    benchmark: figureIn(row, 'benchmark'),
  })),
});
