// Names of topics and consumer groups (contracts.md, Kafka). Each agency writes and reads topics of its own, so plain ACLs suffice.
import type { Admin, IResourceConfigEntry, ITopicConfig } from 'kafkajs';
import { type AgencySlug, isAgencySlug } from '#kernel';

type Named = { readonly topicPrefix: string };

/** Where an agency sends its signed events. */
export const inTopic = ({ topicPrefix }: Named, agency: AgencySlug): string => `${topicPrefix}.in.${agency}`;

/** Where it is told what became of them. */
export const receiptsTopic = ({ topicPrefix }: Named, agency: AgencySlug): string => `${topicPrefix}.receipts.${agency}`;

/** Its encrypted feed; compacted. */
export const outTopic = ({ topicPrefix }: Named, agency: AgencySlug): string => `${topicPrefix}.out.${agency}`;

/** Whose in topic this is; undefined where it is another topic. */
export const agencyOfInTopic = ({ topicPrefix }: Named, topic: string): AgencySlug | undefined => {
  const prefix = inTopic({ topicPrefix }, '');
  const slug = topic.slice(prefix.length);
  return topic.startsWith(prefix) && isAgencySlug(slug) ? slug : undefined;
};

/** The group in which brokers share the in topics. */
export const inGroup = ({ topicPrefix }: Named): string => `${topicPrefix}-in`;

/** The group whose offsets say how far receipts are sent, and the id under which one broker at a time sends them. */
export const receiptsGroup = ({ topicPrefix }: Named): string => `${topicPrefix}-receipts`;

// Makes the topics of agencies where they are missing. Those that exist are left as their operator made them.

export interface TopicTerms {
  readonly topicPrefix: string;
  /** Copies; −1: as the cluster has it by default. */
  readonly replication: number;
  readonly partitions?: number;
}

/** A message of 1 MiB with its key, its headers and the frame of its batch. */
const IN_BYTES = 1_048_576 + 65_536;

/** Of a record in the log of a compacted topic Kafka keeps the last of a key; by the time of appending, partners can tell how old it is. */
const OUT: readonly IResourceConfigEntry[] = [
  { name: 'cleanup.policy', value: 'compact' },
  { name: 'message.timestamp.type', value: 'LogAppendTime' },
];
const IN: readonly IResourceConfigEntry[] = [{ name: 'max.message.bytes', value: String(IN_BYTES) }];

/** Resolves once in, receipts and out topic of each agency exist; gives the names of those that were made. */
export const ensureTopics = async (
  admin: Pick<Admin, 'createTopics' | 'listTopics'>,
  agencies: readonly AgencySlug[],
  terms: TopicTerms,
): Promise<readonly string[]> => {
  const existing = new Set(await admin.listTopics());
  const missing = agencies.flatMap((slug) => topicsOf(slug, terms)).filter(({ topic }) => !existing.has(topic));
  if (missing.length === 0) return [];
  await admin.createTopics({ topics: missing, waitForLeaders: true }).catch((cause: unknown) => {
    if (!isOthersWork(cause)) throw cause;
  });
  return missing.map(({ topic }) => topic);
};

const topicsOf = (slug: AgencySlug, terms: TopicTerms): readonly ITopicConfig[] => {
  const { partitions: numPartitions = 1, replication: replicationFactor } = terms;
  const topic = (name: string, configEntries: readonly IResourceConfigEntry[] = []): ITopicConfig => ({
    topic: name,
    numPartitions,
    replicationFactor,
    configEntries: [...configEntries],
  });
  return [topic(inTopic(terms, slug), IN), topic(receiptsTopic(terms, slug)), topic(outTopic(terms, slug), OUT)];
};

interface Refusal {
  /** Of single topics, where several were asked for. */
  readonly errors?: readonly unknown[];
  readonly type?: unknown;
}

/** Another broker made them meanwhile. By its form: kafkajs does not export its classes of errors to ES modules. */
const isOthersWork = (cause: unknown): boolean => {
  const { errors, type }: Refusal = typeof cause === 'object' && cause !== null ? cause : {};
  return errors === undefined ? type === 'TOPIC_ALREADY_EXISTS' : errors.every(isOthersWork);
};
