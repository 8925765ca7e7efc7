// The words of a scope mean something: categories, purposes, protocols, roles and agencies that exist (sharing-matrix.md, scopes).
import type { AgencySlug } from '#kernel';
import type { EventDataValue } from './event-type.ts';
import type { SchemaFault } from './schema-faults.ts';
import { isCategory, isRole } from './vocabulary.ts';

/** What protocols and the register of agencies know by name. */
export interface KnownWords {
  readonly purposes: ReadonlySet<string>;
  readonly protocols: ReadonlySet<string>;
  readonly agencies: ReadonlySet<AgencySlug>;
}

/** Without words only what the catalogue itself knows is judged. */
export type ScopeRule = (data: EventDataValue, words: KnownWords | undefined) => readonly SchemaFault[];

interface WordRule {
  readonly field: string;
  readonly says: string;
  readonly knows: (word: string, words: KnownWords | undefined) => boolean;
}

const LISTS: readonly WordRule[] = [
  { field: 'categories', says: 'Name a category of the catalogue by its own name.', knows: (word) => isCategory(word) },
  {
    field: 'purposes',
    says: 'Name a purpose that a protocol in force describes.',
    knows: (word, words) => words?.purposes.has(word) ?? true,
  },
  {
    field: 'recipients',
    says: 'Name a role, or the slug of a registered agency.',
    knows: (word, words) => isRole(word) || (words?.agencies.has(word) ?? true),
  },
];

const listFaults = (scope: EventDataValue, at: string, words: KnownWords | undefined): readonly SchemaFault[] =>
  LISTS.flatMap(({ field, says, knows }) => {
    const list = (scope[field] ?? []) as readonly string[];
    return list.flatMap((word, index) => (knows(word, words) ? [] : [{ pointer: `${at}/${field}/${index}`, says }]));
  });

/** Of an objection or restriction. */
export const statementScope: ScopeRule = (data, words) => listFaults(data['scope'] as EventDataValue, '/scope', words);

/** Of a consent, whether stated or asked for. */
export const consentScope: ScopeRule = (data, words) => {
  const known = words?.protocols.has(data['protocol'] as string) ?? true;
  const protocol: readonly SchemaFault[] = known ? [] : [{ pointer: '/protocol', says: 'Name a protocol that is in force.' }];
  return [...protocol, ...listFaults(data, '', words)];
};
