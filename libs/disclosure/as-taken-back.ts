// An event that its source took back, as lists that had shown it tell that (views.md, V12; ADR 46): that it was there, whose it was and the
// id that its source gave the thing, and no more. Nowhere else is it shown to anybody but its source.
import type { Revision } from '#kernel';
import type { RecordItem } from '#learner-record';
import type { DisclosureDecision } from '#sharing-protocols';

/** Of each type that lists which close are made of, the fields that say which one it was. */
const IDENTIFYING: ReadonlyMap<string, { readonly only: readonly string[] }> = new Map(
  Object.entries({
    'programme.started': { only: ['programmeId'] },
    'programme.left-early': { only: ['programmeId'] },
    'programme.moved-on': { only: ['programmeId'] },
    'destination.recorded': { only: [] },
  }),
);

const isTakenBack = ({ revision, status, type }: RecordItem, asked: Revision | undefined): boolean =>
  revision === asked && status === 'retracted' && IDENTIFYING.has(type);

/** Where a row asks for it by its revision, it is looked at as it would be had it not been taken back. */
export const withTakenBack = (items: readonly RecordItem[], asked: Revision | undefined): readonly RecordItem[] =>
  asked === undefined ? items : items.map((item) => (isTakenBack(item, asked) ? { ...item, apart: false } : item));

/** Its source sees its own whole. */
export const narrowed = (item: RecordItem, decision: DisclosureDecision, asked: Revision | undefined): DisclosureDecision => {
  const fields = isTakenBack(item, asked) ? IDENTIFYING.get(item.type) : undefined;
  return fields === undefined || !decision.permit || decision.clause === 'own' ? decision : { ...decision, level: 'existence', fields };
};
