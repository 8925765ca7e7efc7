// What items are permitted or refused on, as the log keeps it: items on the same ground together, so that a record grows with grounds.
import type { Revision } from '#kernel';
import type { Basis, Fields, Permit } from '#sharing-protocols';
import type { DecidedAnswer, PermittedItem } from './decide-answer.ts';
import type { PermittedItems, RefusedItems } from './decision-record.ts';

/** `6(1)(e), 9(2)(a)` as the sharing matrix writes it. */
export const basisText = ({ article6, article9, article10 }: Basis): string =>
  [
    article6 === 'none' ? 'not personal' : `6(1)(${article6})`,
    ...(article9 === undefined ? [] : [`9(2)(${article9})`]),
    ...(article10 === undefined ? [] : ['Art 10']),
  ].join(', ');

export const basisOf = (permit: Permit): string => (permit.clause === 'own' ? 'own' : basisText(permit.basis));

export const groupPermitted = (permitted: readonly PermittedItem[]): readonly PermittedItems[] => {
  const groups = new Map<string, PermittedItems & { items: Revision[] }>();
  for (const { item, permit } of permitted) {
    const key = groundKey(permit);
    const group = groups.get(key);
    if (group) group.items.push(item.revision);
    else groups.set(key, { ...groundOf(permit), items: [item.revision] });
  }
  return [...groups.values()];
};

const fieldsTexts = new WeakMap<Fields, string>();

/** Fields belong to the compiled table: one object for all items shown alike. */
export const fieldsText = (fields: Fields): string => {
  const known = fieldsTexts.get(fields);
  if (known !== undefined) return known;
  const text = JSON.stringify(fields);
  fieldsTexts.set(fields, text);
  return text;
};

/** No part but the id of a consent holds a line break, and that comes last. */
const groundKey = ({ clause, level, purpose = '', consent, fields }: Permit): string =>
  `${clause}\n${level}\n${purpose}\n${fieldsText(fields)}\n${consent?.revision ?? ''}\n${consent?.id ?? ''}`;

const groundOf = (permit: Permit): Omit<PermittedItems, 'items'> => ({
  clause: permit.clause,
  level: permit.level,
  basis: basisOf(permit),
  ...(permit.purpose === undefined ? {} : { purpose: permit.purpose }),
  ...(permit.consent === undefined ? {} : { consent: permit.consent }),
  ...(permit.fields.only === undefined ? {} : { fields: permit.fields.only }),
});

export const groupRefused = (refused: DecidedAnswer['refused']): readonly RefusedItems[] => {
  const groups = new Map<string, RefusedItems & { items: Revision[] }>();
  for (const { item, decision } of refused) {
    const [reason] = decision.reasons;
    const ground = { lacks: reason?.lacks ?? ('no-clause' as const), ...(reason?.clause === undefined ? {} : { clause: reason.clause }) };
    const key = JSON.stringify(ground);
    const group = groups.get(key);
    if (group) group.items.push(item.revision);
    else groups.set(key, { ...ground, items: [item.revision] });
  }
  return [...groups.values()];
};
