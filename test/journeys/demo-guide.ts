// A guide that is tried on the demo: its commands run against one that was just made.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { allProjectors } from '#read-models';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { type Server, startServer } from '../../apps/broker/server.ts';
import { freePort } from '../broker-process.ts';
import { toldDemo } from '../told-demo.ts';
import { type Compared, compared, runSteps, stepsOf } from './guide-steps.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
export const PATIENCE_MS = 180_000;

export class DemoGuide {
  readonly #data = mkdtempSync(join(tmpdir(), 'guide-'));
  #node: BrokerNode | undefined;
  #server: Server | undefined;

  /** The guide is a file of docs/guides. What its commands show, beside what they answered. */
  async run(name: string): Promise<readonly Compared[]> {
    const port = String(await freePort());
    const config = parseConfig({ CONCORDAT_DATA: this.#data, PORT: port });
    await toldDemo(config);
    const node = (this.#node = await openNode(config, { projecting: true }));
    const head = await node.store.head();
    for (const { name: view } of allProjectors) await node.projections.waitFor(view, head, PATIENCE_MS);
    const server = (this.#server = await startServer(node));
    const guide = readFileSync(join(ROOT, 'docs/guides', name), 'utf8');
    const steps = stepsOf(guide.replaceAll('http://127.0.0.1:3000', server.url).replaceAll('.concordat/demo', this.#data));
    const env = { ...process.env, CONCORDAT_DATA: this.#data, PORT: port };
    return compared(steps, await runSteps(steps, { cwd: ROOT, env, patienceMs: PATIENCE_MS }));
  }

  async close(): Promise<void> {
    await this.#server?.close();
    await this.#node?.close();
    rmSync(this.#data, { recursive: true });
  }
}
