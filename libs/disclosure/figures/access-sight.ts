// Who is told of unusual access, and under which names: nobody of the own office's, an agency's officer of that agency's staff alone, and
// nobody of who the person is (console.md, 9). The positions lead to the decisions, which say more to whoever may know it.
import { agencyOfOffice, type OfficeAsker, recordedAs } from '#access';
import type { Instant, LearnerId, Position } from '#kernel';
import type { Pseudonyms, Vault } from '#privacy';

export interface AccessHit {
  readonly rule: string;
  /** Of the look that made it one. */
  readonly position: Position;
  readonly at: Instant;
  /** An agency, or an office as `operator:data-manager`. */
  readonly recipient: string;
  /** Of a member of its staff, the same for the same; empty where none was named. */
  readonly person: string;
  readonly looks: number;
  /** How many would be usual, where the rule says so. */
  readonly usual?: number;
  /** Where it is about one. */
  readonly learner?: LearnerId;
  /** Of the looks, the first of them where they are many. */
  readonly positions: readonly Position[];
}

export interface AccessHitShown extends Omit<AccessHit, 'person' | 'learner'> {
  /** Under which whoever asks knows that member of staff, and nobody else does. */
  readonly person?: string;
  /** The office's pseudonym. */
  readonly learner?: string;
}

interface Namer {
  readonly vault: Pick<Vault, 'blind'>;
  readonly pseudonyms: Pick<Pseudonyms, 'of'>;
}

const PARTNERSHIP = 'operator:dpo-partnership';

/** The partnership's officer watches all others, and the operator the partnership's officer. */
const watches = ({ office }: OfficeAsker, recipient: string): boolean => {
  if (office === 'dpo-partnership') return recipient !== PARTNERSHIP;
  if (office === 'operator') return recipient === PARTNERSHIP;
  return recipient === agencyOfOffice(office);
};

export const hitsSeen = ({ vault, pseudonyms }: Namer, asker: OfficeAsker, hits: readonly AccessHit[]): readonly AccessHitShown[] => {
  const to = recordedAs(asker);
  return hits
    .filter(({ recipient }) => watches(asker, recipient))
    .map(({ person, learner, ...hit }) => ({
      ...hit,
      ...(person !== '' && { person: vault.blind('staff', `${to}\n${hit.recipient}\n${person}`) }),
      ...(learner !== undefined && { learner: pseudonyms.of(to, learner) }),
    }));
};
