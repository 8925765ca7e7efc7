// What a view counted of all decisions about one learner: enough to tell what relied on which consent without reading any of them (ADR 66).
import type { OfficeAsker } from '#access';
import type { Instant, LearnerId, Position, Revision } from '#kernel';
import { consentDigest } from '../disclosure-log.ts';
import { auditedDecision, type ItemsOf } from './audited-decision.ts';
import type { Reliant } from './consent-sight.ts';

/** Consents by digest of their names, items by their places. */
export interface ConsentUses {
  /** Up to which the view had taken in the log. */
  readonly position: Position;
  /** By recipient and by what a decision used of the consent. */
  readonly relied: readonly {
    readonly consent: string;
    readonly recipient: string;
    /** Of all groups. */
    readonly items: readonly Revision[];
    /** By the purpose that let them through. */
    readonly groups: readonly { readonly purpose?: string; readonly items: readonly Revision[] }[];
    /** The last decision that let them through under the consent. */
    readonly named: Position;
    /** The last by which they left. */
    readonly shown?: { readonly position: Position; readonly at: Instant };
    /** Decisions by which they left. */
    readonly times: number;
  }[];
  /** What of a feed rests on which consent, by the last decision about each item. */
  readonly fed: readonly { readonly recipient: string; readonly item: Revision; readonly consent: string }[];
  /** What was to be deleted from a feed. */
  readonly taken: readonly { readonly recipient: string; readonly item: Revision; readonly position: Position; readonly at: Instant }[];
}

export type UsesOf = (learner: LearnerId) => Promise<ConsentUses>;

/** As whoever looks is told of the decisions themselves; `names`: of the learner's consents. */
export const reliantBy = (
  { relied }: ConsentUses,
  names: readonly string[],
  { asker, items }: { readonly asker: OfficeAsker; readonly items: ItemsOf },
): readonly Reliant[] => {
  const nameOf = new Map(names.map((name) => [consentDigest(name), name]));
  return relied.flatMap(({ consent, recipient, groups, shown, times }) => {
    const id = nameOf.get(consent);
    if (id === undefined || shown === undefined) return [];
    const permitted = groups.map((group) => ({ clause: '', level: 'full', basis: '', consent: { id, revision: 0 }, ...group }) as const);
    const decided = {
      at: shown.at,
      recipient,
      asked: '',
      outcome: 'answered',
      purposes: [],
      route: 'list',
      permitted,
      refused: [],
    } as const;
    return [{ shown: auditedDecision({ position: shown.position, decided }, items, asker), times }];
  });
};
