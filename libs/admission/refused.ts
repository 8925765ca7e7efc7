// What becomes of what was not recorded: the event goes to quarantine, a link conflict to the data manager.
import type { AgencySlug } from '#kernel';
import { randomUUID } from 'node:crypto';
import { clearPayload, DATA_QUALITY, identifierOf, LINK_CONFLICT_FOUND } from '#learner-file';
import { encodePayload, type Vault } from '#privacy';
import type { Quarantined } from '#quarantine';
import type { AdmissionParts, VerifiedMessage } from './admission-parts.ts';
import type { JudgedEvent } from './session.ts';
import type { Verdict } from './verdict.ts';

/** Resolves once everything rejected or in conflict is kept. */
export const keepRefused = async (parts: AdmissionParts, message: VerifiedMessage, judged: readonly JudgedEvent[], verdicts: readonly Verdict[]): Promise<void> => {
  if (message.channel === 'retry') return;
  const kept = judged.flatMap((one, index) => {
    const reason = reasonOf(verdicts[index] as Verdict);
    return reason ? [quarantined(parts, message, one, reason)] : [];
  });
  await Promise.all(kept.map((item) => parts.quarantine.add(item)));
};

interface Reason {
  readonly code: string;
  readonly says: string;
}

const reasonOf = (verdict: Verdict): Reason | undefined => {
  if (verdict.outcome === 'rejected') return verdict.fault;
  if (verdict.outcome !== 'conflict') return undefined;
  return { code: 'conflict', says: 'The log holds another event under this id: send the correction under a new id.' };
};

const quarantined = ({ vault, clock }: AdmissionParts, { agency, channel }: VerifiedMessage, { form, event, evidence }: JudgedEvent, reason: Reason): Quarantined => {
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

/** Each pair once, however often it is sent: the event's id follows from the learners. */
export const noteLinkConflicts = async ({ store, vault }: Pick<AdmissionParts, 'store' | 'vault'>, agency: AgencySlug, verdicts: readonly Verdict[]): Promise<void> => {
  for (const verdict of verdicts) {
    if (verdict.outcome !== 'rejected' || verdict.between === undefined) continue;
    const learners = [...verdict.between].sort();
    const id = vault.blindId('link-conflict', [agency, ...learners].join('\n'));
    const event = {
      id,
      type: LINK_CONFLICT_FOUND,
      meta: { actor: 'broker', correlation: randomUUID(), schema: 1 },
      payload: clearPayload({ learners, agency }),
    };
    await store.append([{ stream: DATA_QUALITY, expected: 'any', events: [event] }]);
  }
};
