// What a candidate clause lacks, checked in a fixed order; and the refusal made of all that was lacking (ADR 0007).
import type { Role } from '#catalogue';
import type { ClauseName, ConsentTerms, Lack, Question, Refusal, Scope } from './decision.ts';
import type { Candidate } from './decision-table-cells.ts';
import { byName } from './decision-table-permissions.ts';

/** The part of a question that is not in the table. */
export type Asked = Pick<Question, 'recipient' | 'relationships' | 'learner' | 'today'> & {
  readonly category: string;
  readonly recipientRoles: readonly Role[];
};

/** `roles`: all of the recipient's. */
export const askedBy = (roles: readonly Role[], question: Question): Asked => ({
  recipient: question.recipient,
  recipientRoles: roles,
  category: question.item.category,
  relationships: question.relationships,
  learner: question.learner,
  today: question.today,
});

/** Restrictions leave safeguarding alone (sharing-matrix.md, last paragraph). */
export const SAFEGUARD = 'safeguard';

const within = (part: readonly string[] | undefined, values: readonly string[]): boolean =>
  part === undefined || values.some((value) => part.includes(value));

/** What a scope asks of whatever was, or is to be, shown. */
export interface Covered {
  readonly category: string;
  readonly recipient: string;
  /** All of them. */
  readonly recipientRoles: readonly string[];
}

const inScope = (scope: Scope, purpose: string, { category, recipient, recipientRoles }: Covered): boolean =>
  within(scope.categories, [category]) && within(scope.purposes, [purpose]) && within(scope.recipients, [recipient, ...recipientRoles]);

/** Whether one of the scopes covers the question, for this purpose. */
export const coveredBy = (scopes: readonly Scope[], purpose: string, asked: Covered): boolean =>
  scopes.length > 0 && scopes.some((scope) => inScope(scope, purpose, asked));

const restricted = ({ permission }: Candidate, asked: Asked): boolean =>
  permission.purpose !== SAFEGUARD &&
  permission.flow.basis.article6 !== 'c' &&
  coveredBy(asked.learner.restrictions, permission.purpose, asked);

const objected = ({ permission }: Candidate, asked: Asked): boolean =>
  permission.flow.basis.article6 === 'e' && coveredBy(asked.learner.objections, permission.purpose, asked);

const inDate = ({ validFrom, expires }: ConsentTerms, today: string): boolean =>
  validFrom <= today && (expires === undefined || today <= expires);

const namesRecipient = ({ recipients }: ConsentTerms, { roles }: Candidate, recipient: string): boolean =>
  recipients.includes(recipient) || roles.some((role) => recipients.includes(role));

/**
 * The consent names all that the permission needs: protocol, purpose, category,
 * and the recipient by slug or by a role that the permission admits.
 */
const concerns = (consent: ConsentTerms, candidate: Candidate, asked: Asked): boolean =>
  consent.protocol === candidate.permission.protocolId &&
  consent.purposes.includes(candidate.permission.purpose) &&
  consent.categories.includes(asked.category) &&
  namesRecipient(consent, candidate, asked.recipient);

const isOf = ({ source, kin }: ConsentTerms, recipient: string): boolean => source === recipient || kin?.includes(recipient) === true;

/** Nobody's own word opens a door for itself: whoever recorded the consent needs more of it than others (W5). */
const counts = (consent: ConsentTerms, { sensitive }: Candidate, recipient: string): boolean =>
  isOf(consent, recipient) ? consent.own === 'any' || (consent.own === 'personal' && !sensitive) : consent.others;

/** Whether a permission that needs consent may rely on this one today. */
export const reliesOn = (consent: ConsentTerms, candidate: Candidate, asked: Asked): boolean =>
  consent.live &&
  inDate(consent, asked.today) &&
  (consent.explicit || candidate.permission.consent !== 'explicit') &&
  concerns(consent, candidate, asked) &&
  counts(consent, candidate, asked.recipient);

const earlier = (a: ConsentTerms, b: ConsentTerms): boolean =>
  a.revision < b.revision || (a.revision === b.revision && byName(a.id, b.id) < 0);

/** Of the consents that a permission may rely on, the one cited: lowest revision, then lowest id, in whatever order they are held. */
export const citedConsent = (candidate: Candidate, asked: Asked): ConsentTerms | undefined => {
  let cited: ConsentTerms | undefined;
  for (const consent of asked.learner.consents) {
    if (reliesOn(consent, candidate, asked) && (cited === undefined || earlier(consent, cited))) cited = consent;
  }
  return cited;
};

const lacksConsent = (candidate: Candidate, asked: Asked): boolean =>
  candidate.permission.consent !== undefined && citedConsent(candidate, asked) === undefined;

type Check = (candidate: Candidate, asked: Asked) => boolean;

/** What a candidate can lack. */
export type CandidateLack = Exclude<Lack, 'no-clause' | 'not-taking-part'>;

const CHECKS: readonly (readonly [CandidateLack, Check])[] = [
  ['prohibited', ({ barred }) => barred],
  ['relationship', ({ permission }, asked) => permission.relationships !== 0 && (permission.relationships & asked.relationships) === 0],
  ['unconfirmed', ({ permission, confirmed }) => !confirmed && permission.flow.unconfirmed !== true],
  ['not-named', ({ named }) => !named],
  ['not-answering', ({ answers }) => !answers],
  ['before-referral', ({ since }) => !since],
  ['restricted', restricted],
  ['objected', objected],
  ['consent', (candidate, asked) => candidate.permission.consent === 'required' && lacksConsent(candidate, asked)],
  ['explicit-consent', lacksConsent],
];

/** In the order of the checks: the later, the closer a candidate came to permitting. */
export const LACKS: readonly CandidateLack[] = CHECKS.map(([lack]) => lack);

/** The first thing that a candidate lacks; undefined where it permits. */
export const lackOf = (candidate: Candidate, asked: Asked): CandidateLack | undefined =>
  CHECKS.find(([, check]) => check(candidate, asked))?.[0];

const NO_CLAUSE: Refusal = Object.freeze({ permit: false, reasons: Object.freeze([{ lacks: 'no-clause' as const }]) });

const nearer = (a: CandidateLack | undefined, b: CandidateLack): CandidateLack =>
  a === undefined || LACKS.indexOf(a) < LACKS.indexOf(b) ? b : a;

/** For candidates none of which permits: one reason a clause, by name, being the lack of its permission that came nearest. */
export const refusalFor = (candidates: readonly Candidate[], asked: Asked): Refusal => {
  const nearest = new Map<ClauseName, CandidateLack>();
  for (const candidate of candidates) {
    const { clause } = candidate.permission.permit;
    const lack = lackOf(candidate, asked);
    if (lack !== undefined) nearest.set(clause, nearer(nearest.get(clause), lack));
  }
  if (nearest.size === 0) return NO_CLAUSE;
  const reasons = [...nearest].sort(([a], [b]) => byName(a, b)).map(([clause, lacks]) => ({ clause, lacks }));
  return Object.freeze({ permit: false, reasons: Object.freeze(reasons) });
};
