// Receipts and answers as they are compared: without what differs between any two worlds (positions, random learners, pairwise ids).
import type { Receipt } from '#admission';
import type { AnswerItem } from '#disclosure';
import { type AgencySlug, sourceOf } from '#kernel';
import type { Attack } from './attacks.ts';
import type { Shown, Told } from './world.ts';

/** Names, in the order in which they are met, in place of pairwise ids: what is one stays one. */
class Names {
  readonly #met = new Map<string, string>();

  of(id: string): string {
    const known = this.#met.get(id) ?? `#${this.#met.size}`;
    this.#met.set(id, known);
    return known;
  }
}

const plainReceipt = ({ outcome, problem, existing, position, learner }: Receipt, names: Names): object => ({
  outcome,
  code: problem?.['code'],
  candidates: problem?.['candidates'],
  existing: existing && { ...existing, link: existing.link && 'link' },
  placed: position !== undefined,
  learner: learner && names.of(learner),
});

/** Of one sender, in their order: which learners are one to it shows too. */
export const plainReceipts = (told: readonly Told[]): readonly object[] => {
  const names = new Names();
  return told.map(({ receipts, positions }) => ({ positions, receipts: receipts.map((one) => plainReceipt(one, names)) }));
};

const PAIRWISE = /^[A-Za-z0-9_-]{22}$/;

const plainData = (value: unknown, names: Names): unknown => {
  if (typeof value === 'string') return PAIRWISE.test(value) ? names.of(value) : value;
  if (Array.isArray(value)) return value.map((one) => plainData(one, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, plainData(one, names)]));
};

export type PlainItem = string;

const plainItem = ({ id: _id, position: _position, ...item }: AnswerItem, names: Names): PlainItem =>
  JSON.stringify({ ...item, data: plainData(item.data, names) });

export interface PlainAnswer {
  readonly outcome: Shown['outcome'];
  readonly items: readonly PlainItem[];
}

/** `but`: items to leave out. */
export const plainAnswer = ({ outcome, items = [] }: Shown, but: (item: AnswerItem) => boolean = () => false): PlainAnswer => {
  const names = new Names();
  return { outcome, items: items.filter((item) => !but(item)).map((item) => plainItem(item, names)) };
};

/** What waits for a voucher is shown to the link adviser of its source, marked so (EP7): the one trace that a stranger leaves. */
export const waitsIn =
  (attackers: ReadonlySet<AgencySlug>) =>
  ({ clause, source }: AnswerItem): boolean =>
    clause.endsWith('#EP7') && [...attackers].some((one) => source === sourceOf(one));

export const isOwn = (item: PlainItem): boolean => (JSON.parse(item) as AnswerItem).clause === 'own';

/** Said by the attackers, or an identity merged of nothing but their words. */
export const isMadeUp = (item: PlainItem, attack: Attack): boolean => {
  const { source, data } = JSON.parse(item) as AnswerItem;
  if (source !== undefined) return attack.some(({ by }) => source === sourceOf(by));
  const { statedOn: _days, ...fields } = data;
  const said = new Set(attack.flatMap((one) => Object.values(one.data)));
  return Object.values(fields).every((value) => said.has(value));
};
