// Agreements as the partnership and the public see them: where each version stands, who signed, whose turn it is (views.md, S1). Pure.
import type { Role } from '#catalogue';
import { addDays, type AgencySlug, daysBetween, type IsoDate } from '#kernel';
import { partyRoles, type TableAgency } from './decision-table-parties.ts';
import type { Duty } from './language.ts';
import type { RecordedAt } from './lifecycle.events.ts';
import type { ProtocolStatus } from './lifecycle.ts';
import { headingsMissing } from './lint-agreement.ts';
import type { ProtocolVersion } from './register.ts';

export const AGREEMENT_STATUSES = [
  'drafted',
  'awaiting-signatures',
  'stalled',
  'awaiting-date',
  'in-force',
  'review-due',
  'stopped',
  'suspended',
  'superseded',
  'ended',
] as const;
export type AgreementStatus = (typeof AGREEMENT_STATUSES)[number];

export interface AgreementParty {
  readonly agency: AgencySlug;
  readonly roles: readonly Role[];
  readonly signedOn: IsoDate;
  /** Of the signature in the log. */
  readonly position: string;
  /** RFC 7638 thumbprint of the key with which it signed. */
  readonly keyId: string;
  /** The day on which it is to review the text: it is a party until the days of grace after it are over. */
  readonly boundUntil: IsoDate;
  readonly leftOn: IsoDate | null;
}

export interface AgreementSummary {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly status: AgreementStatus;
  readonly inForceFrom: IsoDate;
  readonly reviewDue: IsoDate;
  /** The last day on which data flows where nobody reviews it. */
  readonly graceUntil: IsoDate;
  /** Below 0 where it is past. */
  readonly daysToReview: number;
  readonly parties: readonly AgreementParty[];
  /** Roles of which somebody must sign and nobody did, with those who could. */
  readonly missing: readonly { readonly role: Role; readonly agencies: readonly AgencySlug[] }[];
  /** `sha256:…` of what is signed. */
  readonly digest: string;
  /** Headings of the agreement that say nothing: a version that lacks one is not drafted. */
  readonly headingsMissing: readonly string[];
  readonly duties: readonly Pick<Duty, 'id' | 'who' | 'within'>[];
  /** In the log: where it was drafted, and where the last party signed who must. */
  readonly positions: { readonly drafted: string; readonly inForce: string | null };
}

const STATUS: Readonly<Record<Exclude<ProtocolStatus, 'drafted'>, AgreementStatus>> = {
  'signed-awaiting-date': 'awaiting-date',
  'in-force': 'in-force',
  'review-overdue': 'review-due',
  'stopped-for-review': 'stopped',
  suspended: 'suspended',
  superseded: 'superseded',
  ended: 'ended',
};

/** Whoever means to sign has signed by then. */
const STALLED_AFTER_DAYS = 28;

export const agreementStatus = ({ status, signatures, draftedAt, completedAt }: ProtocolVersion, today: IsoDate): AgreementStatus => {
  if (status !== 'drafted') return STATUS[status];
  if (completedAt === undefined && addDays(draftedAt.on, STALLED_AFTER_DAYS) < today) return 'stalled';
  return signatures.length === 0 ? 'drafted' : 'awaiting-signatures';
};

/** `agencies`: those that are registered, with the roles that they hold. */
export const agreementOf = (version: ProtocolVersion, agencies: readonly TableAgency[], today: IsoDate): AgreementSummary => {
  const { document, digest, reviewDue } = version;
  const { id, title, review } = document;
  return {
    ...{ id, version: document.version, title, status: agreementStatus(version, today) },
    inForceFrom: document.inForce.from,
    reviewDue,
    graceUntil: addDays(reviewDue, review.graceDays),
    daysToReview: daysBetween(today, reviewDue),
    parties: partiesOf(version, today),
    missing: missingIn(version, agencies),
    digest,
    headingsMissing: headingsMissing(document),
    duties: document.duties.map(({ id: duty, who, within }) => ({ id: duty, who, within })),
    positions: { drafted: textOf(version.draftedAt), inForce: version.completedAt === undefined ? null : textOf(version.completedAt) },
  };
};

/** Who left is told of until the review: whoever reads it then knows who it was negotiated with. */
const partiesOf = ({ document, signatures, left, reviewDue }: ProtocolVersion, today: IsoDate): readonly AgreementParty[] => {
  const gone = today > reviewDue ? [] : left.filter(({ agency }) => signatures.every((one) => one.agency !== agency));
  return [...signatures.map((one) => ({ ...one, leftOn: null })), ...gone].map(
    ({ agency, fills, kid, signedOn, signedAt, boundUntil, leftOn }) => ({
      agency,
      roles: [...new Set(fills.flatMap((place) => document.parties[place]?.role ?? []))],
      ...{ signedOn, position: String(signedAt), keyId: kid, boundUntil, leftOn },
    }),
  );
};

/** Positions go over the wire as text. */
const textOf = ({ position }: RecordedAt): string => String(position);

const missingIn = (version: ProtocolVersion, agencies: readonly TableAgency[]): AgreementSummary['missing'] =>
  version.document.parties.flatMap(({ role, mustSign }, place) => {
    if (!mustSign || version.signatures.some(({ fills }) => fills.includes(place))) return [];
    return [{ role, agencies: couldFill(version, place, agencies) }];
  });

/** Whoever could fill a place, signed or not. */
const couldFill = ({ document }: ProtocolVersion, place: number, agencies: readonly TableAgency[]): readonly AgencySlug[] => {
  const alone = { ...document, parties: document.parties.slice(place, place + 1) };
  return agencies.filter((agency) => partyRoles({ document: alone, parties: [agency.slug] }, agency).length > 0).map(({ slug }) => slug);
};

/** Whoever could be a party and did not sign, whether it must or not. */
export const unsignedIn = (version: ProtocolVersion, agencies: readonly TableAgency[]): readonly AgencySlug[] => {
  const could = new Set(version.document.parties.flatMap((_, place) => couldFill(version, place, agencies)));
  return [...could].filter((slug) => version.signatures.every(({ agency }) => agency !== slug));
};

export interface AgreementsChosen {
  readonly status?: AgreementStatus;
  /** Of a party, signed or not. */
  readonly role?: string;
  readonly reviewDueBefore?: IsoDate;
}

/** By id, then the latest version first. */
export const agreementsChosen = (
  versions: readonly ProtocolVersion[],
  { status, role, reviewDueBefore }: AgreementsChosen,
  today: IsoDate,
): readonly ProtocolVersion[] =>
  versions
    .filter(
      (version) =>
        (status === undefined || agreementStatus(version, today) === status) &&
        (role === undefined || version.document.parties.some((party) => party.role === role)) &&
        (reviewDueBefore === undefined || version.reviewDue < reviewDueBefore),
    )
    .sort((one, other) => one.protocol.localeCompare(other.protocol) || other.version - one.version);
