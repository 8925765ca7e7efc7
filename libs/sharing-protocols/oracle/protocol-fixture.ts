// Protocols for specs: only what decisions look at needs saying.
import type { Role } from '#catalogue';
import type { ItemFacts, LearnerTerms, Question } from '../decision.ts';
import type { Agreement, Flow, ProtocolDocument } from '../language.ts';

const HEADINGS: readonly (keyof Agreement)[] = [
  'purpose',
  'organisations',
  'jointControllers',
  'dataItems',
  'lawfulBasis',
  'specialCategory',
  'criminalOffence',
  'accessAndRights',
  'accuracy',
  'retention',
  'security',
  'breach',
  'review',
  'termination',
  'further',
];

const agreement = Object.fromEntries(HEADINGS.map((heading) => [heading, 'As agreed.'])) as unknown as Agreement;

/** A document with these parts; by default every role may be a party and nothing flows. */
export const protocolWith = (parts: Partial<ProtocolDocument> & { readonly id: string }): ProtocolDocument => ({
  version: 1,
  title: parts.id,
  why: 'To show a rule.',
  powers: [],
  parties: [],
  inForce: { from: '2026-01-01' },
  review: { due: '2027-01-01', graceDays: 30 },
  rightsContact: 'rights@partnership.example',
  agreement,
  purposes: [],
  contributions: [],
  flows: [],
  prohibitions: [],
  duties: [],
  ...parts,
});

export const partiesOf = (...roles: readonly Role[]): ProtocolDocument['parties'] => roles.map((role) => ({ role, mustSign: false }));

/** A flow on request under public task, in full, without consent, unless the parts say otherwise. */
export const flowWith = (parts: Partial<Flow> & Pick<Flow, 'id' | 'share' | 'to' | 'for'>): Flow => ({
  says: `Clause ${parts.id}.`,
  level: 'full',
  from: 'any',
  basis: { article6: 'e' },
  delivery: ['on-request'],
  retention: 'P1Y',
  ...parts,
});

const NO_TERMS: LearnerTerms = { consents: [], objections: [], restrictions: [] };

export const itemWith = (parts: Pick<ItemFacts, 'type' | 'category' | 'source'> & Partial<ItemFacts>): ItemFacts => ({
  facts: {},
  ...parts,
});

/** A question about one learner, who has said nothing, on the first of March. */
export const questionWith = (parts: Pick<Question, 'recipient' | 'item'> & Partial<Question>): Question => ({
  relationships: 0,
  purposes: [],
  route: 'learner',
  learner: NO_TERMS,
  today: '2026-03-01',
  ...parts,
});
