// What narrows and has effect now, of all that was said: whoever received what it concerns is to be told (UK GDPR Art 19; ADR 0015).
import type { Scope } from '#sharing-protocols';
import type { Consent, ConsentState, RightsEntry } from './consent.ts';
import { requestedIn, upheldIn } from './effective-rights.ts';
import { withdrawnConsents } from './effective.ts';
import type { Grounds } from './grounds.ts';

export interface Narrowings {
  readonly withdrawn: readonly Consent[];
  /** Restrictions requested and not lifted. */
  readonly restricted: readonly RightsEntry[];
  /** Scopes of objections upheld, each once. */
  readonly upheld: readonly Scope[];
}

export const narrowingsIn = (state: ConsentState, grounds: Grounds): Narrowings => {
  const rights = state.rights.filter((one) => grounds.counts(one));
  return { withdrawn: withdrawnConsents(state, grounds), restricted: requestedIn(rights), upheld: upheldIn(rights) };
};

/** Whether anything was said that narrows, with effect or without. */
export const mayNarrow = ({ consents, rights }: ConsentState): boolean =>
  rights.length > 0 || consents.some(({ changes }) => changes.some(({ kind }) => kind === 'withdrawn'));
