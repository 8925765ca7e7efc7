// What of all that was said of consents and rights has effect (sharing-matrix.md, W5): whoever stands may narrow, only the recorder widens.
import type { ConsentTerms, LearnerTerms, Scope } from '#sharing-protocols';
import { addDays, type AgencySlug, type Instant, type IsoDate, londonDayStart } from '#kernel';
import { type Change, type Consent, type ConsentState, type RightsEntry, type Said, sameScope } from './consent.ts';
import type { Grounds } from './grounds.ts';

// Which objections and restrictions stand (UK GDPR Art 18 and 21; sharing-matrix.md, W5): whoever stands may raise one,
// only its source lifts it.

/** What widens has effect from whoever spoke first, or from the learner's own page. */
const mayWiden = ({ source, byLearner }: Said & { readonly byLearner: boolean }, first: Said): boolean =>
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

const restrictionsIn = (rights: readonly RightsEntry[]): readonly Scope[] => requestedIn(rights).map(({ scope }) => scope);

/** Of those that have effect: scopes of objections upheld, each once. */
export const upheldIn = (rights: readonly RightsEntry[]): readonly Scope[] => {
  const raised = rights.filter((one) => one.kind === 'objection-raised' && rights.some((other) => upholds(other, one)));
  return raised.map(({ scope }) => scope).filter((scope, place, all) => all.findIndex((other) => sameScope(other, scope)) === place);
};

/** Suspends while it is undecided, and for ever once upheld. */
const objectionsIn = (rights: readonly RightsEntry[], grounds: Grounds): readonly Scope[] =>
  rights.flatMap((one) => {
    if (one.kind !== 'objection-raised') return [];
    const stands = rights.some((other) => upholds(other, one)) || !rights.some((other) => overrides(other, one, grounds));
    return stands ? [one.scope] : [];
  });

export type ConsentStanding = 'given' | 'renewed' | 'refused' | 'withdrawn';

/** A consent as it stands. */
export interface StandingConsent {
  readonly consent: Consent;
  readonly standing: ConsentStanding;
  readonly paused: boolean;
  /** Told before a withdrawal that counts, of an overlapping scope. */
  readonly stale: boolean;
  readonly expires: IsoDate | undefined;
  /** Revision at which it last changed. */
  readonly revision: number;
}

/** Whoever the consent names by slug, itself or another of its legal entity, would confirm it for its own sake. */
const mayConfirm = ({ source, byLearner }: Change, consent: Consent, { same }: Grounds): boolean =>
  byLearner || [consent.source, ...consent.recipients].every((one) => !same(one, source));

/** All that was said, as it is judged. */
interface Judged {
  readonly state: ConsentState;
  readonly grounds: Grounds;
}

const hasEffect = (change: Change, consent: Consent, { state, grounds }: Judged): boolean => {
  if (!grounds.counts(change)) return false;
  if (change.kind === 'withdrawn' || change.kind === 'paused') return true;
  return mayWiden(change, consent) && !isOvertaken(state, { ...consent, at: change.at, before: change.revision }, grounds);
};

type Mutable = { -readonly [Property in keyof StandingConsent]: StandingConsent[Property] };

const apply = (standing: Mutable, { kind, expires, revision }: Change): void => {
  if (standing.standing === 'withdrawn' || standing.standing === 'refused') return;
  if (kind === 'withdrawn') standing.standing = 'withdrawn';
  else if (kind === 'renewed') [standing.standing, standing.expires] = ['renewed', expires ?? standing.expires];
  else standing.paused = kind === 'paused';
  standing.revision = revision;
};

const afterChanges = (consent: Consent, judged: Judged): Mutable => {
  const standing: Mutable = {
    consent,
    standing: consent.refused ? 'refused' : 'given',
    paused: false,
    stale: false,
    expires: consent.expires,
    revision: consent.revision,
  };
  for (const change of consent.changes) if (change.kind !== 'confirmed' && hasEffect(change, consent, judged)) apply(standing, change);
  return standing;
};

/** A role overlaps its agencies. */
const meetsRecipients = (a: readonly string[], b: readonly string[], rolesOf: Grounds['rolesOf']): boolean =>
  meets(a, b) || meets(a.flatMap(rolesOf), b) || meets(a, b.flatMap(rolesOf));

type ConsentScope = Pick<Consent, 'protocol' | 'purposes' | 'categories' | 'recipients'>;

const overlaps = (a: ConsentScope, b: ConsentScope, rolesOf: Grounds['rolesOf']): boolean =>
  a.protocol === b.protocol &&
  meets(a.purposes, b.purposes) &&
  meets(a.categories, b.categories) &&
  meetsRecipients(a.recipients, b.recipients, rolesOf);

const withdrawalsThat = (
  consents: readonly Consent[],
  grounds: Grounds,
): readonly { readonly consent: Consent; readonly change: Change }[] =>
  consents.flatMap((consent) =>
    consent.changes.flatMap((change) => (change.kind === 'withdrawn' && grounds.counts(change) ? [{ consent, change }] : [])),
  );

/** Whether what is told at that time was overtaken by a withdrawal of this consent, or of one whose scope meets its own. */
export const isOvertaken = (
  { consents }: ConsentState,
  told: ConsentScope & { readonly at: number; readonly before?: number },
  grounds: Grounds,
): boolean =>
  withdrawalsThat(consents, grounds).some(
    ({ consent, change }) => told.at < change.at && change.revision < (told.before ?? Infinity) && overlaps(told, consent, grounds.rolesOf),
  );

/** Every consent as it stands, in the order in which they were recorded. */
export const standingConsents = (state: ConsentState, grounds: Grounds): readonly StandingConsent[] =>
  state.consents.map((consent) => {
    const standing = afterChanges(consent, { state, grounds });
    standing.stale = isOvertaken(state, { ...consent, before: consent.revision }, grounds);
    return standing;
  });

const isConfirmed = (consent: Consent, grounds: Grounds): boolean =>
  consent.changes.some((change) => change.kind === 'confirmed' && grounds.counts(change) && mayConfirm(change, consent, grounds));

/** What the recipient of data wrote for itself counts less than what another wrote for it. */
const forItself = (consent: Consent, grounds: Grounds): ConsentTerms['own'] => {
  if (isConfirmed(consent, grounds)) return 'any';
  return consent.evidence && grounds.counts(consent) && grounds.isTied(consent.source) ? 'personal' : 'none';
};

const isLive = ({ standing, paused, stale }: StandingConsent): boolean =>
  !paused && !stale && (standing === 'given' || standing === 'renewed');

/** Consents are each agency's own: their names in decisions hold whose they are. */
export const consentName = ({ source, id }: Pick<Consent, 'source' | 'id'>): string => `${source}/${id}`;

const termsOf = (one: StandingConsent, grounds: Grounds): ConsentTerms => {
  const { consent, expires, revision } = one;
  const kin = grounds.kinOf(consent.source);
  return {
    id: consentName(consent),
    revision,
    live: isLive(one),
    explicit: consent.explicit,
    protocol: consent.protocol,
    purposes: consent.purposes,
    categories: consent.categories,
    recipients: consent.recipients,
    validFrom: consent.validFrom,
    ...(expires === undefined ? {} : { expires }),
    source: consent.source,
    others: grounds.counts(consent),
    own: forItself(consent, grounds),
    ...(kin.length === 0 ? {} : { kin }),
  };
};

const NOTHING: LearnerTerms = Object.freeze({ consents: [], objections: [], restrictions: [] });

/** What decisions rest on. */
export const consentTerms = (state: ConsentState, grounds: Grounds): LearnerTerms => {
  if (state.consents.length + state.rights.length === 0) return NOTHING;
  const rights = state.rights.filter((one) => grounds.counts(one));
  return {
    consents: standingConsents(state, grounds).map((one) => termsOf(one, grounds)),
    objections: objectionsIn(rights, grounds),
    restrictions: restrictionsIn(rights),
  };
};

/** Agencies that a live consent of another names by slug: for a school, that is a voucher (W3). */
export const namedInConsents = (
  state: ConsentState,
  grounds: Grounds,
  today: IsoDate,
): readonly { readonly agency: AgencySlug; readonly said: Said }[] =>
  standingConsents(state, grounds)
    .filter((one) => isLive(one) && one.consent.validFrom <= today && (one.expires === undefined || today <= one.expires))
    .flatMap(({ consent }) => consent.recipients.map((agency) => ({ agency, said: consent })));

/**
 * Those on which nobody may rely any more, since the learner withdrew them, or one of a scope that meets theirs, later than they were told.
 */
export const withdrawnConsents = (state: ConsentState, grounds: Grounds): readonly Consent[] =>
  standingConsents(state, grounds).flatMap(({ consent, standing, stale }) =>
    standing === 'withdrawn' || (stale && !consent.refused) ? [consent] : [],
  );

export type ConsentStatus = ConsentStanding | 'paused' | 'expired';

/** In the terms of the W3C DPV, and `paused`. What is final outweighs what time does, and that outweighs a pause. */
export const consentStatusAt = ({ standing, paused, expires }: StandingConsent, today: IsoDate): ConsentStatus => {
  if (standing === 'refused' || standing === 'withdrawn') return standing;
  if (expires !== undefined && expires < today) return 'expired';
  return paused ? 'paused' : standing;
};

// When what a learner agreed to changes by time alone: a consent begins on a day and ends after one, in London.

/** The next day, after this one, on which a consent that could count begins or no longer counts. */
const consentsChangeOn = ({ consents }: ConsentState, today: IsoDate): IsoDate | undefined => {
  const days = consents.flatMap(({ refused, validFrom, expires, changes }) => {
    const ends = [expires, ...changes.map((change) => change.expires)].flatMap((day) => (day === undefined ? [] : [addDays(day, 1)]));
    return refused ? [] : [validFrom, ...ends];
  });
  return days.filter((day) => today < day).sort()[0];
};

/** The instant at which that day begins; undefined where none will. */
export const consentsChangeAt = (state: ConsentState, today: IsoDate): Instant | undefined => {
  const day = consentsChangeOn(state, today);
  return day === undefined ? undefined : londonDayStart(day);
};
