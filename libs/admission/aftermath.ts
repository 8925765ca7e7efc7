// What is left to do of judged messages once they are on disk, before anybody is told: all of it may be done twice.
import type { LearnerId } from '#kernel';
import type { Quarantined } from '#quarantine';
import type { AdmissionParts } from './admission-parts.ts';
import type { JudgedMessage } from './judged-message.ts';
import { type LinkConflict, linkConflictsIn, noteLinkConflicts, refusedIn } from './refused.ts';
import { receiptOf, type UnplacedReceipt } from './tell.ts';
import type { Verdict } from './verdict.ts';

export interface Aftermath {
  /** For each message, one for each of its events, in their order. */
  readonly receipts: readonly (readonly UnplacedReceipt[])[];
  /** For the quarantine. */
  readonly refused: readonly Quarantined[];
  /** For the data manager. */
  readonly conflicts: readonly LinkConflict[];
  /** Whose consent changed. */
  readonly consents: readonly LearnerId[];
}

export const aftermathOf = (parts: AdmissionParts, messages: readonly JudgedMessage[]): Aftermath => ({
  receipts: messages.map((one) => told(parts, one)),
  refused: messages.flatMap((one) => refusedIn(parts, one)),
  conflicts: messages.flatMap(({ message, verdicts }) => linkConflictsIn(message.agency.slug, verdicts)),
  consents: [...new Set(messages.flatMap(consentsIn))],
});

const told = ({ pseudonyms }: AdmissionParts, { message, judged, verdicts }: JudgedMessage): readonly UnplacedReceipt[] => {
  const teller = { agency: message.agency.slug, pseudonyms };
  return judged.map(({ form }, index) => receiptOf(teller, form, verdicts[index] as Verdict));
};

const consentsIn = ({ judged, verdicts }: JudgedMessage): readonly LearnerId[] =>
  verdicts.flatMap((verdict, index) => {
    if (verdict.outcome !== 'accepted' || verdict.learner === undefined) return [];
    const formed = judged[index]?.form.formed;
    return formed?.type.categoryOf(formed.event.data) === 'consent' ? [verdict.learner] : [];
  });

/** Resolves once conflicts are noted, what was refused is in quarantine, and nothing is on its way that a change of consent forbids. */
export const settle = async (parts: Pick<AdmissionParts, 'store' | 'vault' | 'quarantine' | 'disclosing'>, { refused, conflicts, consents }: Omit<Aftermath, 'receipts'>): Promise<void> => {
  const { quarantine, disclosing } = parts;
  await noteLinkConflicts(parts, conflicts);
  await Promise.all(refused.map((item) => quarantine.add(item)));
  if (disclosing) await Promise.all(consents.map((learner) => disclosing.settled(learner)));
};
