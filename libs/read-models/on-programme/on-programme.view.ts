// Who is on programme where, and which careers service has a link adviser there (views.md, S6).
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

export const enrolments = table({
  name: 'enrolments',
  columns: {
    provider: 'text',
    learner: 'text',
    /** Place in the learner's stream: the id of a programme is an agency's own text. */
    revision: 'integer',
    started_on: 'text',
  },
  key: ['provider', 'learner', 'revision'],
  indexes: [['provider', 'started_on', 'learner', 'revision'], ['learner']],
});

/** Whether an assignment counts, the gate decides. */
export const links = table({ name: 'links', columns: { agency: 'text', provider: 'text' }, key: ['agency', 'provider'] });

const STARTED = 'uk.concordat.programme.started.v1';
const LINKED = 'uk.concordat.link-adviser.assigned.v1';
const CATEGORY = 'programme';

const textIn = (event: ProjectedEvent, name: string): string | undefined => {
  const value = event.open()?.event?.data[name];
  return typeof value === 'string' ? value : undefined;
};

const enrol = (event: ProjectedEvent, rows: RowWriter): void => {
  const { stream, revision, meta } = event.recorded;
  const [learner, started_on] = [learnerOfStream(stream), textIn(event, 'startedOn')];
  if (learner !== undefined && started_on !== undefined) rows.put(enrolments, { provider: meta.actor, learner, revision, started_on });
};

const link = (event: ProjectedEvent, rows: RowWriter): void => {
  const provider = textIn(event, 'provider');
  if (provider !== undefined) rows.put(links, { agency: event.recorded.meta.actor, provider });
};

const removeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const erasure = erasureIn(event.recorded);
  if (erasure && (erasure.category ?? CATEGORY) === CATEGORY) rows.remove(enrolments, { learner: erasure.learner });
};

const handlers: ReadonlyMap<string, (event: ProjectedEvent, rows: RowWriter) => void> = new Map([
  [STARTED, enrol],
  [LINKED, link],
  [ERASED, removeErased],
]);

export const onProgrammeView: Projector = {
  name: 'on-programme',
  version: 1,
  tables: [enrolments, links],
  types: new Set(handlers.keys()),
  apply: (event, rows) => handlers.get(event.recorded.type)?.(event, rows),
};
