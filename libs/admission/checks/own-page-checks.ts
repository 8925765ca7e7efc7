// The learner's own page, an agency of the operator: what it says counts as the learner's word, so it says it of whoever is signed in there
// alone (sharing-matrix.md, W5; ADR 54).
import type { Agency } from '#agencies';
import type { CloudEvent } from '#catalogue';
import { type Check, type EventForm, type Pointed, refusedFor, refusedIf } from './event-form.ts';

export const speaksForLearners = ({ roles }: Pick<Agency, 'roles'>): boolean => roles.includes('self-service');

export const subjectForm: Check<EventForm> = {
  codes: ['invalid-envelope'],
  looksAt: 'whether the subject is of a form that the sender uses',
  refuse: ({ envelope: event, formalities: { agency } }) =>
    refusedIf(
      event?.subject?.startsWith('psn:') === true && !speaksForLearners(agency),
      'invalid-envelope',
      "/subject: Give uln: with ten digits, or local: with your own learner id. Pseudonyms are for the learner's own page.",
    ),
};

/** Whoever holds the page's key holds nobody's sign-in with it. */
export const signedIn: Check<EventForm> = {
  codes: ['role-not-allowed'],
  looksAt: "on the learner's own page, whether the learner is signed in",
  refuse: ({ typed: { event }, formalities: { agency, isSignedIn } }) =>
    refusedIf(
      speaksForLearners(agency) && event.subject !== undefined && !isSignedIn,
      'role-not-allowed',
      "A learner's page speaks for whoever is signed in alone: send this over HTTP with the learner's own token in Authorization.",
    ),
};

const STATES_CONSENT: readonly string[] = ['consent.given', 'consent.refused'];

export const ownWord: Check<EventForm> = {
  codes: ['schema'],
  looksAt: "on the learner's own page, who agrees, how, and by which sign-in",
  refuse: ({ typed: { event, type }, formalities: { agency } }) =>
    speaksForLearners(agency) && STATES_CONSENT.includes(type.short) ? refusedFor('schema', faultsInOwnWord(event.data)) : undefined,
};

const faultsInOwnWord = ({ givenBy, method, evidence }: CloudEvent['data']): readonly Pointed[] => [
  ...(givenBy === 'learner' ? [] : [{ pointer: '/givenBy', says: 'Give learner: nobody else is signed in.' }]),
  ...(method === 'online' ? [] : [{ pointer: '/method', says: "Give online: it is said on the learner's own page." }]),
  ...(evidence === undefined ? [{ pointer: '/evidence', says: 'Give a reference to the sign-in.' }] : []),
];
