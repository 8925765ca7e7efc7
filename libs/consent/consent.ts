// What was said of a learner's consents, objections and restrictions, as it was said:
// what of it has effect is judged apart (sharing-matrix.md, W5).
import type { ConsentStated, NoticeAcknowledged, ShortType, StatementScope } from '#catalogue';
import { evolveBy, oneCopy, oneCopyOfList, type Recorded, type Steps } from '#contribution';
import type { Scope } from '#sharing-protocols';
import type { AgencySlug, Instant, IsoDate, Position, Revision } from '#kernel';

// What an objection or restriction covers: two that say the same in another order are one.

const canonicalList = (list: readonly string[]): readonly string[] => oneCopyOfList([...new Set(list)].sort());

/** Lists in the order of their words, each word once; a list left out stays out. */
export const canonicalScope = ({ categories, purposes, recipients }: StatementScope): Scope => ({
  ...(categories === undefined ? {} : { categories: canonicalList(categories) }),
  ...(purposes === undefined ? {} : { purposes: canonicalList(purposes) }),
  ...(recipients === undefined ? {} : { recipients: canonicalList(recipients) }),
});

const sameList = (a: readonly string[] | undefined, b: readonly string[] | undefined): boolean =>
  a === b || (a !== undefined && b !== undefined && a.length === b.length && a.every((word, place) => word === b[place]));

/** Of canonical scopes. */
export const sameScope = (a: Scope, b: Scope): boolean =>
  sameList(a.categories, b.categories) && sameList(a.purposes, b.purposes) && sameList(a.recipients, b.recipients);

// Notices: whoever received data is told what became of their ground or their truth, and says what it did with them (invariant 6; Art 19).

/** The broker's own event in the learner's stream, sealed with what else is known of the learner's consents. */
export const NOTICE_ISSUED = 'uk.concordat.notice.issued.v1';

/**
 * What took effect: a withdrawal of consent, a restriction, an objection upheld, its source's own rectification or retraction, or that the
 * learner was erased.
 */
export const NOTICE_REASONS = ['withdrawal', 'restriction', 'objection', 'rectification', 'retraction', 'erasure'] as const;
export type NoticeReason = (typeof NOTICE_REASONS)[number];

export interface NoticeIssued {
  /** UUID; the id of this event too. */
  readonly noticeId: string;
  readonly recipient: AgencySlug;
  readonly reason: NoticeReason;
  /** Of a withdrawal alone: the consent's id as the agency that recorded it gave it. */
  readonly consentId?: string;
  /** Positions in the log of what the recipient was shown, ascending; `MERGED_IDENTITY_NOTICED` for the merged identity. */
  readonly items: readonly Position[];
  readonly issuedAt: Instant;
  /** The last day, in London, to acknowledge it. */
  readonly due: IsoDate;
  /** The clause that says so, as `e2e-passport@1#ED6`; absent where no protocol does. */
  readonly duty?: string;
}

/** In place of a position: no event has it. */
export const MERGED_IDENTITY_NOTICED: Position = -1;

export interface Notice extends NoticeIssued {
  readonly acknowledged?: Pick<NoticeAcknowledged, 'on' | 'action'>;
}

/** As `ConsentState` holds them: in the order in which they were issued. */
interface NoticesHeld {
  readonly notices: readonly Notice[];
}

/** Folds in the issuing of a notice. */
export const withNotice = <State extends NoticesHeld>(state: State, issued: NoticeIssued): State => ({
  ...state,
  notices: state.notices.concat(issued),
});

/** The last answer stands: whoever stopped using data may delete it later. */
const acknowledged = (notices: readonly Notice[], { data, source }: Recorded<'notice.acknowledged'>): readonly Notice[] =>
  notices.map((notice) =>
    isSentTo(notice, source, data.noticeId) ? { ...notice, acknowledged: { on: data.on, action: data.action } } : notice,
  );

const isSentTo = ({ noticeId, recipient }: Notice, agency: AgencySlug, id: string): boolean => noticeId === id && recipient === agency;

/** The notice of that id that was sent to that agency. */
export const noticeSentTo = ({ notices }: NoticesHeld, agency: AgencySlug, noticeId: string): Notice | undefined =>
  notices.find((notice) => isSentTo(notice, agency, noticeId));

/** What the agency was told about the learner and has not answered yet, in the order in which it was told. */
export const openNoticesFor = ({ consent }: { readonly consent: NoticesHeld }, recipient: AgencySlug): readonly Notice[] =>
  consent.notices.filter((notice) => notice.recipient === recipient && !notice.acknowledged);

/** What outlives the erasure of a learner: that its recipients were told of it, and what they answered. */
export const noticesOfErasure = ({ notices }: NoticesHeld): readonly Notice[] => notices.filter(({ reason }) => reason === 'erasure');

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
