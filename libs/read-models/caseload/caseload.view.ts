// Whom an agency advises, and when a follow-up that it was asked for is due: all of it the agency's own doing (views.md, S6).
import type { CatalogueData } from '#catalogue';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { addDays, type AgencySlug } from '#kernel';
import { type ProjectedEvent, type Projector, type RowOf, type RowWriter, table } from '../engine/index.ts';
import { thingName } from '../lists/index.ts';
import { ADVISER_ROLES, FOLLOW_UP_DAYS } from '../states/index.ts';

/** Stands for no day, after all of them. */
export const NEVER = '9999-12-31';
export const advised = table({
  name: 'advised',
  columns: {
    agency: 'text',
    learner: 'text',
    /** 1 once the agency assigned an adviser: what else it does makes no caseload. */
    assigned: 'integer?',
    /** `YYYY-MM-DD`: last day of the term that the last information began, that day itself, and the last follow-up. */
    follow_up_due: 'text?',
    informed_on: 'text?',
    followed_on: 'text?',
  },
  key: ['agency', 'learner'],
  merge: { assigned: 'max', follow_up_due: 'max', informed_on: 'max', followed_on: 'max' },
  derived: { due: { of: 'follow_up_due', until: ['followed_on', 'informed_on'], otherwise: NEVER } },
  indexes: [['agency', 'assigned', 'due', 'learner'], ['learner']],
});

/** What an agency called the advisers whom it assigned, and their offices. */
export const called = table({
  name: 'called',
  columns: { learner: 'text', word: 'text' },
  key: ['learner', 'word'],
  indexes: [['word', 'learner']],
});

export type CalledBy = 'adviser' | 'office';

/** Stands for it: a view holds no texts. */
export const calledWord = (agency: AgencySlug, by: CalledBy, text: string): string => thingName(agency, by, text);

type Days = Partial<Omit<RowOf<typeof advised>, 'agency' | 'learner'>>;
type Told = (event: ProjectedEvent) => Days;

const dataOf = <Type extends keyof CatalogueData>(event: ProjectedEvent, _: Type): Partial<CatalogueData[Type]> =>
  (event.open()?.event?.data ?? {}) as unknown as Partial<CatalogueData[Type]>;

const assigned: Told = (event) => (isAdviser(event) ? { assigned: 1 } : {});

const isAdviser = (event: ProjectedEvent): boolean => {
  const { role } = dataOf(event, 'learner.adviser-assigned');
  return ADVISER_ROLES.some((one) => one === role);
};
const informed: Told = (event) => {
  const { on } = dataOf(event, 'adviser.informed');
  return on === undefined ? {} : { informed_on: on, follow_up_due: addDays(on, FOLLOW_UP_DAYS) };
};
const followed: Told = (event) => {
  const { on } = dataOf(event, 'follow-up.made');
  return on === undefined ? {} : { followed_on: on };
};

const ASSIGNED = 'uk.concordat.learner.adviser-assigned.v1';

const wordsIn = (event: ProjectedEvent): ReadonlySet<string> => {
  if (event.recorded.type !== ASSIGNED || !isAdviser(event)) return new Set();
  const { name, staffId, office } = dataOf(event, 'learner.adviser-assigned');
  const word = (by: CalledBy, text: string | undefined): readonly string[] =>
    text === undefined ? [] : [calledWord(event.recorded.meta.actor, by, text)];
  return new Set([...word('adviser', name), ...word('adviser', staffId), ...word('office', office)]);
};

const TOLD: ReadonlyMap<string, Told> = new Map([
  [ASSIGNED, assigned],
  ['uk.concordat.adviser.informed.v1', informed],
  ['uk.concordat.follow-up.made.v1', followed],
]);

/** All three types are of one category. */
const CATEGORY = 'adviser';

const removeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const erasure = erasureIn(event.recorded);
  if (erasure === undefined || (erasure.category ?? CATEGORY) !== CATEGORY) return;
  for (const each of [advised, called]) rows.remove(each, { learner: erasure.learner });
};

export const caseloadView: Projector = {
  name: 'caseload',
  version: 2,
  tables: [advised, called],
  types: new Set([...TOLD.keys(), ERASED]),
  apply: (event, rows) => {
    const { stream, type, meta } = event.recorded;
    if (type === ERASED) return removeErased(event, rows);
    const learner = learnerOfStream(stream);
    const days = TOLD.get(type)?.(event) ?? {};
    if (learner === undefined || Object.keys(days).length === 0) return;
    const nothing = { assigned: null, follow_up_due: null, informed_on: null, followed_on: null };
    rows.merge(advised, { agency: meta.actor, learner, ...nothing, ...days });
    for (const word of wordsIn(event)) rows.put(called, { learner, word });
  },
};
