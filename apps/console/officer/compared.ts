// What an agency could see on a day beside what it can see now: item by item, what came and what went.
import type { AsOf, AuditedItem } from './audit-answers.ts';

export interface ItemSeen extends AuditedItem {
  readonly level: string;
  readonly clause: string;
}

export interface Changes {
  readonly gained: readonly ItemSeen[];
  readonly lost: readonly ItemSeen[];
  readonly kept: number;
}

const seenIn = ({ permitted }: AsOf): readonly ItemSeen[] =>
  permitted.flatMap(({ items, level, clause }) => items.map((item) => ({ ...item, level, clause })));

/** Of others' items an agency's officer is told no position: those alike are told apart by their number. */
const nameOf = ({ position, type, category, recordedOn, level }: ItemSeen): string =>
  [position ?? `${type} ${category} ${recordedOn ?? ''}`, level].join(' ');

const beyond = (some: readonly ItemSeen[], others: readonly ItemSeen[]): readonly ItemSeen[] => {
  const left = new Map<string, number>();
  for (const one of others) left.set(nameOf(one), (left.get(nameOf(one)) ?? 0) + 1);
  return some.filter((one) => {
    const there = left.get(nameOf(one)) ?? 0;
    left.set(nameOf(one), there - 1);
    return there <= 0;
  });
};

export const compared = (then: AsOf, now: AsOf): Changes => {
  const [before, after] = [seenIn(then), seenIn(now)];
  const lost = beyond(before, after);
  return { gained: beyond(after, before), lost, kept: before.length - lost.length };
};
