// What may be recorded straight from a line or a record: a form that begins with what the page knows already (console.md, 4.3).
import type { EventForm } from '../entry/event-forms.ts';
import type { Row } from './list-rows.ts';

export interface Hidden {
  readonly name: string;
  readonly value: string;
}

export interface Act {
  /** Of event, as `follow-up.made`. */
  readonly type: string;
  readonly text: string;
  readonly fields: readonly Hidden[];
}

interface Programme {
  readonly programmeId: string;
  /** Whose id that is. */
  readonly of: string;
}

const textIn = (row: Row, name: string): string | undefined => {
  const value = row[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
};

const programmeIn = (row: Row): Programme | undefined => {
  const [programmeId, of] = [textIn(row, 'programmeId'), textIn(row, 'of')];
  return programmeId === undefined || of === undefined ? undefined : { programmeId, of };
};

/** The one that runs; none where several do, for then the person has to say which. */
export const runningIn = (programmes: unknown, isRunning: (row: Row) => boolean): Programme | undefined => {
  const running = (Array.isArray(programmes) ? (programmes as readonly Row[]) : []).filter(isRunning);
  const [only] = running;
  return running.length === 1 && only ? programmeIn(only) : undefined;
};

/** As date inputs take a day. */
const dayFields = (name: string, day: string): readonly Hidden[] => {
  const [year = '', month = '', date = ''] = day.split('-');
  return [
    { name: `${name}-day`, value: String(Number(date)) },
    { name: `${name}-month`, value: String(Number(month)) },
    { name: `${name}-year`, value: year },
  ];
};

const programmeFields = (programme: Programme | undefined): readonly Hidden[] =>
  programme
    ? [
        { name: 'programmeId', value: programme.programmeId },
        { name: 'of', value: programme.of },
      ]
    : [];

/** Of a line of the caseload: by whom and of which programme is known. Undefined where the agency has no id of its own for the learner. */
export const followUpOf = (row: Row, { on, by }: { readonly on: string; readonly by: string }): Act | undefined => {
  const localId = textIn(row, 'localId');
  if (localId === undefined) return undefined;
  const programme = runningIn(row['programmes'], ({ state }) => state === 'running');
  const known = [
    { name: 'learner', value: `local:${localId}` },
    ...programmeFields(programme),
    ...dayFields('on', on),
    { name: 'by', value: by },
  ];
  return { type: 'follow-up.made', text: 'Follow up', fields: known };
};

/** All that the agency may record about the learner. */
export const actsFor = (
  forms: readonly EventForm[],
  { localId, programmes }: { readonly localId: string; readonly programmes: unknown },
): readonly Act[] => {
  const running = runningIn(programmes, ({ endedOn }) => endedOn === null);
  return forms
    .filter(({ aboutLearner }) => aboutLearner)
    .map(({ type, title, fields }) => {
      const takes = (name: string): boolean => fields.some((field) => field.name === name);
      const known = programmeFields(takes('programmeId') ? running : undefined).filter(({ name }) => takes(name));
      return { type, text: title, fields: [{ name: 'learner', value: `local:${localId}` }, ...known] };
    });
};
