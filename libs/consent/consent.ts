// What was said of a learner's consents, objections and restrictions, as it was said:
// what of it has effect is judged apart (sharing-matrix.md, W5).
import type { ConsentStated, ShortType } from '#catalogue';
import { evolveBy, oneCopy, oneCopyOfList, type Recorded, type Steps } from '#contribution';
import type { AgencySlug, Instant, IsoDate, Revision } from '#kernel';
import type { Scope } from '#sharing-protocols';
import { acknowledged, type NoticesHeld } from './notices.ts';
import { canonicalScope } from './scope.ts';

/** Who said it, and where in the learner's stream. */
export interface Said {
  readonly source: AgencySlug;
  readonly revision: Revision;
}

export type ChangeKind = 'withdrawn' | 'paused' | 'resumed' | 'renewed' | 'confirmed';

export interface Change extends Said {
  readonly kind: ChangeKind;
  readonly at: Instant;
  /** Told on the learner's own page. */
  readonly byLearner: boolean;
  readonly expires?: IsoDate;
}

/** A consent, or a refusal, under the id that its source gave it. */
export interface Consent extends Said {
  readonly id: string;
  readonly refused: boolean;
  readonly at: Instant;
  /** By signed form or online, with evidence. */
  readonly explicit: boolean;
  readonly evidence: boolean;
  readonly protocol: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  /** Roles or slugs. */
  readonly recipients: readonly string[];
  readonly validFrom: IsoDate;
  /** Inclusive. */
  readonly expires?: IsoDate;
  readonly changes: readonly Change[];
}

export interface RightsEntry extends Said {
  readonly kind: 'objection-raised' | 'objection-upheld' | 'objection-overridden' | 'restriction-requested' | 'restriction-lifted';
  readonly byLearner: boolean;
  readonly scope: Scope;
}

export interface ConsentState extends NoticesHeld {
  readonly consents: readonly Consent[];
  /** Objections and restrictions, and what became of them, in the order in which they were said. */
  readonly rights: readonly RightsEntry[];
}

const NONE: readonly never[] = Object.freeze([]);

export const initialConsents: ConsentState = { consents: NONE, rights: NONE, notices: NONE };

type Begun = Recorded<'consent.given'> | Recorded<'consent.refused'>;
type Changed =
  | Recorded<'consent.withdrawn'>
  | Recorded<'consent.paused'>
  | Recorded<'consent.resumed'>
  | Recorded<'consent.renewed'>
  | Recorded<'consent.confirmed'>;

const expiry = ({ expires }: { readonly expires?: IsoDate }): { readonly expires?: IsoDate } =>
  expires === undefined ? {} : { expires: oneCopy(expires) };

const isExplicit = ({ method, evidence }: ConsentStated): boolean =>
  evidence !== undefined && (method === 'signed-form' || method === 'online');

const saidBy = ({ source, revision }: Recorded): Said => ({ source: oneCopy(source), revision });

const isByLearner = ({ sourceRoles }: Recorded): boolean => sourceRoles.includes('self-service');

const begun = (state: ConsentState, event: Begun): ConsentState => {
  const { data } = event;
  const consent: Consent = {
    ...saidBy(event),
    id: data.consentId,
    refused: event.type === 'consent.refused',
    at: event.at,
    explicit: isExplicit(data),
    evidence: data.evidence !== undefined,
    protocol: oneCopy(data.protocol),
    purposes: oneCopyOfList(data.purposes),
    categories: oneCopyOfList(data.categories),
    recipients: oneCopyOfList(data.recipients),
    validFrom: oneCopy(data.validFrom),
    changes: NONE,
    ...expiry(data),
  };
  return { ...state, consents: state.consents.concat(consent) };
};

const KINDS: { readonly [Type in ShortType]?: ChangeKind } = {
  'consent.withdrawn': 'withdrawn',
  'consent.paused': 'paused',
  'consent.resumed': 'resumed',
  'consent.renewed': 'renewed',
  'consent.confirmed': 'confirmed',
};

/** Whose consent such an event speaks of: consents are each agency's own. */
export const consentOwner = ({ source, data, notes }: Pick<Recorded, 'source' | 'data' | 'notes'>): AgencySlug =>
  notes?.of ?? ('of' in data && typeof data.of === 'string' ? data.of : source);

const changeOf = (event: Changed): Change => ({
  ...saidBy(event),
  kind: KINDS[event.type] ?? 'paused',
  at: event.at,
  byLearner: isByLearner(event),
  ...('expires' in event.data ? expiry(event.data) : {}),
});

const changed = (state: ConsentState, event: Changed): ConsentState => {
  const owner = consentOwner(event);
  const isMeant = ({ id, source }: Consent): boolean => id === event.data.consentId && source === owner;
  return { ...state, consents: state.consents.map((one) => (isMeant(one) ? { ...one, changes: [...one.changes, changeOf(event)] } : one)) };
};

type Rights =
  Recorded<'objection.raised'> | Recorded<'objection.decided'> | Recorded<'restriction.requested'> | Recorded<'restriction.lifted'>;

const stated = (state: ConsentState, event: Rights, kind: RightsEntry['kind']): ConsentState => ({
  ...state,
  rights: state.rights.concat({ ...saidBy(event), kind, byLearner: isByLearner(event), scope: canonicalScope(event.data.scope) }),
});

const steps: Steps<ConsentState> = {
  'consent.given': begun,
  'consent.refused': begun,
  'consent.withdrawn': changed,
  'consent.paused': changed,
  'consent.resumed': changed,
  'consent.renewed': changed,
  'consent.confirmed': changed,
  'objection.raised': (state, event) => stated(state, event, 'objection-raised'),
  'objection.decided': (state, event) =>
    stated(state, event, event.data.outcome === 'upheld' ? 'objection-upheld' : 'objection-overridden'),
  'restriction.requested': (state, event) => stated(state, event, 'restriction-requested'),
  'restriction.lifted': (state, event) => stated(state, event, 'restriction-lifted'),
  'notice.acknowledged': (state, event) => ({ ...state, notices: acknowledged(state.notices, event) }),
};

export const evolveConsents = evolveBy(steps);
