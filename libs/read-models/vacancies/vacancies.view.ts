// Which vacancies were listed and filled, and for whom alone they are (views.md, S17).
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';
import { NOBODY_NAMED, thingName, statedThing } from '../lists/index.ts';

export const vacancies = table({
  name: 'vacancies',
  columns: {
    source: 'text',
    vacancy: 'text',
    /** Of the last listing: for whom alone it is, its day, and its place in the log. */
    named: 'text',
    listed_on: 'text',
    listed: 'integer',
    /** Of the last time since that it was told to be filled. */
    filled: 'integer?',
  },
  key: ['source', 'vacancy'],
  indexes: [
    ['source', 'listed_on', 'vacancy'],
    ['source', 'named', 'listed_on', 'vacancy'],
  ],
});

const LISTED = 'uk.concordat.vacancy.listed.v1';
const FILLED = 'uk.concordat.vacancy.filled.v1';

const list = (event: ProjectedEvent, rows: RowWriter): void => {
  const told = statedThing(event, 'vacancy.listed');
  if (!told) return;
  const { source, position, toldOn, data } = told;
  const vacancy = thingName(data.vacancyId);
  const named = data.confidentialTo ?? NOBODY_NAMED;
  rows.put(vacancies, { source, vacancy, named, listed_on: toldOn, listed: position, filled: null });
};

const fill = (event: ProjectedEvent, rows: RowWriter): void => {
  const told = statedThing(event, 'vacancy.filled');
  if (!told) return;
  const { source, position, data } = told;
  rows.change(vacancies, { source, vacancy: thingName(data.vacancyId) }, { filled: position });
};

const handlers: ReadonlyMap<string, (event: ProjectedEvent, rows: RowWriter) => void> = new Map([
  [LISTED, list],
  [FILLED, fill],
]);

export const vacanciesView: Projector = {
  name: 'vacancies',
  version: 1,
  tables: [vacancies],
  types: new Set(handlers.keys()),
  apply: (event, rows) => handlers.get(event.recorded.type)?.(event, rows),
};
