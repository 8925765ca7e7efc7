// A clause of the sharing matrix as a story: what is told, by whom, and what the recipient then sees of it.
import type { EventToSend } from '#client';
import type { AgencySlug } from '#kernel';
import { consent } from '../town.ts';
import { about, adviser, programme, referral } from '../told.ts';

export interface Told {
  readonly by: AgencySlug;
  readonly event: EventToSend;
  /** It makes the recipient's relationship: left out where that is what lacks. */
  readonly tie?: true;
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
  /** Told in place of the ties where the relationship lacks. */
  readonly untied?: Story;
  /** With such a relationship too, in no role that the clause names. */
  readonly outsider?: AgencySlug;
  readonly consent?: { readonly protocol: string; readonly categories: readonly string[]; readonly explicit?: true };
  /** The lesser clause that still shows an item where only the consent lacks. */
  readonly lesser?: string;
}

export const tie = (by: AgencySlug, event: EventToSend): Told => ({ by, event, tie: true });
export const item = (by: AgencySlug, event: EventToSend, shows: readonly string[] = Object.keys(event.data)): Told => ({ by, event, shows });
export const scene = (by: AgencySlug, event: EventToSend): Told => ({ by, event });

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
  social: 'social-services',
};

/** Given to the role of the recipient, by its own name where that is one. */
export const consentFor = ({ consent: needed, purpose }: ClauseCase, uln: string, reader: AgencySlug): EventToSend =>
  consent(uln, `c-${uln}`, {
    protocol: needed?.protocol ?? '',
    purposes: [purpose],
    categories: needed?.categories ?? [],
    recipients: [ROLE_OF[reader] ?? reader],
    method: 'signed-form',
  });

export const referredTo = (uln: string, reader: AgencySlug): readonly Told[] => [tie('social', referral(uln, reader, { route: 'other-agency' }))];

/** A school can begin nothing but a course. */
const kindFor = (reader: AgencySlug): { readonly kind: 'school-course' | 'e2e' } => ({ kind: reader === 'st-chads' ? 'school-course' : 'e2e' });

export const enrolledWith = (uln: string, reader: AgencySlug): readonly Told[] => [
  ...referredTo(uln, reader),
  tie(reader, programme(uln, `own-${uln}`, kindFor(reader))),
];

export const adviserFor = (uln: string, reader: AgencySlug): readonly Told[] => [tie(reader, adviser(uln))];

export const referrerOf = (uln: string, reader: AgencySlug): readonly Told[] => [tie(reader, referral(uln, 'forge', { route: 'other-agency' }))];

/** Until then the learner lives where no agency of the town is responsible. */
export const residentArea = (uln: string): readonly Told[] => [
  tie('st-chads', about(uln, 'learner.corrected', { postcode: 'WV1 9ZZ', reason: 'moved' })),
];
