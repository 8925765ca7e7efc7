// A decision as a line of a file: who asked, when, on which grounds, and what came of it, by categories; nobody's name.
import type { AuditedDecision, AuditedItem } from '#disclosure';
import type { Columns } from './file-of-rows.ts';

type Groups = readonly { readonly items: readonly AuditedItem[] }[];

const eachOnce = (texts: readonly string[]): string => [...new Set(texts)].join('; ');
const categoriesOf = (groups: Groups): string => eachOnce(groups.flatMap(({ items }) => items.map(({ category }) => category)));

export const DECISION_COLUMNS: Columns<AuditedDecision>['columns'] = {
  position: ({ position }) => position,
  at: ({ at }) => new Date(at).toISOString(),
  recipient: ({ recipient }) => recipient,
  staff: ({ staff }) => staff,
  route: ({ route }) => route,
  asked: ({ asked }) => asked,
  purposes: ({ purposes }) => (purposes === 'any' ? purposes : purposes.join('; ')),
  outcome: ({ outcome }) => outcome,
  permitted: ({ permitted }) => categoriesOf(permitted),
  refused: ({ refused }) => categoriesOf(refused),
  withdrawn: ({ withdrawn }) => categoriesOf([{ items: withdrawn }]),
  clauses: ({ permitted }) => eachOnce(permitted.map(({ clause }) => clause)),
  bases: ({ permitted }) => eachOnce(permitted.map(({ basis }) => basis)),
  consents: ({ permitted }) => eachOnce(permitted.flatMap(({ consent }) => consent?.id ?? [])),
  revisions: ({ permitted }) => eachOnce(permitted.flatMap(({ consent }) => (consent === undefined ? [] : String(consent.revision)))),
  lacks: ({ refused }) => eachOnce(refused.map(({ lacks }) => lacks)),
};
