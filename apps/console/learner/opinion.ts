// What a learner thinks of an agency, as it was entered and as it is shown before it is sent (console.md, 4.4). Pure.
import { type Entered, textOf } from '../shell/form.ts';
import type { CheckRow } from './check-row.ts';

export interface Opinion {
  readonly about: string;
  readonly theme: string;
  readonly rating?: number;
  readonly comment?: string;
}

const LONGEST_THEME = 40;

export const opinionIn = (entered: Entered): Opinion => {
  const comment = textOf(entered['text']);
  const rating = Number(textOf(entered['rating']));
  return {
    about: textOf(entered['about']),
    theme: textOf(entered['theme']).slice(0, LONGEST_THEME),
    ...(rating > 0 && { rating }),
    ...(comment !== '' && { comment }),
  };
};

export const opinionRows = ({ about, theme, rating, comment }: Opinion): readonly CheckRow[] => [
  { key: 'form.sayWho', parties: [about] },
  { key: 'row.theme', text: theme },
  ...(rating === undefined ? [] : [{ key: 'row.rating' as const, text: String(rating) }]),
  ...(comment === undefined ? [] : [{ key: 'row.text' as const, text: comment }]),
];
