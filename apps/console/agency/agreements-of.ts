// Agreements as one agency meets them: what it signed, what waits for it, what is due for review. Pure.
import type { RecordedAct } from '../shell/recorded.ts';
import { dayText } from '../shell/times.ts';

export interface Party {
  readonly agency: string;
  readonly roles: readonly string[];
  readonly signedOn: string;
  readonly position: string;
  readonly boundUntil: string;
  readonly leftOn: string | null;
}

export interface AgreementSummary {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly status: string;
  readonly digest: string;
  /** In the log. */
  readonly positions: { readonly drafted: string; readonly inForce: string | null };
  readonly reviewDue: string;
  readonly daysToReview: number;
  readonly parties: readonly Party[];
  /** Of whom somebody must sign and nobody did. */
  readonly missing: readonly { readonly role: string; readonly agencies: readonly string[] }[];
}

export interface AgreementDocument {
  readonly why: string;
  readonly agreement: Readonly<Record<string, string>>;
  readonly purposes: readonly { readonly id: string; readonly sentence: { readonly en: string } }[];
  readonly flows: readonly { readonly id: string; readonly says: string }[];
  readonly duties?: readonly { readonly id: string; readonly says: string; readonly within: string }[];
}

export interface Agreement extends AgreementSummary {
  readonly document: AgreementDocument;
}

export interface OwnAgreements {
  readonly waiting: readonly AgreementSummary[];
  readonly signed: readonly (AgreementSummary & { readonly own: Party })[];
}

const OPEN: ReadonlySet<string> = new Set(['drafted', 'awaiting-signatures', 'stalled']);

/** What waits names the agency among those of whom one must sign, or is not in force yet and not signed by it. */
export const agreementsOf = (all: readonly AgreementSummary[], agency: string): OwnAgreements => {
  const ownIn = ({ parties }: AgreementSummary): Party | undefined =>
    parties.find((party) => party.agency === agency && party.leftOn === null);
  const isAsked = ({ missing, status }: AgreementSummary): boolean =>
    OPEN.has(status) || missing.some(({ agencies }) => agencies.includes(agency));
  return {
    waiting: all.filter((one) => ownIn(one) === undefined && isAsked(one)),
    signed: all.flatMap((one) => {
      const own = ownIn(one);
      return own === undefined ? [] : [{ ...one, own }];
    }),
  };
};

/** So long before an agency is bound no more it is asked whether it goes on. */
const AHEAD_DAYS = 60;
const OVER: ReadonlySet<string> = new Set(['superseded', 'ended', 'suspended']);
const DAY_MS = 86_400_000;

const yearFrom = (day: string): string => new Date(`${Number(day.slice(0, 4)) + 1}${day.slice(4)}T12:00:00Z`).toISOString().slice(0, 10);
const daysFrom = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / DAY_MS;

/** Until when the agency would be bound if it re-affirmed the text today; undefined where that is not due. */
export const reviewFor = (
  { parties, status }: AgreementSummary,
  { agency, today }: { readonly agency: string; readonly today: string },
): string | undefined => {
  const own = parties.find((party) => party.agency === agency && party.leftOn === null);
  if (own === undefined || OVER.has(status) || daysFrom(today, own.boundUntil) > AHEAD_DAYS) return undefined;
  return yearFrom(today);
};

interface Reviewing {
  /** Until when the agency would be bound; undefined where no review is due. */
  readonly reviewUntil: string | undefined;
  /** Whether it is bound yet. */
  readonly isBound: boolean;
}

export const reviewing = (agreement: AgreementSummary, asked: { readonly agency: string; readonly today: string }): Reviewing => ({
  reviewUntil: reviewFor(agreement, asked),
  isBound: agreement.parties.some(({ agency, boundUntil }) => agency === asked.agency && boundUntil >= asked.today),
});

export interface AgreementPart {
  readonly heading: string;
  readonly text: string;
}

const heading = (name: string): string => {
  const words = name.replace(/([a-z])([A-Z])/g, (_all, before: string, after: string) => `${before} ${after.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The agreement under its headings (ICO, data sharing code of practice). */
export const partsOf = ({ agreement }: AgreementDocument): readonly AgreementPart[] =>
  Object.entries(agreement).map(([name, text]) => ({ heading: heading(name), text }));

const FLOWS: ReadonlySet<string> = new Set(['in-force', 'review-due', 'in-grace']);

/** That it is in force, or who must sign still. */
const nextAfter = ({ missing, status }: AgreementSummary): string => {
  if (FLOWS.has(status)) return 'It is in force: what it lets your agency see may be asked for now.';
  const roles = missing.map(({ role }) => role.replaceAll('-', ' '));
  if (roles.length === 0) return `It stands as ${status.replaceAll('-', ' ')}: your agency shares nothing under it before it is in force.`;
  return `It comes in force once one of each of these has signed as well: ${roles.join(', ')}.`;
};

/** `agreement` as it stands after the signature. */
export const signatureRecorded = (agreement: AgreementSummary, positions: readonly string[]): RecordedAct => {
  const { id, version, title, digest } = agreement;
  return {
    title: 'The agreement is signed',
    positions,
    says: `Your agency signed ${title}, version ${version}.`,
    next: nextAfter(agreement),
    ways: [
      { text: 'See the agreement', href: `/agency/agreements/${id}/${version}` },
      { text: 'What waits for your agency', href: '/agency' },
    ],
    act: { act: 'agreement-signed', protocol: id, version, digest },
  };
};

const AFTER_REVIEW: Readonly<Record<string, string>> = {
  'review-due': 'The review is due until enough others have re-affirmed it as well.',
  'in-grace': 'The review is due until enough others have re-affirmed it as well.',
  stopped: 'Nothing is shared under it until enough others have re-affirmed it as well.',
};

const nextAfterReview = (agreement: AgreementSummary): string =>
  agreement.status === 'in-force'
    ? `It is in force, and its review is due on ${dayText(agreement.reviewDue)}.`
    : (AFTER_REVIEW[agreement.status] ?? nextAfter(agreement));

/** `agreement` as it stands after the agency re-affirmed it. */
export const reviewRecorded = (
  agreement: AgreementSummary,
  { until, positions }: { readonly until: string; readonly positions: readonly string[] },
): RecordedAct => ({
  ...signatureRecorded(agreement, positions),
  title: 'The agreement is re-affirmed',
  says: `Your agency re-affirmed ${agreement.title}, version ${agreement.version}. It is bound until ${dayText(until)}.`,
  next: nextAfterReview(agreement),
  act: { act: 'agreement-reviewed', protocol: agreement.id, version: agreement.version, digest: agreement.digest, until },
});
