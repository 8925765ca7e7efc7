// For what a list or page is asked for: of what the person works on, that which it serves. What names nobody goes without saying.
import type { DescribedList } from '../broker/list-descriptions.ts';

/** None: whoever works on nothing of the kind is to say so first. */
export const purposesFor = (
  working: readonly string[],
  { about, purposes }: Pick<DescribedList, 'about' | 'purposes'>,
): readonly string[] => (about === 'things' ? purposes : working.filter((purpose) => purposes.includes(purpose)));

export const choosingFor = (path: string): string => `/purpose?then=${encodeURIComponent(path)}`;
