// What is published to everybody of provision that has not begun, as a table (views.md, part 8).
import { type Row, type ShownTable, tableOf } from '../staff/list-rows.ts';

const COLUMNS = ['title', 'kind', 'level', 'area', 'places', 'startsOn', 'of'];

export const prospectusTable = (rows: readonly Row[]): ShownTable => tableOf({ about: 'things', table: COLUMNS }, rows);
