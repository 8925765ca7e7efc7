// The life of a consent: given or refused begins it; it may be paused, resumed and renewed until it is withdrawn.
import { accepted, ambiguous, type Contribution, type Outcome, rejected } from '#contribution';
import type { AgencySlug } from '#kernel';
import { consentOwner, type ConsentState } from './consent.ts';
import { isOvertaken, type StandingConsent, standingConsents } from './effective.ts';
import type { Grounds } from './grounds.ts';

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
export const decideConsentBegun = ({ type, data, source, at }: Beginning, { state, grounds, mayLookUp }: ConsentView): Outcome => {
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
export const decideConsentChanged = (contribution: Change, view: ConsentView): Outcome => {
  if (!view.mayLookUp) return faultInOwn(contribution, view) ?? accepted();
  const found = meant(contribution, view);
  if ('outcome' in found) return found;
  return faultIn(contribution, found, view) ?? noteOwner(found.consent.source, contribution.source);
};
