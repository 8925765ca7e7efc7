// The demo: its story is admitted as it is told, kept, and answers the two queries with which it greets.
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { jest } from '@jest/globals';
import { ClientError, ConcordatClient, signingKeyOf } from '#client';
import { systemClock } from '#kernel';
import { dataQuality, disclosures, listDataQuality, listDisclosures } from '#read-models';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';
import { type Server, startServer } from '../../apps/broker/server.ts';
import { CAST } from '../../apps/cli/demo/cast.ts';
import { makeDemo, type MadeDemo } from '../../apps/cli/demo/make-demo.ts';
import { figuresOf, type DemoFigures, welcomeLines } from '../../apps/cli/demo/welcome.ts';
import { type Example, wholeStory } from '../../apps/cli/demo/whole-story.ts';
import { readJwk } from '../../apps/cli/input-files.ts';

jest.setTimeout(180_000);

const directory = mkdtempSync(join(tmpdir(), 'demo-'));
const configFor = (data: string) =>
  parseConfig({ CONCORDAT_DATA: data, PORT: '0', CONCORDAT_ISSUER: 'http://demo.example', CONCORDAT_VERIFY_WORKERS: '0' });
const config = configFor(directory);
const notes: string[] = [];
const terminal = { note: (text: string) => void notes.push(text) };

let made: MadeDemo;
let node: BrokerNode;
let server: Server;

beforeAll(async () => {
  made = await makeDemo(config, terminal);
  node = await openNode(config, { projecting: true });
  server = await startServer(node);
});
afterAll(async () => {
  await server.close();
  await node.close();
  rmSync(directory, { recursive: true, force: true });
});

/** The token endpoint that the metadata name lies at the issuer; here it is where the server listens. */
const fetchHere: typeof globalThis.fetch = async (url, request) =>
  fetch((url as string).replace('http://demo.example', server.url), request);

const ask = async ({
  by,
  ref,
  purposes,
}: Example): Promise<{ readonly items: readonly { readonly clause: string; readonly source: string }[] }> => {
  const key = await signingKeyOf(readJwk(join(made.keys, `${by}.json`)));
  const client = new ConcordatClient({ url: server.url, agency: by, key, fetch: fetchHere });
  return (await client.query(`/v1/learners/${ref}/passport`, { purposes })) as Awaited<ReturnType<typeof ask>>;
};

const figures = (): Promise<DemoFigures> => figuresOf(node);

describe("the demo's story", () => {
  it('is admitted, refused and met as it is told', () => expect(made.surprises).toEqual([]));

  it('lies in the past, month by month', () => {
    const { steps } = wholeStory(made.firstDay);
    expect(Math.max(...steps.map(({ at }) => at))).toBeLessThan(systemClock.now());
    expect(notes.filter((note) => /^ {2}\d{4}-\d\d: \d+ events told$/.test(note)).length).toBeGreaterThanOrEqual(5);
  });

  it('tells of agencies, learners and assessments that were not repeated', async () => {
    expect(await figures()).toMatchObject({ agencies: Object.keys(CAST).length, protocols: 17, learners: 44, duplicatesAvoided: 14 });
    expect((await figures()).events).toBeGreaterThan(700);
  });

  it('leaves in quarantine what no protocol allows, and what cannot be attributed', async () => {
    expect((await node.quarantine.list({ limit: 100 })).map(({ code }) => code)).toEqual([
      'conflict',
      'role-not-allowed',
      'role-not-allowed',
      'role-not-allowed',
      'invalid-uln',
      'no-such-learner',
      'signature',
      'no-such-learner',
      'link-conflict',
    ]);
  });

  it('leaves the data manager something of each kind', async () => {
    await node.projections.waitFor(dataQuality.name, await node.store.head(), 10_000);
    const { rows } = await listDataQuality(node.views, { limit: 100 });
    expect(rows.map(({ kind }) => kind)).toEqual(['recorded-apart', 'possible-match', 'link-conflict']);
  });

  it('shows who looked at what, and that withdrawing a consent had its effect', async () => {
    await node.projections.waitFor(disclosures.name, await node.store.head(), 10_000);
    const { rows } = await listDisclosures(node.views, { recipient: 'black-country-training', limit: 100 });
    const reads = rows.filter(({ purposes, route }) => purposes.length === 1 && route === 'learner');
    const before = reads.find(({ clauses }) => clauses.includes('e2e-passport@1#EP3'));
    const after = reads.findLast(({ learner, position }) => learner === before?.learner && position > (before?.position ?? Infinity));
    expect(after?.clauses).not.toContain('e2e-passport@1#EP3');
    expect(after?.clauses).toContain('e2e-passport@1#EP4');
  });

  it('uses the whole catalogue, save answers to notices, which nobody was sent', () => {
    const told = new Set(wholeStory(made.firstDay).steps.flatMap((step) => (step.kind === 'told' ? [step.event.type] : [])));
    const untold = node.catalogue.types.map(({ name }) => name).filter((name) => !told.has(name));
    expect(untold).toEqual(['uk.concordat.notice.acknowledged.v1']);
  });
});

describe('the two queries with which it greets', () => {
  it('a provider reads the passport of a learner on its programme', async () => {
    const { items } = await ask(wholeStory(made.firstDay).permitted);
    const others = items.filter(({ source }) => source !== 'urn:concordat:agency:black-country-training');
    expect(new Set(others.map(({ clause }) => clause))).toEqual(
      new Set(['e2e-passport@1#EP1', 'e2e-passport@1#EP2', 'e2e-passport@1#EP3', 'e2e-passport@1#EP4', 'e2e-passport@1#EP11']),
    );
  });

  it('a college that knows the learner by an application alone is told what would have to hold', async () => {
    const refusal: unknown = await ask(wholeStory(made.firstDay).refused).catch((cause: unknown) => cause);
    expect(refusal).toBeInstanceOf(ClientError);
    expect(refusal).toMatchObject({
      status: 403,
      code: 'not-permitted',
      details: { clauses: expect.arrayContaining(['e2e-passport@1#EP3']) },
    });
  });

  it('are printed as commands that anybody can copy', async () => {
    const story = wholeStory(made.firstDay);
    const place = { url: 'http://127.0.0.1:3000', data: directory, keys: made.keys };
    const usual = welcomeLines({ ...place, usual: true }, await figures(), story).join('\n');
    expect(usual).toContain('-H "Authorization: Bearer $(./bin/concordat.mjs token black-country-training)"');
    expect(usual).toMatch(/learners +44\n/);
    const unusual = welcomeLines({ ...place, url: 'http://127.0.0.1:8080', usual: false }, await figures(), story).join('\n');
    expect(unusual).toMatch(/token wulfrun-college --key '[^']*wulfrun-college\.json' --url http:\/\/127\.0\.0\.1:8080\)/);
    expect(usual).not.toMatch(/eyJ/);
  });
});

describe("the demo's data", () => {
  it('are kept: a second start makes nothing', async () => {
    const head = await node.store.head();
    const again: string[] = [];
    expect(await makeDemo(config, { note: (text) => void again.push(text) })).toEqual({ ...made, surprises: [] });
    expect(again).toEqual([]);
    expect(await node.store.head()).toBe(head);
  });

  it('hold keys that their owner alone may read', () => {
    const files = readdirSync(made.keys);
    expect(files).toHaveLength(2 * Object.keys(CAST).length);
    for (const file of files) expect(statSync(join(made.keys, file)).mode & 0o777).toBe(0o600);
  });

  it('are finished where a start was interrupted, without telling anything twice', async () => {
    const other = mkdtempSync(join(tmpdir(), 'interrupted-'));
    const interrupting = (text: string): void => {
      if (text.includes('events told')) throw new Error('interrupted');
    };
    await expect(makeDemo(configFor(other), { note: interrupting })).rejects.toThrow('interrupted');
    expect((await makeDemo(configFor(other), terminal)).surprises).toEqual([]);
    const resumed = await openNode(configFor(other));
    const { agencies, protocols, learners, duplicatesAvoided, quarantined } = await figures();
    expect(await figuresOf(resumed)).toMatchObject({ agencies, protocols, learners, duplicatesAvoided, quarantined });
    await resumed.close();
    rmSync(other, { recursive: true, force: true });
  });

  it('are never made in the directory of another broker', async () => {
    const other = mkdtempSync(join(tmpdir(), 'other-'));
    await (await openNode(configFor(other), { verifyWorkers: 0 })).close();
    await expect(makeDemo(configFor(other), terminal)).rejects.toThrow(`${other} holds the data of a broker that is no demo`);
    expect(existsSync(join(other, 'keys'))).toBe(false);
    rmSync(other, { recursive: true, force: true });
  });
});
