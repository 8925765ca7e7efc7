// What an agreement lets whom see, as the matrix of picture 5; of two texts, what the later gives and takes.
import type { Level, Sight, WhoMaySee } from '../pictures/who-may-see-what.ts';
import { roleWords, words } from './flow-words.ts';

interface Share {
  readonly category?: string;
  readonly type?: string;
  readonly level?: Level;
  readonly consent?: string;
}

export interface FlowClause {
  readonly id: string;
  readonly says: string;
  readonly share: readonly Share[];
  readonly level: Level;
  readonly to: readonly { readonly roles: readonly string[]; readonly office?: string }[];
  readonly for: readonly string[];
  readonly consent?: string;
}

export interface AgreementText {
  readonly flows: readonly FlowClause[];
}

const recipientsIn = ({ to }: FlowClause): readonly string[] =>
  to.flatMap(({ roles, office }) => (office === undefined ? roles : [`operator:${office}`]));

/** Alike once. */
export const sightsIn = ({ flows }: AgreementText): readonly Sight[] => {
  const all = flows.flatMap((flow) => flow.share.flatMap((share) => sightsOf(flow, share)));
  return [...new Map(all.map((sight) => [JSON.stringify(sight), sight])).values()];
};

const sightsOf = (flow: FlowClause, share: Share): readonly Sight[] =>
  recipientsIn(flow).flatMap((to) =>
    flow.for.map((purpose) => ({
      role: roleWords(to),
      category: words(share.category ?? (share.type ?? '').replace('.', ' ')),
      purpose: words(purpose),
      level: share.level ?? flow.level,
      needsConsent: (share.consent ?? flow.consent) !== undefined,
    })),
  );

/** What both say, what the later alone says (`gains`), and what it says no more (`loses`). */
export const comparedSights = (before: AgreementText, after: AgreementText): readonly Sight[] => {
  const [old, now] = [before, after].map((text) => new Map(sightsIn(text).map((sight) => [JSON.stringify(sight), sight])));
  const kept = [...(now ?? [])].map(([key, sight]): Sight => (old?.has(key) ? sight : { ...sight, change: 'gains' }));
  const gone = [...(old ?? [])].filter(([key]) => !now?.has(key)).map(([, sight]): Sight => ({ ...sight, change: 'loses' }));
  return [...kept, ...gone];
};

const namesOf = (sights: readonly Sight[], part: 'role' | 'category' | 'purpose'): readonly string[] =>
  [...new Set(sights.map((sight) => sight[part]))].sort((one, other) => one.localeCompare(other, 'en'));

export const matrixOf = (sights: readonly Sight[]): WhoMaySee => ({
  roles: namesOf(sights, 'role'),
  categories: namesOf(sights, 'category'),
  purposes: namesOf(sights, 'purpose'),
  sights,
});

export interface Sentence {
  readonly text: string;
  readonly change: 'gains' | 'loses' | 'other';
}

export const sentenceKind = (text: string): Sentence['change'] => {
  if (/ gains? /.test(text)) return 'gains';
  return / loses? /.test(text) ? 'loses' : 'other';
};
