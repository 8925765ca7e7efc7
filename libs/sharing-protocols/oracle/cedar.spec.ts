// The decision table against Cedar on generated protocols, agencies, terms and questions: seeded, so that a difference replays.
import fc from 'fast-check';
import { decideDisclosure } from '../decide-disclosure.ts';
import { type DisclosureDecision, MERGED_IDENTITY } from '../decision.ts';
import { type DecisionTable, compileDecisionTable } from '../decision-table.ts';
import { findingsOn } from '../explain-findings.ts';
import { questions } from './aimed-questions.ts';
import { type NamedQuestion, cedarOracle } from './cedar-oracle.ts';
import { type Foretold, type Oracle, comparable, foretold, permittingClauses, withBits } from './comparison.ts';
import { shippedVocabulary, shippedWorld } from './shipped.ts';
import { SMALL, type Vocabulary, type World, world } from './worlds.ts';

const SEED = 20260301;
const WORLDS = 100;
const QUESTIONS = 50;
const SHIPPED_QUESTIONS = 2000;

const kindOf = (answer: Foretold): string => {
  if (!answer.permit) return answer.bans.length > 0 ? 'prohibited' : 'refused';
  if (answer.clause === 'own') return 'own';
  return answer.consent === undefined ? 'permitted' : 'permitted by consent';
};

interface Asked {
  readonly question: NamedQuestion;
  readonly decision: DisclosureDecision;
  readonly kind: string;
}

/** Asks the table, Cedar, and the second reading that `explain` gives. */
const checkCase = (table: DecisionTable, oracle: Oracle, question: NamedQuestion): Asked => {
  const decision = decideDisclosure(table, withBits(question));
  const verdict = oracle(question);
  const expected = foretold(verdict, oracle, question);
  expect(comparable(table, decision)).toEqual(expected);
  const kind = kindOf(expected);
  if (kind !== 'own' && kind !== 'prohibited') {
    const permitting = findingsOn(table, withBits(question)).filter(({ found }) => found === 'permits');
    expect(permitting.map(({ clause }) => clause)).toEqual(permittingClauses(verdict));
  }
  return { question, decision, kind };
};

/** A table made afresh, asked in another order, decides the same. */
const checkReplay = ({ inForce, agencies }: World, asked: readonly Asked[]): void => {
  const table = compileDecisionTable(structuredClone(inForce), structuredClone(agencies));
  for (const { question, decision } of asked.toReversed()) {
    expect(decideDisclosure(table, withBits(structuredClone(question)))).toEqual(decision);
  }
};

/** Answers how many cases came out of each kind. */
const checkWorld = (
  one: World,
  vocabulary: Vocabulary,
  { n, numRuns }: { n: number; numRuns: number },
): Readonly<Record<string, number>> => {
  const table = compileDecisionTable(one.inForce, one.agencies);
  const oracle = cedarOracle(`world-${n}`, one.inForce, one.agencies);
  const asked = fc.sample(questions(one, vocabulary), { seed: SEED + n, numRuns }).map((question) => checkCase(table, oracle, question));
  checkReplay(one, asked);
  return count(asked.flatMap((one) => [one.kind, ...elementsOf(one)]));
};

/** Which of the finer conditions decided a case. */
const elementsOf = ({ question, decision }: Asked): readonly string[] => {
  if (!decision.permit) return [...new Set(decision.reasons.map(({ lacks }) => lacks))];
  return [
    ...(question.item.type === MERGED_IDENTITY ? ['merged'] : []),
    ...(question.item.confirmed === false && decision.clause !== 'own' ? ['shown unconfirmed'] : []),
    ...(decision.disguised === undefined ? [] : ['disguised']),
    ...(decision.ownChoice === undefined ? [] : ['own choice']),
  ];
};

const ELEMENTS = ['unconfirmed', 'not-named', 'not-answering', 'before-referral', 'merged', 'shown unconfirmed', 'disguised', 'own choice'];

const count = (kinds: readonly string[]): Record<string, number> => {
  const counts: Record<string, number> = { own: 0, permitted: 0, 'permitted by consent': 0, prohibited: 0, refused: 0 };
  for (const kind of kinds) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
};

const numberOf = (counts: Readonly<Record<string, number>>, kind: string): number => counts[kind] ?? 0;

describe('the decision table and Cedar', () => {
  it(`agree on ${WORLDS * QUESTIONS} cases of generated protocols`, () => {
    const counts = fc.sample(world, { seed: SEED, numRuns: WORLDS }).map((one, n) => {
      const protocols = one.inForce.map(({ document }) => document.id);
      return checkWorld(one, { ...SMALL, protocols }, { n, numRuns: QUESTIONS });
    });
    const total = (kind: string): number => counts.reduce((sum, one) => sum + numberOf(one, kind), 0);
    for (const kind of Object.keys(count([]))) expect([kind, total(kind) > 100]).toEqual([kind, true]);
    for (const element of ELEMENTS) expect([element, total(element) > 20]).toEqual([element, true]);
  }, 300_000);

  it(`agree on ${SHIPPED_QUESTIONS} cases of the shipped protocols`, () => {
    const counts = checkWorld(shippedWorld(), shippedVocabulary(), { n: WORLDS, numRuns: SHIPPED_QUESTIONS });
    expect(counts.permitted).toBeGreaterThan(300);
    expect(counts['permitted by consent']).toBeGreaterThan(20);
    expect(counts.refused).toBeGreaterThan(300);
    expect(counts.own).toBeGreaterThan(20);
    expect(counts.prohibited).toBeGreaterThan(0);
  }, 300_000);
});
