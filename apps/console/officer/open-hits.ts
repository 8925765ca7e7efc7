// Unusual looks of which nobody has explained all, an older page's explanation reaching less far (console.md, 4.1).

export interface Explainable {
  readonly explanations: readonly { readonly looksSince: number }[];
  /** Nobody explains the own looks. */
  readonly explainable: boolean;
}

export const isOpen = ({ explanations }: Pick<Explainable, 'explanations'>): boolean =>
  explanations.every(({ looksSince }) => looksSince > 0);

/** How many of them wait for whoever asks. */
export const toExplain = (hits: readonly Explainable[]): number => hits.filter((hit) => hit.explainable && isOpen(hit)).length;
