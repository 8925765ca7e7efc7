// How withdrawals bit, of many learners: from the learner's file and from what a view counted of the decisions about the learner; from
// those themselves wherever that does not suffice (ADR 66).
import type { OfficeAsker } from '#access';
import type { Consent } from '#consent';
import type { AgencySlug, Instant, LearnerId, Position, Revision } from '#kernel';
import { type FileStanding, learnerStream, openContribution } from '#learner-file';
import { keysOf } from '#privacy';
import { MERGED_IDENTITY_REVISION } from '../answer.ts';
import { consentDigest } from '../disclosure-log.ts';
import type { GateParts } from '../gate-parts.ts';
import {
  type ConsentsKnown,
  consentsKnown,
  type LearnerAudited,
  namedFor,
  noticesOf,
  withdrawalIn,
  withdrawnAt,
} from './audit-consents.ts';
import type { ConsentUses, UsesOf } from './consent-uses.ts';
import { noticesShown, type Tombstone, type Withdrawn } from './consent-life.ts';
import { agencyOf, type AuditedConsent, consentShown } from './consent-sight.ts';
import { type ConsentInFile, consentInFile, type DecidedBy, decidedBy, knownNow } from './learner-consents.ts';
import type { Proposed } from './page-of-learners.ts';

/** A withdrawal, with what the log's envelope says of it. */
export interface WithdrawalProposed extends Proposed {
  /** In the stream of the learner under whom it was recorded. */
  readonly revision: Revision;
  readonly recordedAt: Instant;
}

/** What was first decided after it is told of one consent alone. */
export type WithdrawalRow = Omit<Withdrawn, 'firstAfter'> & LearnerAudited & Pick<AuditedConsent, 'id' | 'protocol' | 'categories'>;

export interface WithdrawalsKnown {
  readonly known: FileStanding;
  readonly named: LearnerAudited;
  readonly own: AgencySlug | undefined;
  readonly uses: ConsentUses;
  /** Nobody is merged, and the view has taken in what was last recorded of the learner: else it may still tell what was erased. */
  readonly isEnough: boolean;
  /** The same from the log: once for all rows about the learner. */
  readonly inFull: () => Promise<ConsentsKnown | undefined>;
}

/** Nothing of it may leave before the look is recorded. Undefined where there is no such learner. */
export const withdrawalsKnown = async (
  parts: GateParts,
  { asker, usesOf }: { readonly asker: OfficeAsker; readonly usesOf: UsesOf },
  learner: LearnerId,
): Promise<WithdrawalsKnown | undefined> => {
  const known = await knownNow(parts, learner);
  if (known === undefined) return undefined;
  let full: Promise<ConsentsKnown | undefined> | undefined;
  const inFull = (): Promise<ConsentsKnown | undefined> => (full ??= consentsKnown(parts, asker, learner));
  const [last] = await parts.store.readStream(learnerStream(learner), { direction: 'backwards', limit: 1 });
  const uses = await usesOf(learner);
  const { file } = known;
  const isEnough = file.united === undefined && file.id === learner && uses.position >= (last?.position ?? 0);
  return { known, named: namedFor(parts, asker, file), own: agencyOf(asker), uses, isEnough, inFull };
};

export const withdrawalRow = async (
  parts: GateParts,
  known: WithdrawalsKnown,
  withdrawal: WithdrawalProposed,
): Promise<WithdrawalRow | undefined> => {
  const seen = seenIn(known, withdrawal);
  if (seen === 'nothing') return undefined;
  return seen === 'in-full' ? rowInFull(parts, known, withdrawal) : rowOf(parts, seen, await decidedByAt(parts, withdrawal.position));
};

/** Of the withdrawal, which alone is opened. */
const decidedByAt = async ({ store, vault }: GateParts, position: Position): Promise<DecidedBy | undefined> => {
  const event = (await store.readAll({ after: position - 1, limit: 1 })).find((one) => one.position === position);
  if (event === undefined) return undefined;
  const data = openContribution(event, await keysOf(vault, [event]))?.event?.data;
  return data && decidedBy(data);
};

const rowInFull = async (parts: GateParts, one: WithdrawalsKnown, { position }: Proposed): Promise<WithdrawalRow | undefined> => {
  const known = await one.inFull();
  const consent = known?.affair.find((each) => withdrawnAt(each) === position);
  if (known === undefined || consent === undefined) return undefined;
  const withdrawn = withdrawalIn(parts, known, consent);
  if (withdrawn === undefined) return undefined;
  const { firstAfter: _, ...told } = withdrawn;
  const { protocol = '', categories = [] } = consentShown(consent, known, parts.clock.now()) ?? {};
  return { ...known.named, id: consent.name, protocol, categories, ...told };
};

type Use = ConsentUses['relied'][number];

/** A withdrawal that has effect, of a consent that is the affair of whoever looks. */
interface WithdrawalSeen {
  readonly in: WithdrawalsKnown;
  readonly withdrawal: WithdrawalProposed;
  readonly change: Consent['changes'][number];
  readonly consent: ConsentInFile;
  /** What relied on it of what whoever looks is told of. */
  readonly uses: readonly Use[];
}

/**
 * `in-full`: where the view is not enough, something decided is not in the file, or something relied on the consent after it was withdrawn,
 * which is an incident, the decisions themselves are looked at.
 */
const seenIn = (known: WithdrawalsKnown, withdrawal: WithdrawalProposed): WithdrawalSeen | 'in-full' | 'nothing' => {
  if (!known.isEnough) return 'in-full';
  const [consent, change] = withdrawnBy(known.known, withdrawal) ?? [];
  if (consent === undefined || change === undefined) return 'nothing';
  const all = known.uses.relied.filter((use) => use.consent === consentDigest(consent.name));
  const sources = sourcesIn(known.known);
  if (all.some((use) => use.named > withdrawal.position || !use.items.every((item) => sources.has(item)))) return 'in-full';
  const uses = all.flatMap((use) => toldOf(known, sources, use));
  return isAffair(known.own, consent, uses) ? { in: known, withdrawal, change, consent, uses } : 'nothing';
};

/** The withdrawal that ended the consent, where this is it. */
const withdrawnBy = (
  known: FileStanding,
  { revision }: WithdrawalProposed,
): readonly [ConsentInFile, Consent['changes'][number]] | undefined => {
  const one = known.file.consent.consents.find(({ changes }) => changes.some((change) => change.revision === revision));
  const consent = one && consentInFile(known, one);
  if (consent?.standing.standing !== 'withdrawn') return undefined;
  const { standing, judged } = consent;
  const change = standing.consent.changes.find((each) => each.kind === 'withdrawn' && judged.grounds.counts(each));
  return change?.revision === revision ? [consent, change] : undefined;
};

interface Source {
  /** Nobody's: of the merged identity. */
  readonly source?: AgencySlug;
  readonly category: string;
}
type Sources = ReadonlyMap<Revision, Source>;

const IDENTITY = [MERGED_IDENTITY_REVISION, { category: 'identity' }] as const;

const sourcesIn = ({ items }: FileStanding): Sources =>
  new Map<Revision, Source>([IDENTITY, ...items.map((item) => [item.revision, item] as const)]);

/** By the rule of ADR 50: what its own agency was shown, and what became of that agency's data. */
const toldOf = ({ own }: Pick<WithdrawalsKnown, 'own'>, sources: Sources, use: Use): readonly Use[] => {
  const items = own === undefined || use.recipient === own ? use.items : use.items.filter((item) => sources.get(item)?.source === own);
  return items.length === 0 ? [] : [{ ...use, items }];
};

const isAffair = (own: AgencySlug | undefined, { standing: { consent }, counts }: ConsentInFile, uses: readonly Use[]): boolean => {
  const isCited = uses.some(({ shown }) => shown !== undefined);
  if (own === undefined) return isCited || counts;
  return consent.source === own || consent.changes.some(({ source }) => source === own) || isCited;
};

const rowOf = (parts: GateParts, seen: WithdrawalSeen, by: DecidedBy | undefined): WithdrawalRow => {
  const { consent, withdrawal, change, uses } = seen;
  const { own, named } = seen.in;
  const { position, recordedAt: at } = withdrawal;
  const tombstones = tombstonesIn(seen);
  const awaited = awaitedIn(seen);
  const stoppedAt = Math.max(at, ...tombstones.map((one) => one.at));
  const isNamed = own === undefined || change.source === own || change.source === consent.standing.consent.source;
  return {
    ...{ ...named, id: consent.name, protocol: consent.standing.consent.protocol, categories: categoriesTold(seen) },
    ...{ position, at, onOwnPage: change.byLearner },
    ...(by !== undefined && { by }),
    ...(isNamed && { capturedBy: change.source }),
    ...lastIn(uses),
    reliedOnAfter: 0,
    tombstones,
    awaited,
    ...(awaited.length === 0 && { stoppedAt, seconds: (stoppedAt - at) / 1000 }),
    notices: noticesTold(parts, seen),
  };
};

const lastIn = (uses: readonly Use[]): Pick<WithdrawalRow, 'lastBefore'> => {
  const shown = uses.flatMap(({ recipient, shown: last }) => (last === undefined ? [] : [{ ...last, recipient }]));
  const last = shown.toSorted((one, other) => one.position - other.position).at(-1);
  return last === undefined ? {} : { lastBefore: last };
};

/** Of another agency's consent, the kinds that disclosures of the officer's affair used. */
const categoriesTold = ({ in: { own, known }, consent, uses }: WithdrawalSeen): readonly string[] => {
  const { categories, source } = consent.standing.consent;
  if (own === undefined || source === own) return categories;
  const sources = sourcesIn(known);
  const left = uses.filter(({ shown }) => shown !== undefined);
  const used = new Set(left.flatMap(({ items }) => items.flatMap((item) => sources.get(item)?.category ?? [])));
  return categories.filter((category) => used.has(category));
};

const isHeld = (uses: readonly Use[], { recipient, item }: { readonly recipient: string; readonly item: Revision }): boolean =>
  uses.some((use) => use.recipient === recipient && use.items.includes(item));

const tombstonesIn = ({ in: { uses: all }, withdrawal, uses }: WithdrawalSeen): readonly Tombstone[] => {
  const taken = all.taken.filter((one) => one.position > withdrawal.position && isHeld(uses, one));
  return [...Map.groupBy(taken, ({ position }) => position)].flatMap(([position, [first, ...more]]) =>
    first === undefined
      ? []
      : [
          {
            ...{ position, at: first.at, recipient: first.recipient },
            seconds: (first.at - withdrawal.recordedAt) / 1000,
            items: 1 + more.length,
          },
        ],
  );
};

const awaitedIn = ({ in: { uses: all }, consent, uses }: WithdrawalSeen): readonly string[] => {
  const digest = consentDigest(consent.name);
  return [...new Set(all.fed.filter((one) => one.consent === digest && isHeld(uses, one)).map(({ recipient }) => recipient))];
};

/** To an officer of one agency, of those who relied on it and of the own agency. */
const noticesTold = ({ vault, clock }: GateParts, { in: { own, known }, consent, uses }: WithdrawalSeen): WithdrawalRow['notices'] => {
  const recipients = new Set<string>([...uses.flatMap(({ recipient, shown }) => (shown ? [recipient] : [])), ...(own ? [own] : [])]);
  const notices = noticesOf(vault, { known }, consent.standing).filter(({ recipient }) => own === undefined || recipients.has(recipient));
  return noticesShown({ notices, now: clock.now() });
};
