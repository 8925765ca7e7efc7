// What whoever oversees sharing is told of one recorded decision: who asked what, and on which ground each item was let through or refused;
// nothing of what the items say (console.md, 1 and 4.1; sharing-matrix.md, OV1 and OR2).
import { agencyOfOffice, type Asker, type LearnerAsker, type OfficeAsker } from '#access';
import { type AgencySlug, type Instant, type IsoDate, londonDate, type Position, type Revision } from '#kernel';
import { MERGED_IDENTITY, type Route } from '#sharing-protocols';
import { MERGED_IDENTITY_REVISION } from '../answer.ts';
import type { DisclosureDecided, PermittedItems, RefusedItems } from '../decision-record.ts';

/** Who oversees sharing, and the learner. */
export type Auditor = OfficeAsker | LearnerAsker;

/** An event of a learner's stream, by what the log keeps of it in the clear. */
export interface KnownItem {
  /** Short, as `assessment.recorded`. */
  readonly type: string;
  readonly category: string;
  readonly source: AgencySlug;
  readonly position: Position;
  readonly recordedAt: Instant;
  /** Its source told to keep it from the learner. */
  readonly withheld: boolean;
}

export interface AuditedItem {
  readonly type: string;
  readonly category: string;
  /** With its position absent of the merged identity, which is nobody's, and where whoever looks may not know it. */
  readonly source?: AgencySlug;
  readonly position?: Position;
  /** Day (London) on which it was recorded. */
  readonly recordedOn?: IsoDate;
}

export type AuditedPermit = Omit<PermittedItems, 'items'> & { readonly items: readonly AuditedItem[] };
export type AuditedRefusal = Omit<RefusedItems, 'items'> & { readonly items: readonly AuditedItem[] };

export interface AuditedDecision {
  readonly position: Position;
  readonly at: Instant;
  readonly recipient: string;
  readonly staff?: string;
  readonly route: DecisionToAudit['route'];
  readonly asked: string;
  readonly purposes: readonly string[] | 'any';
  readonly reason?: string;
  readonly outcome: DisclosureDecided['outcome'];
  /** To the learner alone, of a look by staff: what there was with that agency on that day. */
  readonly meeting?: 'review' | 'follow-up' | 'review-planned';
  readonly permitted: readonly AuditedPermit[];
  readonly refused: readonly AuditedRefusal[];
  /** What a feed's recipient was told to delete. */
  readonly withdrawn: readonly AuditedItem[];
}

/** As a learner's stream holds it, by revision. */
export type ItemsOf = ReadonlyMap<Revision, KnownItem>;

/** What of a recorded decision is told of; a look at what lies beside the record lets no item through. */
export type DecisionToAudit = Pick<
  DisclosureDecided,
  'at' | 'recipient' | 'staff' | 'asked' | 'purposes' | 'reason' | 'outcome' | 'permitted' | 'refused' | 'changes'
> & { readonly route: Route | 'look' };

interface Recorded {
  readonly position: Position;
  readonly decided: DecisionToAudit;
}

interface Sight {
  /** Of items permitted and withdrawn. */
  readonly sees: (item: KnownItem | undefined) => boolean;
  readonly seesRefused: (item: KnownItem | undefined) => boolean;
  readonly seesSource: (source: AgencySlug) => boolean;
}

const everything = (): boolean => true;
const nothing = (): boolean => false;

/**
 * An officer of one agency is told what its agency was shown, and what became of its agency's data. What its agency was refused of others'
 * is not told: that would say that it exists. A learner is told that somebody was refused, not what, and nothing of what is withheld.
 */
const sightOf = (asker: Asker, { recipient }: DecisionToAudit, items: ItemsOf): Sight => {
  if ('learner' in asker) return { sees: (item) => item?.withheld !== true, seesRefused: nothing, seesSource: everything };
  const own = 'office' in asker ? agencyOfOffice(asker.office) : asker.agency;
  if (own === undefined) return { sees: everything, seesRefused: everything, seesSource: everything };
  const isOwn = (item: KnownItem | undefined): boolean => (item ? item.source === own : statedIdentity(own, items));
  return { sees: recipient === own ? everything : isOwn, seesRefused: isOwn, seesSource: (source) => source === own };
};

/** The merged identity is made of what several stated. */
const statedIdentity = (agency: AgencySlug, items: ItemsOf): boolean =>
  [...items.values()].some(({ source, category }) => source === agency && category === 'identity');

/** Undefined: it is no affair of whoever asks. */
export const auditedDecision = ({ position, decided }: Recorded, items: ItemsOf, asker: Asker): AuditedDecision | undefined => {
  const sight = sightOf(asker, decided, items);
  const permitted = shownGroups(sentOnly(decided), items, sight);
  const refused = shownGroups(decided.refused, items, { ...sight, sees: sight.seesRefused });
  const withdrawn = shownItems(decided.changes?.withdrawn ?? [], items, sight);
  const told = { permitted, refused, withdrawn };
  const isEmpty = Object.values(told).every(({ length }) => length === 0);
  if (isEmpty && (!isAffairOf(asker, decided) || isHidden(asker, decided))) return undefined;
  return { position, ...circumstancesIn(decided, asker), ...told };
};

const circumstancesIn = (
  decided: DecisionToAudit,
  asker: Asker,
): Omit<AuditedDecision, 'position' | 'permitted' | 'refused' | 'withdrawn'> => {
  const { at, recipient, staff, route, asked, purposes, reason, outcome } = decided;
  const who = staff !== undefined && seesStaff(asker, recipient) ? { staff } : {};
  return { at, recipient, ...who, route, asked, purposes, ...(reason !== undefined && { reason }), outcome };
};

/** Also where it came to nothing. */
const isAffairOf = (asker: Asker, { recipient }: Pick<DecisionToAudit, 'recipient'>): boolean => {
  const own = 'office' in asker ? agencyOfOffice(asker.office) : undefined;
  return own === undefined || recipient === own || recipient === `operator:dpo-of:${own}`;
};

/** Something was let through, and all of it is withheld from the learner: then so is the look. */
const isHidden = (asker: Asker, { permitted, outcome }: DecisionToAudit): boolean =>
  'learner' in asker && outcome === 'answered' && permitted.length > 0;

/** Another agency's staff are that agency's affair; to learners people are shown as agency and role. */
const seesStaff = (asker: Asker, recipient: string): boolean => !('learner' in asker) && isAffairOf(asker, { recipient });

/** On a feed the decision covers what stays as it was; told is what left by it. */
const sentOnly = ({ permitted, changes }: DecisionToAudit): readonly PermittedItems[] => {
  if (changes === undefined) return permitted;
  const sent = new Set(changes.sent);
  return permitted.map((group) => ({ ...group, items: group.items.filter((revision) => sent.has(revision)) }));
};

type Group = { readonly items: readonly Revision[] };

const shownGroups = <G extends Group>(
  groups: readonly G[],
  items: ItemsOf,
  sight: Pick<Sight, 'sees' | 'seesSource'>,
): readonly (Omit<G, 'items'> & { readonly items: readonly AuditedItem[] })[] =>
  groups.flatMap((group) => {
    const shown = shownItems(group.items, items, sight);
    return shown.length === 0 ? [] : [{ ...group, items: shown }];
  });

const shownItems = (revisions: readonly Revision[], items: ItemsOf, sight: Pick<Sight, 'sees' | 'seesSource'>): readonly AuditedItem[] =>
  revisions.flatMap((revision) => shownItem(revision, items, sight) ?? []);

const IDENTITY: AuditedItem = { type: MERGED_IDENTITY, category: 'identity' };

const shownItem = (
  revision: Revision,
  items: ItemsOf,
  { sees, seesSource }: Pick<Sight, 'sees' | 'seesSource'>,
): AuditedItem | undefined => {
  const item = items.get(revision);
  if (!sees(item)) return undefined;
  if (revision === MERGED_IDENTITY_REVISION || item === undefined) return IDENTITY;
  const { type, category, source, position, recordedAt } = item;
  return { type, category, ...(seesSource(source) && { source, position }), recordedOn: londonDate(recordedAt) };
};
