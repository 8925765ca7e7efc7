// What an objection or restriction covers: two that say the same in another order are one.
import type { StatementScope } from '#catalogue';
import { oneCopyOfList } from '#contribution';
import type { Scope } from '#sharing-protocols';

const canonicalList = (list: readonly string[]): readonly string[] => oneCopyOfList([...new Set(list)].sort());

/** Lists in the order of their words, each word once; a list left out stays out. */
export const canonicalScope = ({ categories, purposes, recipients }: StatementScope): Scope => ({
  ...(categories === undefined ? {} : { categories: canonicalList(categories) }),
  ...(purposes === undefined ? {} : { purposes: canonicalList(purposes) }),
  ...(recipients === undefined ? {} : { recipients: canonicalList(recipients) }),
});

const sameList = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((word, place) => word === b[place]));

/** Of canonical scopes. */
export const sameScope = (a: Scope, b: Scope): boolean =>
  sameList(a.categories, b.categories) && sameList(a.purposes, b.purposes) && sameList(a.recipients, b.recipients);
