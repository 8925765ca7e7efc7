// What is known before anybody assesses: rely on it, ask for it, or assess (views.md, S3).
import type { Tag } from './list-rows.ts';
import { codeText } from './words.ts';

export interface KnownAssessment {
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

export interface KnownLine {
  readonly framework: string;
  readonly domain: string;
  readonly tag: Tag;
  readonly says: string;
  readonly by?: string;
  readonly assessedOn?: string;
  readonly validUntil?: string;
}

/** What every learner is to be assessed in once: where nothing may be known of one, it stands there as one to assess. */
const EXPECTED: readonly string[] = ['literacy', 'numeracy'];

const RELY: Tag = { text: 'rely on it', colour: 'green' };
const ASK: Tag = { text: 'ask for consent', colour: 'yellow' };
const ASSESS: Tag = { text: 'assess', colour: 'grey' };

const lacksConsent = ({ read, opens }: KnownAssessment): boolean => read === 'existence' && opens.some(({ needs }) => needs === 'consent');

const judged = (known: KnownAssessment): Pick<KnownLine, 'tag' | 'says'> => {
  if (!known.rely) return { tag: ASSESS, says: `It is ${codeText(known.standing)}: assess anew.` };
  if (lacksConsent(known)) return { tag: ASK, says: 'It counts. What it found you may read if the learner agrees.' };
  return { tag: RELY, says: known.read === 'existence' ? 'It counts; nobody need assess again.' : 'It counts, and you may read it.' };
};

const lineOf = (known: KnownAssessment): KnownLine => ({
  framework: codeText(known.framework ?? ''),
  domain: known.domain ?? '',
  ...judged(known),
  ...(known.by !== null && { by: known.by }),
  ...(known.assessedOn !== null && { assessedOn: known.assessedOn }),
  ...(known.validUntil !== null && { validUntil: known.validUntil }),
});

const nothingIn = (domain: string): KnownLine => ({
  framework: 'initial',
  domain,
  tag: ASSESS,
  says: `Nothing is known in ${domain}: assess.`,
});

const isOf =
  (domain: string) =>
  ({ framework, domain: other }: KnownAssessment): boolean =>
    framework === 'initial' && (other ?? '').toLowerCase() === domain;

export const knownLines = (rows: readonly KnownAssessment[]): readonly KnownLine[] => [
  ...rows.map(lineOf),
  ...EXPECTED.filter((domain) => !rows.some(isOf(domain))).map(nothingIn),
];
