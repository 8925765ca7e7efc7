// Which consents are the affair of whoever oversees sharing, and what of each (ADR 52): metadata, by the rule of ADR 50.
import { agencyOfOffice, type OfficeAsker } from '#access';
import { type AgencySlug, type Instant, type IsoDate, londonDate } from '#kernel';
import { type ConsentBand, consentBands, type ConsentBandStatus, consentBandStatus } from '#consent';
import type { AuditedDecision } from './audited-decision.ts';
import type { DecisionSeen } from './decisions-seen.ts';
import type { ConsentForm, ConsentStep, LearnerConsent } from './learner-consents.ts';

export interface AuditedConsent extends Partial<ConsentForm> {
  /** As decisions name it: `source/id`. */
  readonly id: string;
  /** Who recorded it. */
  readonly capturedBy: AgencySlug;
  readonly status: ConsentBandStatus;
  readonly protocol: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly recipients: readonly string[];
  /** Whether a reference to evidence was sent; what it says is not told. */
  readonly evidence: boolean;
  readonly validFrom: IsoDate;
  readonly expires?: IsoDate;
  readonly recordedAt: Instant;
  readonly changedAt: Instant;
  /** Its recorder's word has effect for others. */
  readonly counts: boolean;
  /** Of the disclosures told to whoever looks, how many relied on it. */
  readonly reliedOn: number;
}

export interface AuditedStep extends Omit<ConsentStep, 'source' | 'revision'> {
  /** Who recorded it; absent where that is another agency's affair. */
  readonly capturedBy?: AgencySlug;
}

/** The agency whose officer it is; undefined of the partnership's. */
export const agencyOf = ({ office }: OfficeAsker): AgencySlug | undefined => agencyOfOffice(office);

export const reliesOn = (groups: DecisionSeen['decided']['permitted'], name: string): boolean =>
  groups.some(({ consent }) => consent?.id === name);

/** A disclosure as whoever looks is told of it (undefined: it is no affair of theirs), or so many that are alike. */
export interface Reliant {
  readonly shown: Pick<AuditedDecision, 'recipient' | 'permitted'> | undefined;
  readonly times?: number;
}

/** Of those that whoever looks is told of, where something left. */
export const reliedOn = <One extends Reliant>(seen: readonly One[], name: string): readonly One[] =>
  seen.filter(({ shown }) => shown !== undefined && shown.permitted.some(({ consent, items }) => consent?.id === name && items.length > 0));

const timesOf = (seen: readonly Reliant[], name: string): number => reliedOn(seen, name).reduce((sum, { times = 1 }) => sum + times, 0);

/**
 * What counts for nobody but its source is told to that source's officer alone (invariant 11), unless something relied on it. An officer of
 * one agency is told of consents that the agency recorded or changed, and of those on which a disclosure of its affair relied.
 */
export const isAffair = (
  { standing, steps, name, counts }: LearnerConsent,
  seen: readonly Reliant[],
  own: AgencySlug | undefined,
): boolean => {
  const isCited = reliedOn(seen, name).length > 0;
  if (own === undefined) return isCited || counts;
  return standing.consent.source === own || steps.some(({ source }) => source === own) || isCited;
};

/** Another's word that has no effect is told to nobody; what was recorded by another agency is told without which. */
export const stepsShown = ({ standing, steps }: LearnerConsent, own: AgencySlug | undefined): readonly AuditedStep[] =>
  steps
    .filter(({ source, counts, kind }) => counts || source === own || kind === 'given' || kind === 'refused')
    .map(({ source, revision: _, ...step }) => {
      const isNamed = own === undefined || source === own || source === standing.consent.source;
      return { ...step, ...(isNamed && { capturedBy: source }) };
    });

type Scope = Pick<AuditedConsent, 'purposes' | 'categories' | 'recipients'>;

/**
 * Of another agency's consent an officer is told as much of its scope as disclosures of the officer's affair relied on: that it covers
 * offences, too, or names somebody else, is none.
 */
const scopeShown = ({ standing: { consent }, judged, name }: LearnerConsent, { seen, own }: Looking): Scope => {
  const { purposes, categories, recipients, source } = consent;
  if (own === undefined || source === own) return { purposes, categories, recipients };
  const relied = reliedOn(seen, name).flatMap(({ shown }) => shown ?? []);
  const groups = relied.flatMap(({ permitted }) => permitted.filter((group) => group.consent?.id === name));
  const used = {
    purposes: new Set(groups.flatMap(({ purpose }) => purpose ?? [])),
    categories: new Set(groups.flatMap(({ items }) => items.map(({ category }) => category))),
    recipients: new Set(relied.flatMap(({ recipient }) => [recipient, ...judged.grounds.rolesOf(recipient)])),
  };
  return {
    purposes: purposes.filter((purpose) => used.purposes.has(purpose)),
    categories: categories.filter((category) => used.categories.has(category)),
    recipients: recipients.filter((recipient) => used.recipients.has(recipient)),
  };
};

/** What whoever looks is told of, and whose officer it is. */
interface Looking {
  readonly seen: readonly Reliant[];
  readonly own: AgencySlug | undefined;
}

export const consentShown = (one: LearnerConsent, looking: Looking, now: Instant): AuditedConsent | undefined => {
  const { standing, steps, form } = one;
  const { consent, expires } = standing;
  const [first] = steps;
  if (first === undefined) return undefined;
  const last = steps.findLast(({ revision }) => revision === standing.revision) ?? first;
  return {
    id: one.name,
    capturedBy: consent.source,
    status: consentBandStatus(standing, londonDate(now)),
    protocol: consent.protocol,
    ...scopeShown(one, looking),
    ...form,
    evidence: consent.evidence,
    validFrom: consent.validFrom,
    ...(expires !== undefined && { expires }),
    recordedAt: first.at,
    changedAt: last.at,
    counts: one.counts,
    reliedOn: timesOf(looking.seen, one.name),
  };
};

export const bandsShown = ({ steps, standing, judged: { state, grounds } }: LearnerConsent, now: Instant): readonly ConsentBand[] => {
  const at = new Map(steps.map((step) => [step.revision, step.at]));
  return consentBands(state, standing.consent, { grounds, recordedAt: (revision) => at.get(revision) ?? 0, now });
};
