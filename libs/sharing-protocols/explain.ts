// Why a decision came out as it did, clause by clause, in sentences for operators (`concordat protocol explain`).
import { decideDisclosure } from './decide-disclosure.ts';
import type { DisclosureDecision, Permit, Question } from './decision.ts';
import type { DecisionTable } from './decision-table-cells.ts';
import { type Ban, type Finding, type FindingCode, bansOn, findingsOn } from './explain-findings.ts';
import type { Fields } from './language.ts';

const list = (words: readonly string[]): string => words.join(', ');

const fieldsText = ({ only, except, ifSupplied, coarsen, entries }: Fields): string =>
  [
    only === undefined ? '' : `, fields ${list(only)}`,
    except === undefined ? '' : `, without ${list(except)}`,
    ifSupplied === undefined ? '' : `, ${list(ifSupplied)} if the recipient supplied it`,
    coarsen === undefined ? '' : `, ${list(Object.keys(coarsen))} by group`,
    ...Object.entries(entries ?? {}).map(([field, { except: left }]) => `, ${field} without ${list(left)}`),
  ].join('');

const basisText = ({ article6, article9, article10 }: Permit['basis']): string =>
  [
    article6 === 'none' ? 'not personal' : `Art 6(1)(${article6})`,
    ...(article9 === undefined ? [] : [`Art 9(2)(${article9})`]),
    ...(article10 === undefined ? [] : [`Art 10 (${article10})`]),
  ].join(', ');

const hiddenText = ({ withoutIdentity, disguised, ownChoice }: Permit): string =>
  [
    withoutIdentity ? ', without the identity' : '',
    disguised === undefined ? '' : ', without its source',
    ownChoice === undefined ? '' : ', its own choice alone',
  ].join('');

const permitText = (permit: Permit): string => {
  const { clause, level, fields, basis, purpose, consent } = permit;
  return (
    [
      `Permitted by ${clause}: ${level}${fieldsText(fields)}${hiddenText(permit)}`,
      ...(purpose === undefined ? [] : [`for ${purpose}`]),
      `basis ${basisText(basis)}`,
      ...(consent === undefined ? [] : [`relying on consent ${consent.id} as of revision ${consent.revision}`]),
    ].join('; ') + '.'
  );
};

const decisionText = (decision: DisclosureDecision, { recipient }: Question): string => {
  if (!decision.permit) return 'Refused.';
  if (decision.clause === 'own') return `Permitted: ${recipient} contributed the item itself.`;
  return permitText(decision);
};

const banText = ({ clause, says, binds }: Ban, { recipient }: Question): string =>
  ({
    recipient: `${clause} forbids it, since it binds a role of ${recipient}: ${says}`,
    aggregates: `${clause} forbids it in the aggregates of every other protocol: ${says}`,
    'nobody-here': `${clause} is about such an item, but does not bind ${recipient} here: ${says}`,
  })[binds];

const FOUND: Readonly<Record<FindingCode, (question: Question) => string>> = {
  'recipient-no-party': ({ recipient }) => `${recipient} is no party of the protocol`,
  'source-no-party': ({ item }) => `${item.source}, from whom the item comes, is no party of the protocol`,
  'other-source': ({ item }) => `it shares nothing from agencies of the roles of ${item.source}`,
  'other-recipient': ({ recipient }) => `it shares with no role of ${recipient}`,
  'other-route': ({ route }) => `it is not delivered by the route ${route}`,
  'other-facts': () => 'the item is not of the narrower kind that it shares',
  'other-purpose': ({ purposes }) => `it serves none of the purposes asked (${purposes === 'any' ? 'any' : list(purposes)})`,
  prohibited: () => 'another protocol forbids such data in aggregates',
  relationship: ({ recipient }) => `${recipient} has none of the relationships with the learner that it asks for`,
  unconfirmed: ({ item }) => `nobody vouched for ${item.source}, from whom the item comes`,
  'not-named': ({ recipient }) => `the item does not name ${recipient}`,
  'not-answering': ({ recipient }) => `the item does not answer anything of ${recipient}`,
  'before-referral': ({ recipient }) => `the programme did not begin after ${recipient} referred the learner to it`,
  restricted: () => 'the learner asked for a restriction that covers it',
  objected: () => 'an objection of the learner that covers it is undecided',
  consent: () => 'no live consent covers protocol, purpose, category and recipient today',
  'explicit-consent': () => 'no live consent given explicitly covers protocol, purpose, category and recipient today',
  permits: () => '',
};

const findingText = ({ clause, says, found }: Finding, question: Question): string =>
  found === 'permits' ? `${clause} would permit it: ${says}` : `${clause} does not permit it: ${FOUND[found](question)}.`;

/** The decision, then each prohibition and each clause about such an item and what became of it; one sentence an entry. */
export const explain = (table: DecisionTable, question: Question): readonly string[] => {
  const clauses = findingsOn(table, question);
  return [
    decisionText(decideDisclosure(table, question), question),
    ...bansOn(table, question).map((ban) => banText(ban, question)),
    ...clauses.map((finding) => findingText(finding, question)),
    ...(clauses.length === 0 ? ['No clause of a protocol in force shares such an item.'] : []),
  ];
};
