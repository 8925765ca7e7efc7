// What a learner agreed to, refused, objected to or had restricted, as it stands (contracts.md, consent; sharing-matrix.md).
import type { ConsentStated } from '#catalogue';
import { evolveBy, oneCopy, oneCopyOfList, type Recorded, type Steps } from '#contribution';
import type { IsoDate } from '#kernel';
import type { ConsentTerms, LearnerTerms, Scope } from '#sharing-protocols';
import { acknowledged, type NoticesHeld } from './notices.ts';
import { canonicalScope, sameScope } from './scope.ts';

/** Refused and withdrawn are final: a new consentId begins anew. */
export type ConsentStanding = 'given' | 'renewed' | 'refused' | 'withdrawn';

export interface Consent extends ConsentTerms {
  readonly standing: ConsentStanding;
  readonly paused: boolean;
}

/** Suspends while it is undecided, and for ever once upheld. */
export interface Objection extends Scope {
  readonly undecided: boolean;
  readonly upheld: boolean;
}

/** Holds what decisions ask for as they ask for it. */
export interface ConsentState extends LearnerTerms, NoticesHeld {
  readonly consents: readonly Consent[];
  readonly objections: readonly Objection[];
  readonly restrictions: readonly Scope[];
}

const NONE: readonly never[] = Object.freeze([]);

export const initialConsents: ConsentState = {
  consents: NONE,
  objections: NONE,
  restrictions: NONE,
  notices: NONE,
};

type Begun = Recorded<'consent.given'> | Recorded<'consent.refused'>;
type ChangeType = 'consent.withdrawn' | 'consent.paused' | 'consent.resumed' | 'consent.renewed';

const expiry = ({ expires }: { readonly expires?: IsoDate }): { readonly expires?: IsoDate } =>
  expires === undefined ? {} : { expires: oneCopy(expires) };

const isExplicit = ({ method }: ConsentStated): boolean => method === 'signed-form' || method === 'online';

const begun = (state: ConsentState, { data, revision }: Begun, standing: 'given' | 'refused'): ConsentState => {
  const consent: Consent = {
    id: data.consentId,
    revision,
    live: standing === 'given',
    explicit: isExplicit(data),
    protocol: oneCopy(data.protocol),
    purposes: oneCopyOfList(data.purposes),
    categories: oneCopyOfList(data.categories),
    recipients: oneCopyOfList(data.recipients),
    validFrom: oneCopy(data.validFrom),
    standing,
    paused: false,
    ...expiry(data),
  };
  return { ...state, consents: state.consents.concat(consent) };
};

type Change = Partial<Pick<Consent, 'standing' | 'paused' | 'expires'>>;

const isLive = ({ standing, paused }: Consent): boolean => !paused && (standing === 'given' || standing === 'renewed');

const changed = (state: ConsentState, { data, revision }: Recorded<ChangeType>, change: Change): ConsentState => ({
  ...state,
  consents: state.consents.map((one) => {
    if (one.id !== data.consentId) return one;
    const next = { ...one, ...change, revision };
    return { ...next, live: isLive(next) };
  }),
});

const raised = (objections: readonly Objection[], scope: Scope): readonly Objection[] => {
  const upheld = objections.some((one) => sameScope(one, scope) && one.upheld);
  return [...objections.filter((one) => !sameScope(one, scope)), { ...scope, undecided: true, upheld }];
};

const decided = (objections: readonly Objection[], scope: Scope, upheld: boolean): readonly Objection[] =>
  objections.flatMap((one) => {
    if (!sameScope(one, scope)) return [one];
    return upheld || one.upheld ? [{ ...one, undecided: false, upheld: true }] : [];
  });

const without = (restrictions: readonly Scope[], scope: Scope): readonly Scope[] =>
  restrictions.filter((one) => !sameScope(one, scope));

const steps: Steps<ConsentState> = {
  'consent.given': (state, event) => begun(state, event, 'given'),
  'consent.refused': (state, event) => begun(state, event, 'refused'),
  'consent.withdrawn': (state, event) => changed(state, event, { standing: 'withdrawn' }),
  'consent.paused': (state, event) => changed(state, event, { paused: true }),
  'consent.resumed': (state, event) => changed(state, event, { paused: false }),
  'consent.renewed': (state, event) => changed(state, event, { standing: 'renewed', ...expiry(event.data) }),
  'objection.raised': (state, { data }) => ({
    ...state,
    objections: raised(state.objections, canonicalScope(data.scope)),
  }),
  'objection.decided': (state, { data }) => ({
    ...state,
    objections: decided(state.objections, canonicalScope(data.scope), data.outcome === 'upheld'),
  }),
  'restriction.requested': (state, { data }) => {
    const scope = canonicalScope(data.scope);
    return { ...state, restrictions: [...without(state.restrictions, scope), scope] };
  },
  'restriction.lifted': (state, { data }) => ({
    ...state,
    restrictions: without(state.restrictions, canonicalScope(data.scope)),
  }),
  'notice.acknowledged': (state, event) => ({ ...state, notices: acknowledged(state.notices, event) }),
};

export const evolveConsents = evolveBy(steps);

/** What decisions rest on. It costs nothing: the state keeps it in that form. */
export const consentTerms = (state: ConsentState): LearnerTerms => state;

export type ConsentStatus = ConsentStanding | 'paused' | 'expired';

const hasExpired = ({ expires }: Consent, today: IsoDate): boolean => expires !== undefined && expires < today;

/** In the terms of the W3C DPV, and `paused`. What is final outweighs what time does, and that outweighs a pause. */
export const consentStatusAt = (consent: Consent, today: IsoDate): ConsentStatus => {
  const { standing, paused } = consent;
  if (standing === 'refused' || standing === 'withdrawn') return standing;
  if (hasExpired(consent, today)) return 'expired';
  return paused ? 'paused' : standing;
};
