// The AsyncAPI 3.0 document: the broker's side of Kafka. Names of topics and forms of keys come from the code that uses them.
import type { Catalogue } from '#catalogue';
import { inTopic, outTopic, receiptsTopic } from '#kafka';
import { type AsyncApiDocument, type AsyncOperation, BINDING_VERSION, type Channel, to } from './asyncapi.ts';
import { asyncMessages } from './asyncapi-messages.ts';
import { feedSchemas } from './asyncapi-schemas.ts';
import { API_VERSION } from './document.ts';
import { eventSchemas } from './event-schemas.ts';
import { itemType } from './learner-schemas.ts';
import type { Schemas } from './openapi.ts';
import { receiptSchemas } from './receipt-schemas.ts';

const DESCRIPTION = `Agencies send signed learner events over Kafka, get a signed receipt for each, and follow an encrypted feed of what they may know.
Each agency has three topics of its own, so that plain ACLs suffice: it may write to the first and read the other two.
Consumers are to read committed records only. The same over HTTP is in /openapi.json.`;

const SECURITY = {
  scramSha512: { type: 'scramSha512', description: 'SASL with a user that the operator gave to the agency.' },
  scramSha256: { type: 'scramSha256', description: 'The same with SHA-256.' },
  plain: { type: 'plain', description: 'SASL with a password in clear: over TLS only.' },
  mutualTls: { type: 'X509', description: 'A certificate of the agency, instead of a user and password.' },
};

const SERVER = {
  host: '{address}',
  protocol: 'kafka-secure',
  description: 'The Kafka that the operator of this broker names to agencies, over TLS.',
  variables: { address: { description: 'Host and port.', examples: ['kafka.example:9093'] } },
  security: Object.keys(SECURITY).map((scheme) => to('components', 'securitySchemes', scheme)),
};

/** Channel, and its messages in their order. */
const MESSAGES = {
  events: ['signedEvents'],
  receipts: ['receipts'],
  feed: ['feedKey', 'feedItem', 'feedNotice', 'feedDuty', 'tombstone'],
} as const;
type ChannelName = keyof typeof MESSAGES;

const messagesIn = (channel: ChannelName): AsyncOperation['messages'] =>
  MESSAGES[channel].map((name) => to('channels', channel, 'messages', name));

interface ChannelTerms {
  readonly address: string;
  readonly title: string;
  readonly description: string;
  readonly topicConfiguration?: Readonly<Record<string, unknown>>;
}

const channel = (name: ChannelName, { topicConfiguration = {}, ...terms }: ChannelTerms): Channel => ({
  ...terms,
  parameters: { agency: to('components', 'parameters', 'agency') },
  messages: Object.fromEntries(MESSAGES[name].map((message) => [message, to('components', 'messages', message)])),
  bindings: { kafka: { topicConfiguration, bindingVersion: BINDING_VERSION } },
});

const AGENCY = '{agency}';

const channelsUnder = (named: { readonly topicPrefix: string }): Readonly<Record<ChannelName, Channel>> => ({
  events: channel('events', {
    address: inTopic(named, AGENCY),
    title: 'What an agency tells',
    description:
      'Written by the agency alone; what another one signed is refused. Per partition the broker keeps the order: what is about one learner belongs into one partition.',
  }),
  receipts: channel('receipts', {
    address: receiptsTopic(named, AGENCY),
    title: 'What became of it',
    description: 'Written by the broker, read by the agency.',
  }),
  feed: channel('feed', {
    address: outTopic(named, AGENCY),
    title: 'What an agency may know',
    description: 'Written by the broker, read by the agency, from the beginning: the last record under each key is what counts.',
    topicConfiguration: { 'cleanup.policy': ['compact'] },
  }),
});

const OPERATIONS: Readonly<Record<string, AsyncOperation>> = {
  receiveEvents: {
    action: 'receive',
    channel: to('channels', 'events'),
    title: 'Take events',
    summary: 'The broker judges each event in order; effects are exactly once. The same message may be sent again without harm.',
    messages: messagesIn('events'),
    reply: { channel: to('channels', 'receipts'), messages: messagesIn('receipts') },
  },
  sendReceipts: {
    action: 'send',
    channel: to('channels', 'receipts'),
    title: 'Give receipts',
    summary: 'One record for each message that can be attributed, after everything that it says is on disk.',
    messages: messagesIn('receipts'),
  },
  sendFeed: {
    action: 'send',
    channel: to('channels', 'feed'),
    title: 'Tell what may be known',
    summary: 'Items as they become visible to the agency, tombstones as they cease to be; each decision is recorded before.',
    messages: messagesIn('feed'),
  },
};

/** Without what OpenAPI alone knows. */
const eventsOf = (catalogue: Catalogue): Schemas => {
  const { Event = {}, ...others } = eventSchemas(catalogue);
  const { discriminator: _openApiOnly, ...event } = Event;
  return { ...others, Event: event };
};

export interface DescribedTopics {
  readonly catalogue: Catalogue;
  /** What names of topics begin with. */
  readonly topicPrefix: string;
}

export const asyncApiDocument = ({ catalogue, topicPrefix }: DescribedTopics): AsyncApiDocument => {
  const { Position = {}, Rejection = {}, Existing = {}, Receipt = {}, Receipts = {} } = receiptSchemas;
  return {
    asyncapi: '3.0.0',
    info: {
      title: 'Concordat',
      version: API_VERSION,
      description: DESCRIPTION,
      license: { name: 'Apache-2.0', url: 'https://www.apache.org/licenses/LICENSE-2.0' },
    },
    defaultContentType: 'application/jose',
    servers: { kafka: SERVER },
    channels: channelsUnder({ topicPrefix }),
    operations: OPERATIONS,
    components: {
      schemas: { Position, Rejection, Existing, Receipt, Receipts, ItemType: itemType, ...feedSchemas, ...eventsOf(catalogue) },
      messages: asyncMessages,
      parameters: {
        agency: { description: 'Slug of the agency, as in `urn:concordat:agency:<slug>`.', examples: ['black-country-training'] },
      },
      securitySchemes: SECURITY,
    },
  };
};
