// Unusual looks that nobody has explained yet, or not since they were looked at again (console.md, 4.1).

export interface Explainable {
  readonly explanations: readonly { readonly looksSince: number }[];
  /** Nobody explains the own looks. */
  readonly explainable: boolean;
}

export const isOpen = ({ explanations }: Pick<Explainable, 'explanations'>): boolean =>
  explanations.length === 0 || (explanations.at(-1)?.looksSince ?? 0) > 0;

/** How many of them wait for whoever asks. */
export const toExplain = (hits: readonly Explainable[]): number => hits.filter((hit) => hit.explainable && isOpen(hit)).length;
