// What becomes of what was not recorded: the event goes to quarantine, a link conflict to the data manager.
import { correlation } from '#bus';
import type { AgencySlug, LearnerId } from '#kernel';
import { clearPayload, DATA_QUALITY, identifierOf, LINK_CONFLICT_FOUND } from '#learner-file';
import { encodePayload, type Vault } from '#privacy';
import type { Quarantined } from '#quarantine';
import type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
import type { JudgedMessage } from './judged-message.ts';
import type { JudgedEvent } from './session.ts';
import type { Verdict } from './verdict.ts';

/** Learners that an agency says are one, and the log says are two. */
export interface LinkConflict {
  readonly agency: AgencySlug;
  readonly learners: readonly LearnerId[];
}

/** Everything rejected or in conflict. */
export const refusedIn = (parts: AdmissionParts, { message, judged, verdicts }: JudgedMessage): readonly Quarantined[] => {
  if (message.channel === 'retry') return [];
  return judged.flatMap((one, index) => {
    const reason = reasonOf(verdicts[index] as Verdict);
    return reason ? [{ ...quarantined(parts, message, one, reason), ...originOf(message, index) }] : [];
  });
};

const originOf = ({ origin }: VerifiedMessage, index: number): Pick<Quarantined, 'origin'> =>
  origin === undefined ? {} : { origin: `${origin}/${index}` };

interface Reason {
  readonly code: string;
  readonly says: string;
}

const reasonOf = (verdict: Verdict): Reason | undefined => {
  if (verdict.outcome === 'rejected') return verdict.fault;
  if (verdict.outcome !== 'conflict') return undefined;
  return { code: 'conflict', says: 'The log holds another event under this id: send the correction under a new id.' };
};

const quarantined = (
  { vault, clock }: AdmissionParts,
  { agency, channel }: VerifiedMessage,
  { form, event, evidence }: JudgedEvent,
  reason: Reason,
): Quarantined => {
  const subject = form.envelope?.subject;
  return {
    kind: 'event',
    channel,
    ...reason,
    agency: agency.slug,
    ...(subject === undefined ? {} : { subject: blindSubject(vault, agency.slug, subject) }),
    receivedAt: clock.now(),
    content: encodePayload({ header: { evidence }, bytes: event.bytes }),
  };
};

/** Equal for equal identifiers, so that erasing a learner finds what is kept under each of them. */
const blindSubject = (vault: Vault, agency: AgencySlug, subject: string): string => {
  const identifier = identifierOf(agency, subject);
  return vault.blind('quarantine', identifier && 'uln' in identifier ? subject : `${agency}\n${subject}`);
};

export const linkConflictsIn = (agency: AgencySlug, verdicts: readonly Verdict[]): readonly LinkConflict[] =>
  verdicts.flatMap((verdict) =>
    verdict.outcome === 'rejected' && verdict.between !== undefined ? [{ agency, learners: [...verdict.between].sort() }] : [],
  );

/** Each pair once, however often it is sent: the event's id follows from the learners. */
export const noteLinkConflicts = async (
  { store, vault }: Pick<AdmissionParts, 'store' | 'vault'>,
  conflicts: readonly LinkConflict[],
): Promise<void> => {
  for (const { agency, learners } of conflicts) {
    const event = {
      id: vault.blindId('link-conflict', [agency, ...learners].join('\n')),
      type: LINK_CONFLICT_FOUND,
      meta: { actor: 'broker', correlation: correlation(), schema: 1 },
      payload: clearPayload({ learners, agency }),
    };
    await store.append([{ stream: DATA_QUALITY, expected: 'any', events: [event] }]);
  }
};
