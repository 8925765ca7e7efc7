// Who is told of unusual access, and under which names: nobody of the own office's, an agency's officer of that agency's staff alone, and
// nobody of who the person is (console.md, 9). The positions lead to the decisions, which say more to whoever may know it.
import { createHash } from 'node:crypto';
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

export interface AccessExplained {
  readonly rule: string;
  /** Of the look that made it a hit. */
  readonly position: Position;
  /** How many of the looks whoever said so was shown: those beyond are not explained by it. */
  readonly looks: number;
  /** An office, as `operator:dpo-partnership`. */
  readonly by: string;
  readonly staff?: string;
  readonly reason: string;
  readonly at: Instant;
}

/** What was said of a hit. */
export interface ExplanationShown extends Pick<AccessExplained, 'by' | 'staff' | 'reason' | 'at'> {
  /** How many looks there are beyond those. */
  readonly looksSince: number;
}

export interface AccessHitShown extends Omit<AccessHit, 'person' | 'learner'> {
  /** Under which whoever asks knows that member of staff, and nobody else does. */
  readonly person?: string;
  /** The office's pseudonym. */
  readonly learner?: string;
  /** The first first. */
  readonly explanations: readonly ExplanationShown[];
  /** Whether whoever asks may explain it: nobody explains the own looks. */
  readonly explainable: boolean;
}

/** Under which a member of staff stands where looks are counted. */
export const personDigest = (recipient: string, staff: string): string =>
  createHash('sha256').update(`${recipient}\n${staff}`).digest('base64url').slice(0, 22);

interface Namer {
  readonly vault: Pick<Vault, 'blind'>;
  readonly pseudonyms: Pick<Pseudonyms, 'of'>;
}

const PARTNERSHIP = 'operator:dpo-partnership';
const NOBODY = '';

/** Whose looks an office watches: the partnership's officer those of all others, the operator the partnership's officer's. */
export const watchedBy = ({ office }: OfficeAsker): { readonly of?: string; readonly notOf?: string } => {
  if (office === 'dpo-partnership') return { notOf: PARTNERSHIP };
  return { of: office === 'operator' ? PARTNERSHIP : (agencyOfOffice(office) ?? NOBODY) };
};

const watches = (asker: OfficeAsker, recipient: string): boolean => {
  const { of, notOf } = watchedBy(asker);
  return of === undefined ? recipient !== notOf : recipient === of;
};

/** Whoever is staff and officer at once does not explain the own looks. */
const isOwn = ({ staff }: OfficeAsker, { recipient, person }: AccessHit): boolean =>
  staff !== undefined && person === personDigest(recipient, staff);

/** The one of them that whoever asks may explain; undefined: there is none. */
export const hitToExplain = (
  asker: OfficeAsker,
  hits: readonly AccessHit[],
  { rule, position }: Pick<AccessHit, 'rule' | 'position'>,
): AccessHit | undefined =>
  hits.find((hit) => hit.rule === rule && hit.position === position && watches(asker, hit.recipient) && !isOwn(asker, hit));

/** An officer of one agency is not told of other offices' staff (ADR 50). */
const explanationShown = (
  { office }: OfficeAsker,
  { looks }: AccessHit,
  { staff, by, reason, at, looks: then }: AccessExplained,
): ExplanationShown => ({
  ...{ by, reason, at, looksSince: Math.max(0, looks - then) },
  ...(staff !== undefined && (agencyOfOffice(office) === undefined || by === recordedAs({ office })) && { staff }),
});

export const hitsSeen = (
  { vault, pseudonyms }: Namer,
  asker: OfficeAsker,
  { hits, explained = [] }: { readonly hits: readonly AccessHit[]; readonly explained?: readonly AccessExplained[] },
): readonly AccessHitShown[] => {
  const to = recordedAs(asker);
  const said = Map.groupBy(explained, ({ rule, position }) => `${rule} ${position}`);
  return hits
    .filter(({ recipient }) => watches(asker, recipient))
    .map((hit) => {
      const { person, learner, ...told } = hit;
      return {
        ...told,
        ...(person !== '' && { person: vault.blind('staff', `${to}\n${hit.recipient}\n${person}`) }),
        ...(learner !== undefined && { learner: pseudonyms.of(to, learner) }),
        explanations: (said.get(`${hit.rule} ${hit.position}`) ?? []).map((one) => explanationShown(asker, hit, one)),
        explainable: !isOwn(asker, hit),
      };
    });
};
