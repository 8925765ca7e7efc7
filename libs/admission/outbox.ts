// What is left to do of judged messages once they are on disk, before anybody is told: all of it may be done twice.
import type { LearnerId } from '#kernel';
import type { Quarantined } from '#quarantine';
import type { AdmissionParts } from './admission-parts.ts';
import type { JudgedMessage } from './judged-message.ts';
import { type LinkConflict, linkConflictsIn, noteLinkConflicts, refusedIn } from './refused.ts';
import { receiptOf, type UnplacedReceipt } from './receipts.ts';
import type { JudgedEvent } from './session.ts';
import type { Verdict } from './verdict.ts';

export interface OutboxContent {
  /** For each message, one for each of its events, in their order. */
  readonly receipts: readonly (readonly UnplacedReceipt[])[];
  /** For the quarantine. */
  readonly refused: readonly Quarantined[];
  /** For the data manager. */
  readonly conflicts: readonly LinkConflict[];
  /** Of whom something may no longer be shown: consent, restrictions or objections changed or came to count, or something was retracted. */
  readonly narrowed: readonly LearnerId[];
}

export const outboxOf = (parts: AdmissionParts, messages: readonly JudgedMessage[]): OutboxContent => ({
  receipts: messages.map((one) => told(parts, one)),
  refused: messages.flatMap((one) => refusedIn(parts, one)),
  conflicts: messages.flatMap(({ message, verdicts }) => linkConflictsIn(message.agency.slug, verdicts)),
  narrowed: [...new Set(messages.flatMap(narrowedIn))],
});

const told = ({ pseudonyms }: AdmissionParts, { message, judged, verdicts }: JudgedMessage): readonly UnplacedReceipt[] => {
  const addressee = { agency: message.agency.slug, pseudonyms };
  return judged.map(({ form }, index) => receiptOf(addressee, form, verdicts[index] as Verdict));
};

const RETRACTED = 'record.retracted';

const mayNarrow = ({ form: { formed } }: JudgedEvent): boolean =>
  formed !== undefined && (formed.type.short === RETRACTED || formed.type.categoryOf(formed.event.data) === 'consent');

/** What was said before may narrow once its source stands, and that comes with anybody's event. */
const narrowedIn = ({ judged, verdicts }: JudgedMessage): readonly LearnerId[] =>
  verdicts.flatMap((verdict, index) => {
    if (verdict.outcome !== 'accepted' || verdict.learner === undefined) return [];
    return verdict.tookEffect || mayNarrow(judged[index] as JudgedEvent) ? [verdict.learner] : [];
  });

/** Resolves once conflicts are noted, what was refused is in quarantine, and nothing is on its way that may no longer be shown. */
export const settle = async (
  parts: Pick<AdmissionParts, 'store' | 'vault' | 'quarantine' | 'disclosing'>,
  { refused, conflicts, narrowed }: Omit<OutboxContent, 'receipts'>,
): Promise<void> => {
  const { quarantine, disclosing } = parts;
  await noteLinkConflicts(parts, conflicts);
  await Promise.all(refused.map((item) => quarantine.add(item)));
  if (disclosing) await Promise.all(narrowed.map((learner) => disclosing.settled(learner)));
};
