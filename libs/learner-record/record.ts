// Folds the learner's stream into what rules and the gate ask of it.
import type { CatalogueData, ShortType } from '#catalogue';
import type { Recorded } from '#contribution';
import { type RecordState, withEntry } from './entries.ts';
import { headOf } from './head.ts';
import { idFieldOf } from './things.ts';

type Texts = readonly string[];
type TextsOf = { readonly [Type in ShortType]?: (data: CatalogueData[Type]) => Texts };

const NOTHING: Texts = [];

/** What is kept beside the id. */
const beside: TextsOf = {
  'assessment.recorded': ({ supersedes, assessedOn, validUntil }) => [
    supersedes?.assessmentId ?? '',
    assessedOn,
    validUntil ?? '',
  ],
  'assessment.rectified': ({ assessedOn, validUntil }) => ['', assessedOn ?? '', validUntil ?? ''],
  'review.scheduled': ({ programmeId }) => [programmeId],
  'review.held': ({ programmeId }) => [programmeId],
  'placement.started': ({ programmeId }) => [programmeId ?? ''],
  'placement.ended': ({ programmeId }) => [programmeId ?? ''],
  'achievement.recorded': ({ programmeId }) => [programmeId ?? ''],
};

/** The programme that an event without an id of its own is about. */
const ofProgramme = (data: object): Texts => ('programmeId' in data && typeof data.programmeId === 'string' ? ['', data.programmeId] : NOTHING);

const textsOf = ({ type, data }: Recorded): Texts => {
  const field = idFieldOf(type);
  if (field === undefined) return ofProgramme(data);
  const others = beside[type] as ((data: CatalogueData[ShortType]) => Texts) | undefined;
  return [(data as unknown as Readonly<Record<string, string>>)[field] ?? '', ...(others?.(data) ?? NOTHING)];
};

/** Takes every contribution about the learner, of whatever type. */
export const evolveRecord = (state: RecordState, event: Recorded): RecordState => {
  const next = withEntry(state, headOf(state, event, event.notes), { revision: event.revision, at: event.time ?? event.at }, textsOf(event));
  const retracted = event.type === 'record.retracted' ? event.notes?.names : undefined;
  return retracted === undefined ? next : { ...next, retracted: [...next.retracted, retracted] };
};
