// Which vacancies were listed and filled, and for whom alone they are (views.md, S17).
import { table } from '../engine/index.ts';
import { NOBODY_NAMED, thingName, thingProjector } from '../lists/index.ts';

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

export const vacanciesView = thingProjector(
  { name: 'vacancies', version: 1, tables: [vacancies] },
  {
    'vacancy.listed': ({ source, position: listed, toldOn: listed_on, data: { vacancyId, confidentialTo: named = NOBODY_NAMED } }, rows) =>
      rows.put(vacancies, { source, vacancy: thingName(vacancyId), named, listed_on, listed, filled: null }),
    'vacancy.filled': ({ source, position: filled, data }, rows) =>
      rows.change(vacancies, { source, vacancy: thingName(data.vacancyId) }, { filled }),
  },
);
