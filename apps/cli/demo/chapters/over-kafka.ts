// The last chapter, where there is Kafka: a provider tells of its first learner through the client, as its own system would.
import { type AgencyEvent, toEvent } from '#client';
import type { Slug } from '../cast.ts';
import { STORY_DAYS } from '../story.ts';
import type { Tale } from '../tale.ts';

export interface KafkaChapter {
  readonly by: Slug;
  readonly events: readonly AgencyEvent[];
  /** Whose feed shows it. */
  readonly seenBy: Slug;
}

/** The same at each start: what was told before is met with its first receipt. */
export const kafkaChapter = (enrolled: Tale): KafkaChapter => {
  const by = 'black-country-training';
  const yesterday = enrolled.date(STORY_DAYS - 1);
  const about = { subject: enrolled.refOf(by), time: `${yesterday}T15:00:00Z` };
  const programmeId = enrolled.id('programme');
  return {
    by,
    seenBy: 'connexions-north',
    events: [
      toEvent(by, { ...about, id: `${by}-kafka-1`, type: 'attendance.concern', data: { programmeId, on: yesterday, kind: 'absence' } }),
      toEvent(by, {
        ...about,
        id: `${by}-kafka-2`,
        type: 'achievement.recorded',
        data: { achievementId: enrolled.id('first-aid'), kind: 'accredited', title: 'First aid at work', awardedOn: yesterday },
      }),
    ],
  };
};
