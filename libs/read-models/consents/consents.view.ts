// Where in the log consents were given or refused, and where they changed: from it oversight knows which learners to look at. Nothing of
// what was agreed stands here, and of the name under which it was a digest: an id is an agency's own text.
import { consentDigest } from '#disclosure';
import { ERASED, erasureIn, learnerOfStream } from '#learner-file';
import { type ProjectedEvent, type Projector, type RowWriter, table } from '../engine/index.ts';

const CATEGORY = 'consent';

export const consentEvents = table({
  name: 'consent_events',
  columns: {
    position: 'integer',
    learner: 'text',
    /** In the stream of that learner. */
    revision: 'integer',
    /** Who recorded it. */
    source: 'text',
    /** `begun`: given or refused; `withdrawn`. */
    kind: 'text',
    recorded_at: 'integer',
    /** Of one that began, of its id alone. */
    id_digest: 'text?',
  },
  key: ['position'],
  indexes: [['kind', 'position'], ['kind', 'source', 'position'], ['learner'], ['id_digest', 'position']],
});

const KINDS: ReadonlyMap<string, 'begun' | 'withdrawn'> = new Map([
  ['uk.concordat.consent.given.v1', 'begun'],
  ['uk.concordat.consent.refused.v1', 'begun'],
  ['uk.concordat.consent.withdrawn.v1', 'withdrawn'],
]);

const add = (event: ProjectedEvent, rows: RowWriter): void => {
  const { type, stream, revision, position, meta, recordedAt: recorded_at } = event.recorded;
  const [kind, learner] = [KINDS.get(type), learnerOfStream(stream)];
  if (kind === undefined || learner === undefined) return;
  const id_digest = kind === 'begun' ? idDigestIn(event) : null;
  rows.put(consentEvents, { position, learner, revision, source: meta.actor, kind, recorded_at, id_digest });
};

const idDigestIn = (event: ProjectedEvent): string | null => {
  const { consentId } = event.open()?.event?.data ?? {};
  return typeof consentId === 'string' ? consentDigest(consentId) : null;
};

const removeErased = (event: ProjectedEvent, rows: RowWriter): void => {
  const { learner, category = CATEGORY } = erasureIn(event.recorded) ?? {};
  if (learner !== undefined && category === CATEGORY) rows.remove(consentEvents, { learner });
};

export const consentsView: Projector = {
  name: 'consents',
  version: 2,
  tables: [consentEvents],
  types: new Set([...KINDS.keys(), ERASED]),
  apply: (event, rows) => (event.recorded.type === ERASED ? removeErased(event, rows) : add(event, rows)),
};
