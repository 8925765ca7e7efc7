// How many assessments were asked for once instead of twice, by whom and when.
import type { AgencySlug, Position } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { assessments, captureOnce } from './capture-once.view.ts';

interface Counts {
  /** Repeats met with the existing assessment. */
  readonly avoided: number;
  readonly recorded: number;
}

export interface AvoidedIn extends Counts {
  /** The sender. */
  readonly agency: AgencySlug;
  /** Of the catalogue; `erased` where the learner's data was erased since. */
  readonly framework: string;
  /** `YYYY-MM` in London. */
  readonly month: string;
}

export interface DuplicatesAvoided extends Counts {
  readonly position: Position;
  /** In the order of agency, framework and month. */
  readonly rows: readonly AvoidedIn[];
}

export const duplicatesAvoided = async (views: ViewReader): Promise<DuplicatesAvoided> => {
  const { position, rows: counted } = await views.count(captureOnce, assessments, { by: ['agency', 'framework', 'month', 'outcome'] });
  const groups = new Map<string, { agency: string; framework: string; month: string; avoided: number; recorded: number }>();
  for (const { agency, framework, month, outcome, count } of counted) {
    const name = JSON.stringify([agency, framework, month]);
    const group = groups.get(name) ?? { agency, framework, month, avoided: 0, recorded: 0 };
    groups.set(name, { ...group, [outcome]: count });
  }
  const rows = [...groups.values()];
  return { position, avoided: sum(rows, 'avoided'), recorded: sum(rows, 'recorded'), rows };
};

const sum = (rows: readonly AvoidedIn[], name: keyof Counts): number => rows.reduce((total, row) => total + row[name], 0);
