// A question about things that are about no learner, such as vacancies and places: a view proposes, the gate disposes (ADR 39).
import type { Asker } from '#access';
import type { AgencySlug, Position } from '#kernel';
import type { AnswerItem } from '../answer.ts';
import type { ListNotPermitted, ListQuestion } from '../lists/index.ts';

/** What may make a row, as a view knows: events about no learner, by their places in the log. */
export interface ThingCandidate {
  /** Without this one there is no row. */
  readonly anchor: Position;
  /** What else may stand in it: refused, it is as if it were not there. */
  readonly beside: readonly Position[];
}

export interface ThingsInquiry extends ListQuestion {
  readonly asker: Asker;
  /** In the order of the list. */
  readonly candidates: readonly ThingCandidate[];
  /** There are no more than these. */
  readonly complete: boolean;
}

export interface ThingRow {
  /** Place among the candidates. */
  readonly candidate: number;
  /** What the asker may see, by position in the log, which is not to be told but of the asker's own. */
  readonly items: ReadonlyMap<Position, AnswerItem>;
}

export interface ThingsAnswered {
  readonly outcome: 'answered';
  readonly rows: readonly ThingRow[];
  /** Whether one more could have been shown: what is hidden must not be told by a next page. */
  readonly more: boolean;
  /** Of the decision in the log. */
  readonly position: Position;
}

/** The candidates do not suffice to fill the page, and there are more: propose more of them. Nothing was recorded, nothing is told. */
export interface ThingsUnfilled {
  readonly outcome: 'unfilled';
}

export type ThingsAnswer = ThingsAnswered | ThingsUnfilled | ListNotPermitted;

/** An agency of whose things the asker could be shown some; `named`: those alone that name the asker, or nobody. */
export interface ThingSource {
  readonly agency: AgencySlug;
  readonly reach: 'named' | 'any';
}
