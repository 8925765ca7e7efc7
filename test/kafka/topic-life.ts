// A topic's beginning and end as a client meets them. What the controller answers is what it decided: its nodes lead a new topic, and
// refuse one that is gone, only once they have taken that decision up.
import { type Admin, KafkaJSError } from 'kafkajs';
import { until } from '../until.ts';

/** Resolves once every partition's leader answers for it: kafkajs's own waiting looks at what is announced. */
export const whenLed = async (admin: Pick<Admin, 'fetchTopicOffsets'>, topics: readonly string[]): Promise<void> => {
  const isLed = async (topic: string): Promise<boolean> => {
    try {
      await admin.fetchTopicOffsets(topic);
      return true;
    } catch (cause) {
      if (!(cause instanceof KafkaJSError) || !cause.retriable) throw cause;
      return false;
    }
  };
  await Promise.all(topics.map((topic) => until(() => isLed(topic))));
};

/** Resolves once nothing is taken for it any more. */
export const deleteTopic = async (admin: Pick<Admin, 'deleteTopics' | 'listTopics'>, topic: string): Promise<void> => {
  await admin.deleteTopics({ topics: [topic] });
  await until(async () => !(await admin.listTopics()).includes(topic));
};
