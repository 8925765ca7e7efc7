// Rules on the head of a protocol: what the ICO data-sharing code asks an agreement to say, in both languages, and its dates.
import type { Agreement, ProtocolDocument } from './language.ts';
import type { Found, LintRule } from './lint-findings.ts';
import { foundIf, inEach } from './lint-findings.ts';

/** In the order in which an agreement is read. */
export const HEADINGS: Readonly<Record<keyof Agreement, string>> = {
  purpose: 'Purpose',
  organisations: 'Organisations',
  jointControllers: 'Joint controllers',
  dataItems: 'Data items',
  lawfulBasis: 'Lawful basis',
  specialCategory: 'Special-category data',
  criminalOffence: 'Criminal-offence data',
  accessAndRights: 'Access and individual rights',
  accuracy: 'Accuracy',
  retention: 'Retention',
  security: 'Security',
  breach: 'Breaches',
  review: 'Review',
  termination: 'Termination',
  further: 'Further details',
};

const isBlank = (text: string | undefined): boolean => text === undefined || text.trim() === '';

const LANGUAGES = { en: 'English', cy: 'Welsh' } as const;

const HEADING_NAMES = Object.keys(HEADINGS) as readonly (keyof Agreement)[];

export const headingsMissing = ({ agreement }: Pick<ProtocolDocument, 'agreement'>): readonly (keyof Agreement)[] =>
  HEADING_NAMES.filter((heading) => isBlank(agreement[heading]));

const missingHeadings = (document: ProtocolDocument): readonly Found[] =>
  headingsMissing(document).map((key) => ({
    path: `agreement.${key}`,
    says: `Write what the agreement says on "${HEADINGS[key]}"; without it the protocol cannot be activated.`,
  }));

const missingSentences = ({ purposes }: ProtocolDocument): readonly Found[] =>
  inEach('purposes', purposes, ({ id, sentence }, path) =>
    (['en', 'cy'] as const).flatMap((language) =>
      foundIf(isBlank(sentence[language]), `${path}.sentence.${language}`, `Say in ${LANGUAGES[language]} what ${id} is for.`),
    ),
  );

const wrongDates = ({ inForce, review }: ProtocolDocument): readonly Found[] => [
  ...foundIf(review.due <= inForce.from, 'review.due', 'Let the review fall after the day on which the protocol comes into force.'),
  ...foundIf(
    inForce.until !== undefined && inForce.until < inForce.from,
    'inForce.until',
    'Let the protocol end no earlier than it comes into force.',
  ),
];

const idsOf = ({ flows, prohibitions, duties }: ProtocolDocument): readonly (readonly [path: string, id: string])[] =>
  Object.entries({ flows, prohibitions, duties }).flatMap(([name, clauses]) =>
    clauses.map(({ id }, index) => [`${name}.${index}.id`, id] as const),
  );

const repeated = (ids: readonly (readonly [path: string, id: string])[], says: (id: string) => string): readonly Found[] =>
  ids.flatMap(([path, id], index) =>
    foundIf(
      ids.slice(0, index).some(([, earlier]) => earlier === id),
      path,
      says(id),
    ),
  );

const repeatedIds = (document: ProtocolDocument): readonly Found[] => [
  ...repeated(idsOf(document), (id) => `Give this clause an id of its own: decisions cite ${id} for another one.`),
  ...repeated(
    document.purposes.map(({ id }, index) => [`purposes.${index}.id`, id] as const),
    (id) => `Describe ${id} once.`,
  ),
];

const nobodySigns = ({ parties }: ProtocolDocument): readonly Found[] =>
  foundIf(
    !parties.some(({ mustSign }) => mustSign),
    'parties',
    'Mark at least one party with mustSign: true, or nobody has agreed to anything.',
  );

const unusedPurposes = ({ purposes, flows }: ProtocolDocument): readonly Found[] =>
  inEach('purposes', purposes, ({ id }, path) =>
    foundIf(!flows.some((flow) => flow.for.includes(id)), `${path}.id`, `Remove ${id}, or let a flow serve it: none does.`),
  );

export const AGREEMENT_RULES: readonly LintRule[] = [
  { id: 'heading-missing', severity: 'error', check: missingHeadings },
  { id: 'sentence-missing', severity: 'error', check: missingSentences },
  { id: 'dates-disagree', severity: 'error', check: wrongDates },
  { id: 'duplicate-id', severity: 'error', check: repeatedIds },
  { id: 'nobody-signs', severity: 'error', check: nobodySigns },
  { id: 'purpose-unused', severity: 'warning', check: unusedPurposes },
];
