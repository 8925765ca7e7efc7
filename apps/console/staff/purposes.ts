// For what a list or page is asked for: of what the person works on, that which it serves. What names nobody goes without saying.
import type { DescribedList } from '../broker/list-descriptions.ts';
import type { Visit } from '../shell/visit.ts';

/** None: whoever works on nothing of the kind is to say so first. */
export const purposesFor = (
  working: readonly string[],
  { about, purposes }: Pick<DescribedList, 'about' | 'purposes'>,
): readonly string[] => (about === 'things' ? purposes : working.filter((purpose) => purposes.includes(purpose)));

export const choosingFor = (path: string): string => `/purpose?then=${encodeURIComponent(path)}`;

/** A page that is seen for certain work. */
export interface Needing {
  readonly title: string;
  /** One of which would do. */
  readonly needs: readonly string[];
  readonly path: string;
}

/** In its place: where nothing was chosen, the choice; else a page that says what it needs and offers it. Nothing is looked at. */
export const forOtherWork = (visit: Visit, { title, needs, path }: Needing): string | undefined => {
  if (visit.purposes.length > 0) return visit.page('staff/other-purpose.njk', { title, needs, then: path, choosing: choosingFor(path) });
  visit.goTo(choosingFor(path));
  return undefined;
};
