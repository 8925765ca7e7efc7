// Programmes, and by whom and when a learner's handover was read (views.md, S26).
import { DISCLOSURE_CATEGORY, DISCLOSURE_DECIDED, type DisclosureDecided } from '#disclosure';
import { londonDate } from '#kernel';
import { ERASED, erasureIn } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';
import { handover } from '../handover/index.ts';
import { type Anchors, anchorsOf } from '../lists/index.ts';

export const reads = table({
  name: 'reads',
  columns: {
    learner: 'text',
    agency: 'text',
    read_on: 'text',
    position: 'integer',
    /** JSON list: revisions, in the learner's stream, of what it was shown. */
    shown: 'text',
    category: 'text',
  },
  key: ['position'],
  indexes: [['learner', 'agency', 'read_on', 'position']],
});

const started = anchorsOf('handovers', 1, { 'programme.started': ({ startedOn }) => startedOn }, { bySource: true });

const DECIDED = 'disclosure-';

const addRead = ({ recorded: { stream, meta, recordedAt, position }, content }: Read, rows: RowWriter): void => {
  if (!stream.startsWith(DECIDED) || content?.asked !== handover.name || content.outcome !== 'answered') return;
  const shown = JSON.stringify(content.permitted.flatMap(({ items }) => items));
  const learner = stream.slice(DECIDED.length);
  rows.put(reads, { learner, agency: meta.actor, read_on: londonDate(recordedAt), position, shown, category: DISCLOSURE_CATEGORY });
};

interface Read {
  readonly recorded: ProjectedEvent['recorded'];
  readonly content: DisclosureDecided | undefined;
}

const apply = (event: ProjectedEvent, rows: RowWriter): void => {
  const { recorded } = event;
  if (recorded.type === DISCLOSURE_DECIDED) addRead({ recorded, content: event.content<DisclosureDecided>() }, rows);
  else started.view.apply(event, rows);
  const erasure = recorded.type === ERASED ? erasureIn(recorded) : undefined;
  if (erasure) rows.remove(reads, erasure);
};

const view: Projector = {
  ...started.view,
  tables: [...started.view.tables, reads],
  types: new Set([...started.view.types, DISCLOSURE_DECIDED]),
  apply,
};

export const handovers: Anchors = { ...started, view };
