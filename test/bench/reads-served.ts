// The served side of reads.bench.ts, in a process of its own: a broker whose log holds the stories of so many learners.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import type * as servers from '../../apps/broker/server.ts';
import { populate, tellStories } from './told-town.ts';

const built = (file: string): string => new URL(`../../dist/apps/broker/${file}.js`, import.meta.url).href;
const { openNode } = (await import(built('node'))) as typeof nodes;
const { parseConfig } = (await import(built('config'))) as typeof configs;
const { startServer } = (await import(built('server'))) as typeof servers;

const [folder = '', learners = '0'] = process.argv.slice(2);
const config = parseConfig({
  CONCORDAT_DATA: folder,
  PORT: '0',
  CONCORDAT_ISSUER: 'http://bench.example',
  CONCORDAT_RATE_LIMIT: '1000000000',
  CONCORDAT_CACHED_LEARNERS: learners,
});
if (!existsSync(join(folder, 'log.sqlite'))) {
  const before = await openNode(config);
  await tellStories(before, await populate(before), Number(learners));
  await before.close();
}
// Opened anew: nothing of any learner is in memory.
const began = performance.now();
const node = await openNode(config);
const opened = performance.now() - began;
const server = await startServer(node);
/** Asked before each round: CPU used so far, in milliseconds, memory, in bytes, and a token. */
process.on('message', () => {
  const { user, system } = process.cpuUsage();
  const used = { cpu: (user + system) / 1000, rss: process.memoryUsage.rss() };
  void node.tokens.issue({ agency: 'forge' }).then((token) => process.send?.({ ...used, token }));
});
process.send?.({ url: server.url, opened, head: await node.store.head() });
