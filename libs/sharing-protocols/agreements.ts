// Agreements as the partnership and the public see them: where each version stands, who signed, whose turn it is (views.md, S1). Pure.
import type { Role } from '#catalogue';
import { addDays, type AgencySlug, type IsoDate } from '#kernel';
import { partyRoles, type TableAgency } from './decision-table-parties.ts';
import type { Duty } from './language.ts';
import type { ProtocolStatus } from './lifecycle.ts';
import type { ProtocolVersion } from './register.ts';

export const AGREEMENT_STATUSES = [
  'drafted',
  'awaiting-signatures',
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
  /** RFC 7638 thumbprint of the key with which it signed. */
  readonly keyId: string;
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
  readonly duties: readonly Pick<Duty, 'id' | 'who' | 'within'>[];
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

const statusOf = ({ status, signatures }: ProtocolVersion): AgreementStatus => {
  if (status !== 'drafted') return STATUS[status];
  return signatures.length === 0 ? 'drafted' : 'awaiting-signatures';
};

const DAY_MS = 86_400_000;

/** `agencies`: those that are registered, with the roles that they hold. */
export const agreementOf = (version: ProtocolVersion, agencies: readonly TableAgency[], today: IsoDate): AgreementSummary => {
  const { document, digest } = version;
  const { id, title, review } = document;
  return {
    ...{ id, version: document.version, title, status: statusOf(version) },
    inForceFrom: document.inForce.from,
    reviewDue: review.due,
    graceUntil: addDays(review.due, review.graceDays),
    daysToReview: Math.round((Date.parse(review.due) - Date.parse(today)) / DAY_MS),
    parties: partiesOf(version),
    missing: missingIn(version, agencies),
    digest,
    duties: document.duties.map(({ id: duty, who, within }) => ({ id: duty, who, within })),
  };
};

const partiesOf = ({ document, signatures }: ProtocolVersion): readonly AgreementParty[] =>
  signatures.map(({ agency, fills, kid }) => ({
    agency,
    roles: [...new Set(fills.flatMap((place) => document.parties[place]?.role ?? []))],
    keyId: kid,
  }));

const missingIn = ({ document, signatures }: ProtocolVersion, agencies: readonly TableAgency[]): AgreementSummary['missing'] =>
  document.parties.flatMap((party, place) => {
    if (!party.mustSign || signatures.some(({ fills }) => fills.includes(place))) return [];
    const alone = { ...document, parties: [party] };
    const could = agencies.filter((agency) => partyRoles({ document: alone, parties: [agency.slug] }, agency).length > 0);
    return [{ role: party.role, agencies: could.map(({ slug }) => slug) }];
  });

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
): readonly ProtocolVersion[] =>
  versions
    .filter(
      (version) =>
        (status === undefined || statusOf(version) === status) &&
        (role === undefined || version.document.parties.some((party) => party.role === role)) &&
        (reviewDueBefore === undefined || version.document.review.due < reviewDueBefore),
    )
    .sort((one, other) => one.protocol.localeCompare(other.protocol) || other.version - one.version);
