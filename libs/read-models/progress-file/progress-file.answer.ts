// What a learner achieved, as far as it may be seen (views.md, S22).
import { type AchievementRow, achievementsIn } from '../documents/index.ts';
import type { SeenItems } from '../lists/index.ts';

export interface ProgressFile {
  readonly rows: readonly AchievementRow[];
}

export const progressFileIn = (seen: SeenItems): ProgressFile => ({ rows: achievementsIn(seen) });
