export { undertakingList, type UndertakingRow } from './undertakings.list.ts';
