// Consents and rights as they are judged: the life of a consent, objections, restrictions and answers to notices, and what narrows.
import { accepted, ambiguous, type Contribution, decideBy, type Judges, type Outcome, rejected } from '#contribution';
import type { AgencySlug } from '#kernel';
import type { ConsentData } from '#catalogue';
import type { Scope } from '#sharing-protocols';
import { canonicalScope, type Consent, consentOwner, type ConsentState, noticeSentTo, type RightsEntry, sameScope } from './consent.ts';
import { isOvertaken, requestedIn, type StandingConsent, standingConsents, upheldIn, withdrawnConsents } from './effective.ts';
import type { Grounds } from './grounds.ts';

// The life of a consent: given or refused begins it; it may be paused, resumed and renewed until it is withdrawn.

/** What was said of the learner, as its sender stands before it. */
export interface ConsentView {
  readonly state: ConsentState;
  readonly grounds: Grounds;
  /** False: nothing that others said is looked up, and what the sender is told depends on its own words alone (W2). */
  readonly mayLookUp: boolean;
}

type Beginning = Contribution<'consent.given'> | Contribution<'consent.refused'>;
type Change =
  | Contribution<'consent.withdrawn'>
  | Contribution<'consent.paused'>
  | Contribution<'consent.resumed'>
  | Contribution<'consent.renewed'>
  | Contribution<'consent.confirmed'>;

const TAKEN = rejected(
  'reference-taken',
  'You recorded a consent or refusal under this consentId. Record a new one under a new consentId.',
);
const UNKNOWN = rejected(
  'unknown-reference',
  'The learner has no consent under this consentId. Record it with consent.given, correct the consentId, or say in `of` whose it is.',
);
const WITHDRAWN = rejected('unknown-reference', 'This consent is withdrawn, which is final. Record a new one under a new consentId.');
const REFUSED = rejected('unknown-reference', 'This consent was refused, which is final. Record a new one under a new consentId.');
const PAUSED = rejected('unknown-reference', 'This consent is paused already. It may be resumed or withdrawn.');
const NOT_PAUSED = rejected('unknown-reference', 'This consent is not paused, and consent.resumed undoes a pause only.');
const ENDS_BEFORE = rejected('schema', '/expires: Give a day that is not before the validFrom of the consent.');
const STALE = rejected(
  'stale-consent',
  'The learner withdrew this consent, or one of a scope that meets it, after the time of this event. Ask the learner anew, and record what is said then.',
);

/** `reference-taken`: the sender itself used the id; `stale-consent`: a withdrawal came after it. */
const decideConsentBegun = ({ type, data, source, at }: Beginning, { state, grounds, mayLookUp }: ConsentView): Outcome => {
  if (state.consents.some((one) => one.id === data.consentId && one.source === source)) return TAKEN;
  const isStale = mayLookUp && type === 'consent.given' && isOvertaken(state, { ...data, at }, grounds);
  return isStale ? STALE : accepted();
};

const decidePause = (type: Change['type'], { paused }: StandingConsent): Outcome | undefined => {
  if (type === 'consent.paused' && paused) return PAUSED;
  return type === 'consent.resumed' && !paused ? NOT_PAUSED : undefined;
};

/** A sender is held to what it told of its own consent alone. */
const endsBefore = (change: Change, { consent }: StandingConsent): boolean =>
  change.type === 'consent.renewed' &&
  consent.source === change.source &&
  change.data.expires !== undefined &&
  change.data.expires < consent.validFrom;

const isWidening = (type: Change['type']): boolean => type === 'consent.resumed' || type === 'consent.renewed';

const finalIn = (change: Change, found: StandingConsent): Outcome | undefined => {
  if (found.standing === 'withdrawn') return WITHDRAWN;
  if (found.standing === 'refused') return REFUSED;
  return endsBefore(change, found) ? ENDS_BEFORE : decidePause(change.type, found);
};

const faultIn = (change: Change, found: StandingConsent, { state, grounds }: ConsentView): Outcome | undefined =>
  isWidening(change.type) && isOvertaken(state, { ...found.consent, at: change.at }, grounds) ? STALE : finalIn(change, found);

/** To whom nothing of others is told, its own consent is as its own words have made it. */
const faultInOwn = (contribution: Change, { state, grounds }: ConsentView): Outcome | undefined => {
  const { source, data } = contribution;
  if (consentOwner(contribution) !== source) return undefined;
  const own = state.consents.filter((one) => one.source === source && one.id === data.consentId);
  const [found] = standingConsents({ ...state, consents: own }, { ...grounds, counts: (said) => said.source === source });
  return found && finalIn(contribution, found);
};

const noteOwner = (owner: AgencySlug, source: AgencySlug): Outcome => accepted(owner === source ? undefined : { of: owner });

/** The sender's own, or the one of the agency that it names, or the only one. */
const meant = (contribution: Change, { state, grounds }: ConsentView): StandingConsent | Outcome => {
  const { data, source } = contribution;
  const named = standingConsents(state, grounds).filter(({ consent }) => consent.id === data.consentId);
  const owner = consentOwner(contribution);
  const outright = named.find(({ consent }) => consent.source === owner);
  if (outright) return outright;
  const others = owner === source ? named.filter(({ consent }) => grounds.counts(consent)) : [];
  const [only] = others;
  if (others.length > 1)
    return ambiguous(
      'consent',
      others.map(({ consent }) => consent.source),
    );
  return only ?? UNKNOWN;
};

/**
 * `unknown-reference`: no such consent, or one whose state does not allow it; `ambiguous-reference`; `stale-consent`.
 * One that expired may be renewed.
 */
const decideConsentChanged = (contribution: Change, view: ConsentView): Outcome => {
  if (!view.mayLookUp) return faultInOwn(contribution, view) ?? accepted();
  const found = meant(contribution, view);
  if ('outcome' in found) return found;
  return faultIn(contribution, found, view) ?? noteOwner(found.consent.source, contribution.source);
};

// Objections (UK GDPR Art 21), restrictions (Art 18), and answers to the broker's notices.

const NO_OBJECTION = rejected(
  'unknown-reference',
  'The learner has no undecided objection with this scope. Give the scope that objection.raised gave.',
);
const NO_RESTRICTION = rejected(
  'unknown-reference',
  'The learner has no restriction with this scope. Give the scope that restriction.requested gave.',
);
const NO_NOTICE = rejected(
  'unknown-reference',
  'No notice with this noticeId was sent to you about the learner. Give the noticeId of the notice.',
);

const lastWith = (
  { data }: Contribution<'objection.decided'>,
  { state, grounds }: ConsentView,
  kinds: readonly RightsEntry['kind'][],
): RightsEntry['kind'] | undefined => {
  const scope = canonicalScope(data.scope);
  return state.rights.findLast((one) => kinds.includes(one.kind) && sameScope(one.scope, scope) && grounds.counts(one))?.kind;
};

/** `unknown-reference` where no objection with the same scope waits for a decision. */
const decideObjectionDecided = (contribution: Contribution<'objection.decided'>, view: ConsentView): Outcome => {
  if (!view.mayLookUp) return accepted();
  return lastWith(contribution, view, ['objection-raised', 'objection-upheld', 'objection-overridden']) === 'objection-raised'
    ? accepted()
    : NO_OBJECTION;
};

/** `unknown-reference` where no restriction of the same scope stands. */
const decideRestrictionLifted = ({ data }: Contribution<'restriction.lifted'>, { state, grounds, mayLookUp }: ConsentView): Outcome => {
  if (!mayLookUp) return accepted();
  const scope = canonicalScope(data.scope);
  const standing = requestedIn(state.rights.filter((one) => grounds.counts(one)));
  return standing.some((one) => sameScope(one.scope, scope)) ? accepted() : NO_RESTRICTION;
};

/** `unknown-reference` where no such notice was sent to whoever answers: nobody answers for another. */
const decideNoticeAcknowledged = ({ data, source }: Contribution<'notice.acknowledged'>, { state }: ConsentView): Outcome =>
  noticeSentTo(state, source, data.noticeId) ? accepted() : NO_NOTICE;

// Every event about consent and the learner's rights, and the rule that judges it.

export type ConsentType = keyof ConsentData;

const judges: Judges<ConsentType, ConsentView, Outcome> = {
  'consent.given': decideConsentBegun,
  'consent.refused': decideConsentBegun,
  'consent.withdrawn': decideConsentChanged,
  'consent.paused': decideConsentChanged,
  'consent.resumed': decideConsentChanged,
  'consent.renewed': decideConsentChanged,
  'consent.confirmed': decideConsentChanged,
  'consent.requested': () => accepted(),
  'notice.acknowledged': decideNoticeAcknowledged,
  'objection.raised': () => accepted(),
  'objection.decided': decideObjectionDecided,
  'restriction.requested': () => accepted(),
  'restriction.lifted': decideRestrictionLifted,
};

export const isConsentType = (type: string): type is ConsentType => Object.hasOwn(judges, type);

/** Whether the contribution stands against what was said before, as far as its sender may look. */
export const decideConsent: (contribution: Contribution<ConsentType>, view: ConsentView) => Outcome = decideBy(judges);

// What narrows and has effect now, of all that was said: whoever received what it concerns is to be told (UK GDPR Art 19; ADR 0015).

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
