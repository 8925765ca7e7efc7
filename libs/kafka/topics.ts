// Names of topics and consumer groups (contracts.md, Kafka). Each agency writes and reads topics of its own, so plain ACLs suffice.
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
