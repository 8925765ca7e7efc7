// Folds the learner's stream into what rules and the gate ask of it.
import type { CatalogueData, ShortType } from '#catalogue';
import type { Recorded } from '#contribution';
import type { AgencySlug, Revision } from '#kernel';
import { entriesOf, type RecordState, withEntry } from './entries.ts';
import { headOf } from './head.ts';
import { idFieldOf } from './things.ts';

type Texts = readonly string[];
type TextsOf = { readonly [Type in ShortType]?: (data: CatalogueData[Type]) => Texts };

const NOTHING: Texts = [];

const WITHHOLDING: readonly ShortType[] = ['withholding.stated', 'withholding.ended'];
const isWithholding = (type: ShortType): boolean => WITHHOLDING.includes(type);

/** What is kept beside the id. */
const beside: TextsOf = {
  'assessment.recorded': ({ supersedes, assessedOn, validUntil }) => [supersedes?.assessmentId ?? '', assessedOn, validUntil ?? ''],
  'assessment.rectified': ({ assessedOn, validUntil }) => ['', assessedOn ?? '', validUntil ?? ''],
  'review.scheduled': ({ programmeId }) => [programmeId],
  'review.held': ({ programmeId }) => [programmeId],
  'programme.started': ({ startedOn }) => ['', startedOn],
  'placement.started': ({ programmeId, on }) => [programmeId ?? '', on],
  'placement.ended': ({ programmeId }) => [programmeId ?? ''],
  'achievement.recorded': ({ programmeId }) => [programmeId ?? ''],
};

/** The programme that an event without an id of its own is about. */
const ofProgramme = (data: object): Texts =>
  'programmeId' in data && typeof data.programmeId === 'string' ? ['', data.programmeId] : NOTHING;

/** Which event of its own an agency withholds, or withholds no longer, by revision. */
const ofOwnEvent = (notes: Recorded['notes']): Texts => (notes?.names === undefined ? NOTHING : ['', String(notes.names)]);

const textsOf = ({ type, data, notes }: Recorded): Texts => {
  const field = idFieldOf(type);
  if (field === undefined) return isWithholding(type) ? ofOwnEvent(notes) : ofProgramme(data);
  const others = beside[type] as ((data: CatalogueData[ShortType]) => Texts) | undefined;
  return [(data as unknown as Readonly<Record<string, string>>)[field] ?? '', ...(others?.(data) ?? NOTHING)];
};

/** Takes every contribution about the learner, of whatever type. */
export const evolveRecord = (state: RecordState, event: Recorded): RecordState => {
  const next = withEntry(
    state,
    headOf(state, event, event.notes),
    { revision: event.revision, at: event.time ?? event.at },
    textsOf(event),
  );
  const retracted = event.type === 'record.retracted' ? event.notes?.names : undefined;
  return retracted === undefined ? next : { ...next, retracted: [...next.retracted, retracted] };
};

/** Whether the agency withholds that event of its own from the learner: it said so, and did not end it since. */
export const isWithheld = (state: RecordState, source: AgencySlug, named: Revision): boolean =>
  entriesOf(state, WITHHOLDING).findLast(({ head, related }) => head.item.source === source && related === String(named))?.head.item
    .type === 'withholding.stated';
