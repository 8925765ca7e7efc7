export { type FactRow, factTable, rowOfFact } from './fact-table.ts';
export { type Fact, FACT_TYPES, GIVES_POSTCODE, GIVES_ULN, NO_SUCH_CODE } from './facts.ts';
export { wordsIn } from './rules.ts';
export { issuesView } from './issues.view.ts';
export { statedElsewhere } from './stated-elsewhere.ts';
