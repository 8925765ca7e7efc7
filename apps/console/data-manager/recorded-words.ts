// What the page after a decision of the data manager says (console.md, 3 and 4.2). Pure.
import { positionsOf, type RecordedAct } from '../shell/recorded.ts';
import { isOfIdentifiers, isPair, type Kind, type Outcome, outcomeNamesOf } from './queues.ts';

type Answered = Parameters<typeof positionsOf>[0];
type Said = Pick<RecordedAct, 'says' | 'next'>;

const OF_TWO: Readonly<Record<Outcome, Said>> = {
  same: {
    says: 'Both names lead to one record from now on. Nobody gains sight by that alone.',
    next: 'It stands among the decisions, and can be undone exactly.',
  },
  different: { says: 'Each keeps the own record.', next: 'It stands among the decisions, with your reason.' },
  deferred: { says: 'Nothing about the records changes.', next: 'It stays in its queue, as put off, and its days run on.' },
};

const OF_ONE: Readonly<Record<Outcome, Said>> = {
  same: { says: 'It counts for the record: whoever may see the record sees it.', next: 'You can decide otherwise at any time.' },
  different: { says: 'Nobody but whoever told it sees it.', next: 'You can decide otherwise at any time.' },
  deferred: { says: 'Nobody but whoever told it sees it until you decide.', next: 'It stays in its queue, as put off.' },
};

const OF_IDENTIFIERS: Readonly<Record<Outcome, Said>> = {
  same: { says: 'The agency is told to take back what it told first.', next: 'You can decide otherwise at any time.' },
  different: { says: 'What was told later stays refused.', next: 'You can decide otherwise at any time.' },
  deferred: { says: 'What was told later stays refused until you decide.', next: 'It stays in its queue, as put off.' },
};

const wordsFor = (decided: Decided): Readonly<Record<Outcome, Said>> => {
  if (isOfIdentifiers(decided)) return OF_IDENTIFIERS;
  return decided.kind === 'under-number-alone' ? OF_ONE : OF_TWO;
};

const QUEUES = { text: 'What waits for you', href: '/data' };
const DECISIONS = { text: 'All decisions', href: '/data/decisions' };
const ISSUES = { text: 'Back to the findings', href: '/data/issues' };
const pageOf = (match: string): string => `/data/matches/${encodeURIComponent(match)}`;

export interface Decided {
  readonly match: string;
  readonly kind: Kind;
  readonly learners: readonly string[];
  readonly outcome: Outcome;
  /** Of one person with two numbers: the right one, and by their names whoever told the other. */
  readonly numbers?: { readonly right: string; readonly tellers: readonly string[] };
}

/** Deciding changes no number (ADR 88): whoever told the other one does. */
const numbersSaid = ({ numbers }: Decided): Partial<Said> => {
  if (numbers === undefined) return {};
  const { right, tellers } = numbers;
  const others = tellers.join(' and ');
  const ask = others && ` Ask ${others}, who told the other one, to register the learner anew with it, under another id.`;
  return { next: `The ULN ${right} is right.${ask} The merge can be undone exactly.` };
};

export const decisionRecorded = (decided: Decided, answer: Answered): RecordedAct => {
  const { match, outcome } = decided;
  const undo = { text: 'Undo the merge', href: `${pageOf(match)}#undo` };
  const name = outcomeNamesOf(decided)[outcome];
  return {
    title: `Recorded: ${name.charAt(0).toLowerCase()}${name.slice(1)}`,
    positions: positionsOf(answer),
    ...{ ...wordsFor(decided)[outcome], ...numbersSaid(decided) },
    ways: [{ text: 'See it', href: pageOf(match) }, ...(outcome === 'same' && isPair(decided) ? [undo] : []), QUEUES, DECISIONS],
    act: { act: 'match-decided', match, decision: outcome },
  };
};

export const undoRecorded = (match: string, answer: Answered): RecordedAct => ({
  title: 'The merge is undone',
  positions: positionsOf(answer),
  says: 'Each has the own record again, as it was.',
  next: 'What was told meanwhile under the ULN alone is shown to its source alone, and waits in a queue of its own.',
  ways: [{ text: 'See it', href: pageOf(match) }, QUEUES, DECISIONS],
  act: { act: 'merge-undone', match },
});

export interface OfFinding {
  readonly position: string;
  readonly rule: string;
}

export const askRecorded = ({ position, rule }: OfFinding, answer: Answered): RecordedAct => ({
  title: answer.position === undefined ? 'The agency was asked today already' : 'The agency is asked',
  positions: positionsOf(answer),
  says: 'It sees that beside the finding, under “Your records”.',
  next: 'An event that corrects it, or takes it back, answers it: the finding is gone then. Until then it stays here.',
  ways: [ISSUES, QUEUES],
  act: { act: 'issue-raised', event: position, rule },
});

export const waiverRecorded = ({ position, rule, reason }: OfFinding & { readonly reason: string }, answer: Answered): RecordedAct => ({
  title: 'The finding is let stand',
  positions: positionsOf(answer),
  says: 'It holds up no figures any more.',
  next: 'It stands among the findings that were waived.',
  ways: [ISSUES, { text: 'Findings that were waived', href: '/data/issues?state=waived' }, QUEUES],
  act: { act: 'issue-waived', event: position, rule, reason },
});
