// The life of a consent: given or refused begins it; it may be paused, resumed and renewed until it is withdrawn.
import { accepted, type Contribution, type Outcome, rejected } from '#contribution';
import type { Consent, ConsentState } from './consent.ts';

type Beginning = Contribution<'consent.given'> | Contribution<'consent.refused'>;
type Change =
  | Contribution<'consent.withdrawn'>
  | Contribution<'consent.paused'>
  | Contribution<'consent.resumed'>
  | Contribution<'consent.renewed'>;

const TAKEN = rejected(
  'reference-taken',
  'The learner has a consent or refusal under this consentId. Record a new one under a new consentId.',
);
const UNKNOWN = rejected(
  'unknown-reference',
  'The learner has no consent under this consentId. Record it with consent.given, or correct the consentId.',
);
const WITHDRAWN = rejected(
  'unknown-reference',
  'This consent is withdrawn, which is final. Record a new one under a new consentId.',
);
const REFUSED = rejected(
  'unknown-reference',
  'This consent was refused, which is final. Record a new one under a new consentId.',
);
const PAUSED = rejected('unknown-reference', 'This consent is paused already. It may be resumed or withdrawn.');
const NOT_PAUSED = rejected('unknown-reference', 'This consent is not paused, and consent.resumed undoes a pause only.');

/** `reference-taken`: ids of consents are the learner's, whoever recorded them, since any agency may withdraw one. */
export const decideConsentBegun = ({ data }: Beginning, { consents }: ConsentState): Outcome =>
  consents.some(({ id }) => id === data.consentId) ? TAKEN : accepted();

const decidePause = (type: Change['type'], { paused }: Consent): Outcome => {
  if (type === 'consent.paused' && paused) return PAUSED;
  return type === 'consent.resumed' && !paused ? NOT_PAUSED : accepted();
};

/** `unknown-reference`: no such consent, or one whose state does not allow it. One that expired may be renewed. */
export const decideConsentChanged = ({ type, data }: Change, { consents }: ConsentState): Outcome => {
  const consent = consents.find(({ id }) => id === data.consentId);
  if (consent === undefined) return UNKNOWN;
  if (consent.standing === 'withdrawn') return WITHDRAWN;
  return consent.standing === 'refused' ? REFUSED : decidePause(type, consent);
};
