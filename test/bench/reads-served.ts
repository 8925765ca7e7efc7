// The served side of reads.bench.ts, in a process of its own: a broker whose log holds the stories of so many learners.
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type * as configs from '../../apps/broker/config.ts';
import type * as nodes from '../../apps/broker/node.ts';
import type * as servers from '../../apps/broker/server.ts';
import { populate, tellStories } from './told-town.ts';

const built = (file: string): string => new URL(`../../dist/apps/broker/${file}.js`, import.meta.url).href;
const { openNode } = (await import(built('node'))) as typeof nodes;
const { parseConfig } = (await import(built('config'))) as typeof configs;
const { startServer } = (await import(built('server'))) as typeof servers;

const TELLING = 'telling';
const [folder = '', learners = '0', task] = process.argv.slice(2);
const config = parseConfig({
  CONCORDAT_DATA: folder,
  PORT: '0',
  CONCORDAT_ISSUER: 'http://bench.example',
  CONCORDAT_RATE_LIMIT: '1000000000',
  CONCORDAT_CACHED_LEARNERS: learners,
});
if (task === TELLING) {
  const telling = await openNode(config);
  await tellStories(telling, await populate(telling), Number(learners));
  await telling.close();
  process.exit();
}
// In a process of its own, whose memory is not that of the broker that is measured.
if (!existsSync(join(folder, 'log.sqlite')))
  execFileSync(process.execPath, [...process.execArgv, fileURLToPath(import.meta.url), folder, learners, TELLING]);
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
