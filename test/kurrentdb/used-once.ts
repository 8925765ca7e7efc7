// Starts the stand-in, uses it as a broker does, and stops it. Run by durability.int.spec.ts, which sees it end by itself.
import { once } from 'node:events';
import { EventStoreDBClient } from '@eventstore/db-client';
import { KurrentServer } from './kurrent-server.ts';
import { anEvent } from './server-under-test.ts';

const server = await KurrentServer.start();
const client = EventStoreDBClient.connectionString(server.url);
await client.appendToStream('used', anEvent());
const subscription = client.subscribeToStream('used');
await once(subscription, 'data');
const failed = once(subscription, 'error');
await server.stop();
await failed;
await client.dispose();
