// What is known before anybody assesses: rely on it, ask for it, or assess (views.md, S3).
import type { CodeFields } from '../broker/api-description.ts';
import { type Act, type Acting, day } from './acts.ts';
import { dayAfter } from './home.ts';
import type { Tag } from './list-rows.ts';
import { codeText } from './words.ts';

export interface KnownAssessment {
  readonly assessmentId: string | null;
  readonly framework: string | null;
  readonly domain: string | null;
  readonly by: string | null;
  readonly assessedOn: string | null;
  readonly validUntil: string | null;
  readonly standing: string;
  readonly read: string;
  readonly rely: boolean;
  readonly opens: readonly { readonly clause: string; readonly needs: string }[];
}

/** What the agency itself asked the learner to agree to. */
export interface ConsentAsked {
  readonly protocol: string | null;
  readonly categories: readonly string[];
  readonly askedOn: string | null;
  readonly until: string | null;
  readonly state: string;
}

export interface KnownLine {
  readonly framework: string;
  readonly domain: string;
  readonly tag: Tag;
  readonly says: string;
  readonly by?: string;
  readonly assessedOn?: string;
  readonly validUntil?: string;
  /** An answer is awaited since. */
  readonly askedOn?: string;
  readonly acts: readonly Act[];
}

export interface Knowing {
  readonly acting: Acting;
  readonly localId: string | undefined;
  readonly asked: readonly ConsentAsked[];
  /** Of each clause that needs consent what to ask for. */
  readonly scopes: ReadonlyMap<string, ConsentScope>;
  readonly codes?: CodeFields;
}

/** What a clause needs consent for: asked for on behalf of one's own agency alone. */
export interface ConsentScope {
  readonly protocol: string;
  readonly purposes: readonly string[];
  readonly categories: readonly string[];
}

/** What every learner is to be assessed in once: where nothing may be known of one, it stands there as one to assess. */
const EXPECTED: readonly string[] = ['literacy', 'numeracy'];

const RELY: Tag = { text: 'rely on it', colour: 'green' };
const ASK: Tag = { text: 'ask for consent', colour: 'yellow' };
const ASSESS: Tag = { text: 'assess', colour: 'grey' };

const lacksConsent = ({ read, opens }: KnownAssessment): boolean => read === 'existence' && opens.some(({ needs }) => needs === 'consent');

const judged = (known: KnownAssessment, asked: ConsentAsked | undefined): Pick<KnownLine, 'tag' | 'says'> => {
  if (!known.rely) return { tag: ASSESS, says: `It is ${codeText(known.standing)}: assess anew.` };
  if (asked !== undefined) return { tag: ASKED, says: 'It counts. The learner has been asked, and has not said yes yet.' };
  if (lacksConsent(known)) return { tag: ASK, says: 'It counts. What it found you may read if the learner agrees.' };
  return { tag: RELY, says: known.read === 'existence' ? 'It counts; nobody need assess again.' : 'It counts, and you may read it.' };
};

const ASKED: Tag = { text: 'asked', colour: 'yellow' };

const needing = ({ opens }: KnownAssessment): readonly string[] =>
  opens.filter(({ needs }) => needs === 'consent').map(({ clause }) => clause);

/** The last request whose answer is awaited, under an agreement that would open it. */
const pendingOf = (known: KnownAssessment, { asked }: Knowing): ConsentAsked | undefined => {
  const protocols = needing(known).map((clause) => clause.replace(/@.*/, ''));
  return lacksConsent(known) ? asked.find(({ protocol, state }) => state === 'awaited' && protocols.includes(protocol ?? '')) : undefined;
};

const about = ({ localId, acting }: Knowing): Readonly<Record<string, string>> => ({
  learner: localId === undefined ? '' : `local:${localId}`,
  ...day('assessedOn', acting.on),
  'assessor.name': acting.name,
});

/** With the reason: whoever finds it not comprehensive enough adds to it, and does not repeat it unseen (QPID 90, 6.6). */
const supplement = (known: KnownAssessment, knowing: Knowing): Act => ({
  label: 'Supplement it',
  type: 'assessment.recorded',
  fields: {
    ...about(knowing),
    framework: known.framework ?? '',
    domain: known.domain ?? '',
    'supersedes.assessmentId': known.assessmentId ?? '',
    'supersedes.reason': 'not-comprehensive',
  },
});

const assess = (of: { readonly framework: string | null; readonly domain: string | null }, knowing: Knowing): Act => ({
  label: 'Record an assessment',
  type: 'assessment.recorded',
  fields: { ...about(knowing), framework: of.framework ?? '', domain: of.domain ?? '' },
});

const DAYS_TO_ANSWER = 28;

const askConsent = (known: KnownAssessment, { acting, localId, scopes }: Knowing): readonly Act[] =>
  needing(known)
    .flatMap((clause) => scopes.get(clause) ?? [])
    .slice(0, 1)
    .map(({ protocol, purposes, categories }) => ({
      label: 'Ask for consent',
      type: 'consent.requested',
      fields: {
        learner: localId === undefined ? '' : `local:${localId}`,
        protocol,
        purposes: purposes.join('\n'),
        categories: categories.join('\n'),
        recipients: acting.agency,
        ...day('until', dayAfter(acting.on, DAYS_TO_ANSWER)),
      },
    }));

const actsOf = (known: KnownAssessment, isAsked: boolean, knowing: Knowing): readonly Act[] => {
  if (!known.rely) return [assess(known, knowing)];
  return [...(lacksConsent(known) && !isAsked ? askConsent(known, knowing) : []), supplement(known, knowing)];
};

const offered = (acts: readonly Act[], { acting: { types } }: Knowing): readonly Act[] => acts.filter(({ type }) => types.has(type));

const frameworkText = (code: string, { codes }: Knowing): string => codes?.get('framework')?.[code] ?? codeText(code);

type Said = 'by' | 'assessedOn' | 'validUntil' | 'askedOn';
const saidOf = (name: Said, text: string | null): Partial<Pick<KnownLine, Said>> => (text === null ? {} : { [name]: text });

const lineOf = (known: KnownAssessment, knowing: Knowing): KnownLine => {
  const asked = pendingOf(known, knowing);
  return {
    framework: frameworkText(known.framework ?? '', knowing),
    domain: known.domain ?? '',
    ...judged(known, asked),
    ...saidOf('by', known.by),
    ...saidOf('assessedOn', known.assessedOn),
    ...saidOf('validUntil', known.validUntil),
    ...saidOf('askedOn', asked?.askedOn ?? null),
    acts: offered(actsOf(known, asked !== undefined, knowing), knowing),
  };
};

const nothingIn = (domain: string, knowing: Knowing): KnownLine => ({
  framework: frameworkText('initial', knowing),
  domain,
  tag: ASSESS,
  says: `Nothing is known in ${domain}: assess.`,
  acts: offered([assess({ framework: 'initial', domain }, knowing)], knowing),
});

const isOf =
  (domain: string) =>
  ({ framework, domain: other }: KnownAssessment): boolean =>
    framework === 'initial' && (other ?? '').toLowerCase() === domain;

export const knownLines = (rows: readonly KnownAssessment[], knowing: Knowing): readonly KnownLine[] => [
  ...rows.map((row) => lineOf(row, knowing)),
  ...EXPECTED.filter((domain) => !rows.some(isOf(domain))).map((domain) => nothingIn(domain, knowing)),
];

/** Clauses that would open more with consent: whoever wonders whether to ask sees what was asked before. */
export const clausesNeeding = (rows: readonly KnownAssessment[]): readonly string[] => [
  ...new Set(rows.filter((row) => row.rely && lacksConsent(row)).flatMap(needing)),
];
