// Until when a learner goes on sharing, where the end is to come sooner (console.md, 4.4). Pure.
import { dayOf, type Entered, textOf } from '../shell/form.ts';
import type { WordKey } from './words.ts';

export interface Ends {
  /** Today, in London. */
  readonly today: string;
  /** The day on which it ends anyway; null: it ends on none. */
  readonly latest: string | null;
}

/** Where no day is entered the end stays. */
export const endIn = (entered: Entered, { today, latest }: Ends): { readonly on: string | null } | { readonly fault: WordKey } => {
  if (['day', 'month', 'year'].every((part) => textOf(entered[`until-${part}`]) === '')) return { on: latest };
  const day = dayOf(entered, 'until');
  if (day === undefined || day < today) return { fault: 'less.badDay' };
  return latest !== null && day > latest ? { fault: 'less.later' } : { on: day };
};
