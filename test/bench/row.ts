// One measured figure beside its limit in the same run (docs/benchmarks.md).

export interface Row {
  /** of the performance goals, as `P6`. */
  readonly goal: string;
  readonly name: string;
  /** What the machine gave the bare operation; in `unit`. */
  readonly limit: number;
  readonly ours: number;
  /** ours / limit, or as the name says. */
  readonly ratio: number;
  /** Least ratio that reaches the goal. */
  readonly target: number;
  readonly unit: string;
}

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1] ?? Number.NaN;
};
