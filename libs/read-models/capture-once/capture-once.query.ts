// How many assessments were asked for once instead of twice, by whom and when.
import type { AgencySlug, Position } from '#kernel';
import type { ViewReader } from '../engine/index.ts';
import { assessments, captureOnce } from './capture-once.view.ts';

interface Counts {
  /** Repeats met with the existing assessment. */
  readonly avoided: number;
  readonly recorded: number;
  /** Of those recorded: one was valid that the sender might not know of. It says that there was, so the sender is not told. */
  readonly apart: number;
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
  const groups = new Map<string, AvoidedIn>();
  for (const { agency, framework, month, outcome, count } of counted) {
    const name = JSON.stringify([agency, framework, month]);
    const { avoided, recorded, apart } = groups.get(name) ?? NONE;
    groups.set(name, {
      ...{ agency, framework, month },
      avoided: avoided + (outcome === 'avoided' ? count : 0),
      recorded: recorded + (outcome === 'avoided' ? 0 : count),
      apart: apart + (outcome === 'apart' ? count : 0),
    });
  }
  const rows = [...groups.values()];
  return { position, avoided: sum(rows, 'avoided'), recorded: sum(rows, 'recorded'), apart: sum(rows, 'apart'), rows };
};

const NONE: Counts = { avoided: 0, recorded: 0, apart: 0 };

const sum = (rows: readonly AvoidedIn[], name: keyof Counts): number => rows.reduce((total, row) => total + row[name], 0);
