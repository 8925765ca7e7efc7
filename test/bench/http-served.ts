// The served side of http.bench.ts, in a process of its own: a broker with a town of learners, and a bare Nest route beside it. Arguments:
// the data directory, and further settings as JSON.
import { Controller, Get, Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { type EventToSend, signEvents, type SigningKey, toEvent } from '#client';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import type * as servers from '../../apps/broker/server.ts';
import { populate, summary, tellStories, ulnOf } from './told-town.ts';

const built = (file: string): string => new URL(`../../dist/apps/broker/${file}.js`, import.meta.url).href;
const { openNode } = (await import(built('node'))) as typeof nodes;
const { parseConfig } = (await import(built('config'))) as typeof configs;
const { startServer } = (await import(built('server'))) as typeof servers;

const LEARNERS = 300;
const BODIES = 12_000;

const folder = process.argv[2] ?? '';
const node = await openNode(
  parseConfig({
    CONCORDAT_DATA: folder,
    PORT: '0',
    CONCORDAT_ISSUER: 'http://bench.example',
    CONCORDAT_RATE_LIMIT: '1000000000',
    ...(JSON.parse(process.argv[3] ?? '{}') as Readonly<Record<string, string>>),
  }),
);
const keys = await populate(node);
const keyOf = (slug: string): SigningKey => {
  const key = keys.get(slug);
  if (!key) throw new Error(`${slug} is not of the cast.`);
  return key;
};

await tellStories(node, keys, 2 * LEARNERS);

/** About the second half of the learners: the first half's passports stay as they are. */
const posted = (i: number): EventToSend => ({
  type: 'circumstance.noted',
  subject: `uln:${ulnOf(LEARNERS + (i % LEARNERS))}`,
  data: { kind: 'housing', note: summary },
});
const bodies: string[] = [];
const [sampleReceipt] = await node.intake.receive(Buffer.from(await signEvents(toEvent('careers', posted(0)), keyOf('careers'))), 'http');
if (sampleReceipt?.outcome !== 'accepted') throw new Error(JSON.stringify(sampleReceipt));
for (let i = 0; i < BODIES; i++) bodies.push(await signEvents(toEvent('careers', posted(i)), keyOf('careers')));

const server = await startServer(node);
const token = await node.tokens.issue({ agency: 'forge' });
const passports = Array.from({ length: LEARNERS }, (_, n) => `/v1/learners/local:p-${n}/passport`);
const sample = (await (
  await fetch(`${server.url}${passports[0] ?? ''}`, { headers: { authorization: `Bearer ${token}`, purpose: 'plan-learning' } })
).json()) as object;

class BareController {
  bare(): object {
    return sample;
  }
}
class BareModule {}
// Decorators as the functions that they are: this file runs without a compiler.
Get('bare')(BareController.prototype, 'bare', Object.getOwnPropertyDescriptor(BareController.prototype, 'bare') as PropertyDescriptor);
Controller()(BareController);
Module({ controllers: [BareController] })(BareModule);
const bare = await NestFactory.create(BareModule, new FastifyAdapter(), { logger: false });
await bare.listen(0, '127.0.0.1');
process.send?.({ url: server.url, passports, token, bodies, bareUrl: await bare.getUrl() });
