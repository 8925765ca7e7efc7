// What can be done about the programmes that a learner's page shows, by whoever has just read them (console.md, 4.3 and J11). Pure.
import { type Act, type Acting, type Acts, all, followUp, learner, signing, textIn, when, whose } from './acts.ts';
import type { Row } from './list-rows.ts';

const query: Acts = (row, acting) => [
  {
    label: 'Query the programme',
    type: 'programme.queried',
    fields: { ...learner(row), programmeId: textIn(row, 'programmeId'), ...whose(row, acting) },
  },
];

/** What was agreed last is signed; a query that stands open asks for another signature. */
const isSigned = (row: Row): boolean => {
  const signed = (row['signedOff'] ?? undefined) as Row | undefined;
  const version = textIn(row, 'version');
  return signed !== undefined && textIn(row, 'queried') === '' && (version === '' || textIn(signed, 'version') === version);
};

/** Pupils' courses are no affair of an adviser's signature; and an id is told only with whose it is. */
const isToFollow = (row: Row): boolean =>
  textIn(row, 'endedOn') === '' && textIn(row, 'kind') !== 'school-course' && textIn(row, 'programmeId') !== '' && textIn(row, 'of') !== '';

const ofProgramme: Acts = all(
  when((row) => !isSigned(row), signing),
  followUp,
  when((row) => !isSigned(row) && textIn(row, 'queried') === '', query),
);

/** Those that the agency may record, of each programme of a passport; of several each act says which it is about. */
export const programmeActs = (programmes: unknown, localId: string | undefined, acting: Acting): readonly Act[] => {
  const rows = Array.isArray(programmes) ? (programmes as readonly Row[]).filter(isToFollow) : [];
  return rows.flatMap((row) => {
    const which = rows.length > 1 && textIn(row, 'title') !== '' ? `: ${textIn(row, 'title')}` : '';
    const acts = ofProgramme({ ...row, localId }, acting).filter(({ type }) => acting.types.has(type));
    return acts.map((act) => ({ ...act, label: `${act.label}${which}` }));
  });
};
