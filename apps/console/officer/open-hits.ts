// Unusual looks of which nobody has explained all, an older page's explanation reaching less far (console.md, 4.1).

export interface Explainable {
  readonly explanations: readonly { readonly looksSince: number }[];
  /** Nobody explains the own looks. */
  readonly explainable: boolean;
}

/** Looks beyond what was explained, whichever explanation reached furthest; Infinity where nobody explained any. */
export const unexplained = ({ explanations }: Pick<Explainable, 'explanations'>): number =>
  Math.min(...explanations.map(({ looksSince }) => looksSince));

export const isOpen = (hit: Pick<Explainable, 'explanations'>): boolean => unexplained(hit) > 0;

/** How many of them wait for whoever asks. */
export const toExplain = (hits: readonly Explainable[]): number => hits.filter((hit) => hit.explainable && isOpen(hit)).length;
