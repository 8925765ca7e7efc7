// A clause of the sharing matrix as a story: what is told, by whom, and what the recipient then sees of it.
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';
import { consent } from '../town.ts';
import { CAST, type Townsfolk } from '../townsfolk.ts';
import { about, adviser, confirmed, programme, referral } from '../told.ts';

/** The town of the stories. */
export const CLAUSE_CAST: readonly Townsfolk[] = [
  ...CAST,
  { slug: 'careers-north', roles: ['connexions'] },
  { slug: 'jobcentre-wv', roles: ['jobcentre'] },
  { slug: 'local-training', roles: ['provider'], districts: ['WV1'] },
];

/** Registers every learner first, and vouches for whoever the story needs to stand; never asked what it sees. */
export const FOUNDER = 'careers-north';
/** Refers and states residence in stories, and tells nothing else. */
export const REFERRER = 'jobcentre-wv';

export interface Told {
  readonly by: AgencySlug;
  readonly event: EventToSend;
  /** It makes the recipient's relationship: left out where that is what lacks. */
  readonly tie?: true;
  /** It makes the relationship count, by the word of another: left out where that is what lacks. */
  readonly voucher?: true;
  /** The clause shows it: exactly these fields of its data. */
  readonly shows?: readonly string[];
  /** Where it is not that of the case. */
  readonly level?: string;
}

export type Story = (uln: string, reader: AgencySlug) => readonly Told[];

export interface ClauseCase {
  /** `protocol@version#clause`. */
  readonly clause: string;
  readonly reader: AgencySlug;
  readonly relationship: string;
  readonly purpose: string;
  readonly basis: string;
  readonly level: 'full' | 'summary' | 'existence';
  readonly story: Story;
  /** Fields of the merged identity that the clause shows beside the items. */
  readonly merged?: readonly string[];
  /** The relationship needs no voucher, or has it for good: nothing is to be left out. */
  readonly unvouched?: false;
  /** Told in place of the ties where the relationship lacks. */
  readonly untied?: Story;
  /** With such a relationship too, in no role that the clause names. */
  readonly outsider?: AgencySlug;
  readonly consent?: { readonly protocol: string; readonly categories: readonly string[]; readonly explicit?: true };
  /** The lesser clause that still shows an item where only the consent lacks. */
  readonly lesser?: string;
}

export const tie = (by: AgencySlug, event: EventToSend): Told => ({ by, event, tie: true });
export const voucher = (by: AgencySlug, event: EventToSend): Told => ({ by, event, voucher: true });
export const item = (by: AgencySlug, event: EventToSend, shows: readonly string[] = Object.keys(event.data)): Told => ({
  by,
  event,
  shows,
});
export const scene = (by: AgencySlug, event: EventToSend): Told => ({ by, event });

/** Whoever tells something stands, so that it has effect: the founder vouches. */
export const vouchersFor = (uln: string, slugs: readonly AgencySlug[]): readonly EventToSend[] =>
  [...new Set(slugs)].filter((slug) => slug !== FOUNDER).map((slug) => confirmed(uln, slug));

/** One after the other. */
export const together =
  (...stories: readonly Story[]): Story =>
  (uln, reader) =>
    stories.flatMap((story) => story(uln, reader));

const ROLE_OF: Readonly<Record<AgencySlug, string>> = {
  careers: 'connexions',
  'careers-south': 'connexions',
  forge: 'provider',
  anvil: 'provider',
  'city-yot': 'yot',
  social: 'social-services',
  'st-chads': 'school',
  wulfrun: 'college',
};

/** Given to the role of the recipient: naming a school or college itself would vouch for it. */
export const consentFor = ({ consent: needed, purpose }: ClauseCase, uln: string, reader: AgencySlug): EventToSend =>
  consent(uln, `c-${uln}`, {
    protocol: needed?.protocol ?? '',
    purposes: [purpose],
    categories: needed?.categories ?? [],
    recipients: [ROLE_OF[reader] ?? reader],
    method: 'signed-form',
    evidence: 'Form kept on file.',
  });

export const referredTo = (uln: string, reader: AgencySlug): readonly Told[] => [
  tie(REFERRER, referral(uln, reader, { route: 'other-agency' })),
];

/** A school can begin nothing but a course. */
const kindFor = (reader: AgencySlug): { readonly kind: 'school-course' | 'e2e' } => ({
  kind: reader === 'st-chads' ? 'school-course' : 'e2e',
});

export const enrolledWith = (uln: string, reader: AgencySlug): readonly Told[] => [
  ...referredTo(uln, reader),
  tie(reader, programme(uln, `own-${uln}`, kindFor(reader))),
];

const DEDICATED: readonly AgencySlug[] = ['city-yot', 'social'];

export const adviserFor = (uln: string, reader: AgencySlug): readonly Told[] => [
  voucher(FOUNDER, confirmed(uln, reader, 'adviser-for')),
  tie(reader, adviser(uln, DEDICATED.includes(reader) ? 'dedicated-adviser' : 'personal-adviser')),
];

/** Before the programmes of the stories start. */
const BEFORE = '2026-09-05T09:00:00Z';

export const referrerOf = (uln: string, reader: AgencySlug): readonly Told[] => [
  tie(reader, { ...referral(uln, 'forge', { referralId: `to-forge-${uln}`, route: 'other-agency' }), time: BEFORE }),
  { ...tie('forge', about(uln, 'referral.accepted', { referralId: `to-forge-${uln}`, of: reader })), voucher: true },
];

/** Until then the learner lives where no agency of the town is responsible. */
export const residentArea = (uln: string): readonly Told[] => [
  tie(REFERRER, about(uln, 'learner.corrected', { postcode: 'WV1 9ZZ', reason: 'moved' })),
];
