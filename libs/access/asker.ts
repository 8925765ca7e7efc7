// Who asks the gate. Everyone who looks is one of three: an agency, an office of the partnership, or the learner (invariant 12).
import { type AgencySlug, isAgencySlug, type LearnerId } from '#kernel';

/** With the member of its staff who asked, where the token names one. */
export interface AgencyAsker {
  readonly agency: AgencySlug;
  readonly staff?: string;
}

/** `dpo-of:<slug>` is the data protection officer of one agency; `public` is everybody, who asks without a token. */
export type OfficeName = 'dpo-partnership' | 'data-manager' | 'operator' | 'public' | `dpo-of:${AgencySlug}`;

export interface OfficeAsker {
  readonly office: OfficeName;
  readonly staff?: string;
}

/** About nobody else. */
export interface LearnerAsker {
  readonly learner: LearnerId;
}

export type Asker = AgencyAsker | OfficeAsker | LearnerAsker;

const DPO_OF = 'dpo-of:';
const OFFICES: ReadonlySet<string> = new Set(['dpo-partnership', 'data-manager', 'operator', 'public']);

const isOffice = (text: string): text is OfficeName =>
  OFFICES.has(text) || (text.startsWith(DPO_OF) && isAgencySlug(text.slice(DPO_OF.length)));

/** The office of that name; undefined where there is none. */
export const officeNamed = (text: string): OfficeName | undefined => (isOffice(text) ? text : undefined);

/** Whose data protection officer it is; undefined of other offices. */
export const agencyOfOffice = (office: OfficeName): AgencySlug | undefined =>
  office.startsWith(DPO_OF) ? office.slice(DPO_OF.length) : undefined;

/** On whose part in the partnership the asker's rests; undefined: on nobody's. */
export const agencyBehind = (asker: Asker): AgencySlug | undefined => {
  if ('agency' in asker) return asker.agency;
  return 'office' in asker ? agencyOfOffice(asker.office) : undefined;
};

const POST = 'operator:';
const LEARNER = `${POST}learner`;

/** As whom the log names an asker: an agency by its slug, `operator:<office>`, or `operator:learner`. No slug holds a colon. */
export const recordedAs = (asker: Asker): string => {
  if ('agency' in asker) return asker.agency;
  return 'office' in asker ? `${POST}${asker.office}` : LEARNER;
};

/** The recipient under whose pseudonyms a configured issuer names learners. */
export const LEARNERS_OWN = LEARNER;

/** Who a name of the log is; `about`: whose record holds it, who alone can be the learner that asked. */
export const askerRecorded = (name: string, about: LearnerId): Asker | undefined => {
  if (name === LEARNER) return { learner: about };
  if (!name.startsWith(POST)) return { agency: name };
  const office = officeNamed(name.slice(POST.length));
  return office && { office };
};

// Who asks, as a verified token says.

/** Whoever may do what agencies alone do: send events, read notices, vouch. */
export type Caller = AgencyAsker;

/** What a verified token says. It is good before `until`, and as long as what it rests on holds. */
export interface Verified {
  readonly asker: Asker;
  /** The key of the assertion that it was given for; absent where it was given for none. */
  readonly kid?: string;
  /** On whose part in the partnership it rests, where that is not the asker's own. */
  readonly rests?: AgencySlug;
  /** Milliseconds since 1970. */
  readonly until: number;
}

export const callerNamed = (agency: AgencySlug, staff: unknown): Caller => ({ agency, ...(typeof staff === 'string' ? { staff } : {}) });
