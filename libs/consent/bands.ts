// How one consent stood from when until when, as the log has it: the bands of its life (console.md, picture 1).
import { addDays, type Instant, londonDate, londonDayStart, type IsoDate, type Revision } from '#kernel';
import type { Consent, ConsentState } from './consent.ts';
import { type ConsentStatus, consentStatusAt, type StandingConsent, standingConsents } from './effective.ts';
import type { Grounds } from './grounds.ts';

/** `invalidated`: told before a withdrawal of a scope that meets its own, and recorded after it; nothing ever relies on it. */
export type ConsentBandStatus = ConsentStatus | 'invalidated';

const FINAL: readonly ConsentBandStatus[] = ['refused', 'withdrawn', 'invalidated'];

export const consentBandStatus = (standing: StandingConsent, today: IsoDate): ConsentBandStatus => {
  const isMeant = standing.standing === 'given' || standing.standing === 'renewed';
  return isMeant && standing.stale ? 'invalidated' : consentStatusAt(standing, today);
};

export interface ConsentBand {
  readonly status: ConsentBandStatus;
  readonly from: Instant;
  /** Absent: it still is so. */
  readonly until?: Instant;
}

interface Life {
  readonly grounds: Grounds;
  /** When an event of the learner's stream was recorded. */
  readonly recordedAt: (revision: Revision) => Instant;
  readonly now: Instant;
}

interface Turn {
  readonly at: Instant;
  readonly status: ConsentBandStatus;
}

/** In the order of time, without a gap, each otherwise than the one before. */
export const consentBands = (state: ConsentState, consent: Consent, { grounds, recordedAt, now }: Life): readonly ConsentBand[] => {
  const revisions = [consent, ...consent.changes].map(({ revision }) => revision);
  const turns = revisions.flatMap((revision, place) => {
    const at = recordedAt(revision);
    const next = revisions[place + 1];
    const standing = standingAt(state, consent, { grounds, revision });
    return standing === undefined ? [] : turnsOf(standing, at, next === undefined ? now : recordedAt(next));
  });
  return bandsOf(turns);
};

/** As nothing later was recorded. */
const standingAt = (
  state: ConsentState,
  { source, id }: Consent,
  { grounds, revision: last }: Pick<Life, 'grounds'> & { readonly revision: Revision },
): StandingConsent | undefined => {
  const consents = state.consents
    .filter(({ revision }) => revision <= last)
    .map((one) => ({ ...one, changes: one.changes.filter(({ revision }) => revision <= last) }));
  return standingConsents({ ...state, consents }, grounds).find(({ consent }) => consent.source === source && consent.id === id);
};

/** What an event makes of it, and what time makes of that before the next event. */
const turnsOf = (standing: StandingConsent, at: Instant, until: Instant): readonly Turn[] => {
  const status = consentBandStatus(standing, londonDate(at));
  const over = standing.expires === undefined ? Infinity : londonDayStart(addDays(standing.expires, 1));
  const expires = !FINAL.includes(status) && at < over && over <= until;
  return [{ at, status }, ...(expires ? [{ at: over, status: 'expired' as const }] : [])];
};

const bandsOf = (turns: readonly Turn[]): readonly ConsentBand[] => {
  const changes = turns.filter(({ status }, place) => status !== turns[place - 1]?.status);
  return changes.map(({ at, status }, place) => {
    const next = changes[place + 1];
    return { status, from: at, ...(next !== undefined && { until: next.at }) };
  });
};
