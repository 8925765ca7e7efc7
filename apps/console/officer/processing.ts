// The record of processing activities (UK GDPR Article 30) as the agreements in force make it: who processes what, why, how long.
import { csvLine } from '#strict-text';
import type { NameOf } from '../broker/agency-names.ts';
import { type FlowClause, sightsIn } from './agreement-sights.ts';
import { roleWords, words } from './flow-words.ts';

export interface ProcessingFlow extends FlowClause {
  readonly from: 'any' | readonly string[];
  readonly basis: { readonly article6: string; readonly article9?: string; readonly article10?: string };
  readonly delivery: readonly string[];
  /** ISO 8601. */
  readonly retention: string;
}

export interface ProcessingAgreement {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly parties: readonly { readonly agency: string; readonly leftOn: string | null }[];
  readonly document: {
    readonly why: string;
    readonly rightsContact: string;
    readonly agreement: Readonly<Record<'jointControllers' | 'retention' | 'security', string>>;
    readonly purposes: readonly { readonly id: string; readonly sentence: { readonly en: string } }[];
    readonly flows: readonly ProcessingFlow[];
  };
}

/** One clause: an activity. */
export interface Activity {
  readonly clause: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
  readonly from: string;
  readonly recipients: readonly string[];
  readonly basis: string;
  readonly consent: string;
  readonly kept: string;
}

export interface ProcessingRecord {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly why: string;
  /** Article 30(1)(a). */
  readonly controllers: readonly string[];
  readonly jointControllers: string;
  readonly contact: string;
  readonly retention: string;
  /** Article 30(1)(g). */
  readonly security: string;
  readonly activities: readonly Activity[];
}

const PARTS: readonly (readonly [letter: string, word: string])[] = [
  ['Y', 'year'],
  ['M', 'month'],
  ['W', 'week'],
  ['D', 'day'],
];

/** `P1Y6M` is 1 year 6 months; agreements name terms in whole days or longer. */
export const termInWords = (duration: string): string =>
  PARTS.flatMap(([letter, word]) => {
    const [, digits] = new RegExp(`(\\d+)${letter}`).exec(duration) ?? [];
    return digits === undefined || digits === '0' ? [] : [`${digits} ${word}${digits === '1' ? '' : 's'}`];
  }).join(' ') || 'not kept';

const basisInWords = ({ article6, article9, article10 }: ProcessingFlow['basis']): string =>
  [
    article6 === 'none' ? 'Not personal data' : `Article 6(1)(${article6})`,
    ...(article9 === undefined ? [] : [`Article 9(2)(${article9})`]),
    ...(article10 === undefined ? [] : [`Article 10: ${article10}`]),
  ].join('; ');

const CONSENT: Readonly<Record<string, string>> = { required: 'with consent', explicit: 'with explicit consent' };

const activityOf = (flow: ProcessingFlow, sentences: ReadonlyMap<string, string>): Activity => {
  const sights = sightsIn({ flows: [flow] });
  return {
    clause: flow.id,
    purposes: flow.for.map((purpose) => sentences.get(purpose) ?? words(purpose)),
    categories: [...new Set(sights.map(({ category }) => category))],
    from: flow.from === 'any' ? 'any party' : flow.from.map(roleWords).join(', '),
    recipients: [...new Set(sights.map(({ role }) => role))],
    basis: basisInWords(flow.basis),
    consent: CONSENT[flow.consent ?? ''] ?? '',
    kept: termInWords(flow.retention),
  };
};

export const processingOf = ({ id, version, title, parties, document }: ProcessingAgreement, nameOf: NameOf): ProcessingRecord => {
  const sentences = new Map(document.purposes.map((purpose) => [purpose.id, purpose.sentence.en]));
  const { jointControllers, retention, security } = document.agreement;
  return {
    ...{ id, version, title, why: document.why, jointControllers, retention, security },
    controllers: parties.filter(({ leftOn }) => leftOn === null).map(({ agency }) => nameOf(agency)),
    contact: document.rightsContact,
    activities: document.flows.map((flow) => activityOf(flow, sentences)),
  };
};

const COLUMNS = [
  ...['agreement', 'version', 'clause', 'purposes', 'dataSubjects', 'categories', 'from', 'recipients', 'basis', 'consent', 'keptFor'],
  ...['controllers', 'jointControllers', 'contact', 'security'],
];
/** Article 30(1)(c): of whom everything here is. */
export const DATA_SUBJECTS = 'young people of 14 to 19, and whoever works with them by name and role';

export const processingFile = (records: readonly ProcessingRecord[]): string =>
  [
    csvLine(COLUMNS),
    ...records.flatMap(({ activities, ...record }) =>
      activities.map(({ clause, purposes, categories, from, recipients, basis, consent, kept }) =>
        csvLine([
          ...[record.title, String(record.version), clause, purposes.join('; '), DATA_SUBJECTS, categories.join('; '), from],
          ...[recipients.join('; '), basis, consent, kept],
          ...[record.controllers.join('; '), record.jointControllers, record.contact, record.security],
        ]),
      ),
    ),
  ].join('');
