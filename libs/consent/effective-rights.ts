// Which objections and restrictions stand (UK GDPR Art 18 and 21; sharing-matrix.md, W5): whoever stands may raise one,
// only its source lifts it.
import type { Scope } from '#sharing-protocols';
import type { RightsEntry, Said } from './consent.ts';
import type { Grounds } from './grounds.ts';
import { sameScope } from './scope.ts';

/** What widens has effect from whoever spoke first, or from the learner's own page. */
export const mayWiden = ({ source, byLearner }: Said & { readonly byLearner: boolean }, first: Said): boolean =>
  byLearner || source === first.source;

const meets = (a: readonly string[], b: readonly string[]): boolean => a.some((one) => b.includes(one));

const lifts = (lifted: RightsEntry, requested: RightsEntry): boolean =>
  lifted.kind === 'restriction-lifted' &&
  lifted.revision > requested.revision &&
  sameScope(lifted.scope, requested.scope) &&
  mayWiden(lifted, requested);

/** Whoever is named in the objection would gain by overriding it. */
const overrides = (decided: RightsEntry, raised: RightsEntry, { rolesOf }: Grounds): boolean =>
  decided.kind === 'objection-overridden' &&
  decided.revision > raised.revision &&
  sameScope(decided.scope, raised.scope) &&
  mayWiden(decided, raised) &&
  !meets([decided.source, ...rolesOf(decided.source)], raised.scope.recipients ?? []);

const upholds = (decided: RightsEntry, raised: RightsEntry): boolean =>
  decided.kind === 'objection-upheld' && decided.revision > raised.revision && sameScope(decided.scope, raised.scope);

/** Of those that have effect: what was requested and not lifted. */
export const requestedIn = (rights: readonly RightsEntry[]): readonly RightsEntry[] =>
  rights.filter((one) => one.kind === 'restriction-requested' && !rights.some((other) => lifts(other, one)));

export const restrictionsIn = (rights: readonly RightsEntry[]): readonly Scope[] => requestedIn(rights).map(({ scope }) => scope);

/** Of those that have effect: scopes of objections upheld, each once. */
export const upheldIn = (rights: readonly RightsEntry[]): readonly Scope[] => {
  const raised = rights.filter((one) => one.kind === 'objection-raised' && rights.some((other) => upholds(other, one)));
  return raised.map(({ scope }) => scope).filter((scope, place, all) => all.findIndex((other) => sameScope(other, scope)) === place);
};

/** Suspends while it is undecided, and for ever once upheld. */
export const objectionsIn = (rights: readonly RightsEntry[], grounds: Grounds): readonly Scope[] =>
  rights.flatMap((one) => {
    if (one.kind !== 'objection-raised') return [];
    const stands = rights.some((other) => upholds(other, one)) || !rights.some((other) => overrides(other, one, grounds));
    return stands ? [one.scope] : [];
  });
