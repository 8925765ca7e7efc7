// What an operator sees of a broker: health, figures, and how it refuses more than it can take.
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { parseConfig } from '../../apps/broker/config.ts';
import { openNode } from '../../apps/broker/node.ts';
import { startServer } from '../../apps/broker/server.ts';
import { ApiContract, type Exchange } from './api-contract.ts';
import { assessment, registration, Town, ulnOf } from './town.ts';

const uln = ulnOf(3);

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly headers: Headers;
}

/** Asks, and holds the answer against the document of the broker that gave it. */
const asker = async (
  url: string,
  document?: OpenApiDocument,
): Promise<(method: Exchange['method'], path: string, request?: RequestInit) => Promise<Answer>> => {
  const contract = new ApiContract(document ?? ((await (await fetch(`${url}/openapi.json`)).json()) as OpenApiDocument));
  return async (method, path, request) => {
    const response = await fetch(`${url}${path}`, { method, ...request });
    const text = await response.text();
    contract.check({ method, path, response, text });
    return { status: response.status, text, headers: response.headers };
  };
};

const valueOf = (metrics: string, series: string): number | undefined => {
  const line = metrics.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
};

describe('the figures', () => {
  let town: Town;
  beforeAll(async () => {
    town = await Town.open();
  });
  afterAll(() => town.close());

  it('count what became of events, messages and questions', async () => {
    await town.tell('careers', registration(uln, 'cx-3'), assessment(uln));
    await town.send('careers', assessment(uln), { ...assessment(uln), type: 'learner.teleported' } as never);
    await town.send('forge', assessment(uln));
    await town.post('nonsense');
    await town.passport('careers', 'plan-learning', `uln:${uln}`);
    await town.passport('anvil', 'plan-learning', `uln:${uln}`);

    const ask = await asker(town.server.url);
    const { text } = await ask('get', '/metrics');
    const events = (agency: string, outcome: string, code = ''): number | undefined =>
      valueOf(text, `concordat_events_total{agency="${agency}",channel="http",outcome="${outcome}",code="${code}"}`);
    expect([
      events('careers', 'accepted'),
      events('careers', 'already-captured'),
      events('careers', 'rejected', 'unknown-type'),
      events('forge', 'rejected', 'no-such-learner'),
      valueOf(text, 'concordat_duplicates_avoided_total'),
      valueOf(text, 'concordat_messages_refused_total{channel="http",code="not-compact"}'),
      valueOf(text, 'concordat_disclosures_total{asked="passport",outcome="answered"}'),
      valueOf(text, 'concordat_disclosures_total{asked="passport",outcome="not-known"}'),
      valueOf(text, 'concordat_quarantine_waiting'),
      valueOf(text, 'concordat_messages_in_flight'),
      valueOf(text, 'concordat_log_position'),
    ]).toEqual([2, 1, 1, 1, 1, 1, 1, 1, 3, 0, await town.node.store.head()]);
  });

  it('measure requests by template, and the process', async () => {
    const { text } = await (await asker(town.server.url))('get', '/metrics');
    const durations = 'concordat_http_request_duration_seconds_count';
    expect(valueOf(text, `${durations}{method="GET",route="/v1/learners/:ref/passport",status="404"}`)).toBe(1);
    expect(valueOf(text, `${durations}{method="POST",route="/v1/events",status="400"}`)).toBe(1);
    expect(valueOf(text, 'process_resident_memory_bytes')).toBeGreaterThan(0);
    expect(text.endsWith('\n')).toBe(true);
  });

  it('go on where the log cannot be read', async () => {
    const head = town.node.store.head;
    town.node.store.head = () => Promise.reject(new Error('gone'));
    const { status, text } = await (await asker(town.server.url))('get', '/metrics');
    town.node.store.head = head;
    expect([status, valueOf(text, 'concordat_log_position')]).toEqual([200, undefined]);
  });
});

describe('health', () => {
  it('tells of views, of a log that is gone, and of stopping', async () => {
    const town = await Town.open({ cast: [] });
    const node = await openNode(parseConfig({ CONCORDAT_DATA: town.data, PORT: '0' }), { projecting: true });
    const server = await startServer(node);
    const ask = await asker(server.url);
    await node.projections.waitFor('holdings', await node.store.head(), 10_000);
    const ready = JSON.parse((await ask('get', '/health/ready')).text) as {
      readonly views: readonly { readonly view: string; readonly behind: number }[];
    };
    expect(ready.views.map(({ behind }) => behind)).toEqual(ready.views.map(() => 0));
    expect(ready.views.length).toBeGreaterThan(0);
    const { text } = await ask('get', '/metrics');
    expect([valueOf(text, 'concordat_view_lag_events{view="holdings"}'), valueOf(text, 'concordat_view_stopped{view="holdings"}')]).toEqual(
      [0, 0],
    );
    for (const consumer of ['held-state', 'views']) {
      expect([consumer, valueOf(text, `concordat_consumer_lag_events{consumer="${consumer}"}`)]).toEqual([consumer, 0]);
      expect([consumer, valueOf(text, `concordat_consumer_failing{consumer="${consumer}"}`)]).toEqual([consumer, 0]);
    }

    node.readiness.drain();
    const stopping = await ask('get', '/health/ready');
    expect([stopping.status, stopping.headers.get('retry-after')]).toEqual([503, '1']);
    expect(JSON.parse(stopping.text)).toMatchObject({ code: 'not-ready', reasons: [{ check: 'draining' }] });
    expect((await ask('get', '/health/live')).status).toBe(200);
    await server.close();
    await node.close();
    await town.close();
  });
});

describe('more than the broker can take', () => {
  it('gets 503 with Retry-After for messages at once', async () => {
    const town = await Town.open({ cast: [], environment: { CONCORDAT_MAX_IN_FLIGHT: '1' } });
    const ask = await asker(town.server.url);
    const message = {
      body: `${Buffer.from('{"alg":"EdDSA","kid":"x","cty":"cloudevents+json"}').toString('base64url')}.e30.${'A'.repeat(86)}`,
      headers: { 'content-type': 'application/jose' },
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => ask('post', '/v1/events', message)));
    const busy = answers.filter(({ status }) => status === 503);
    expect(busy.length).toBeGreaterThan(0);
    expect(JSON.parse(busy[0]?.text ?? '')).toMatchObject({ code: 'busy' });
    expect(valueOf((await ask('get', '/metrics')).text, 'concordat_messages_refused_total{channel="http",code="busy"}')).toBe(busy.length);
    await town.close();
  });

  it('gets 429 with Retry-After for requests in a minute', async () => {
    const town = await Town.open({ cast: [], environment: { CONCORDAT_RATE_LIMIT: '2' } });
    const ask = await asker(town.server.url);
    expect((await ask('get', '/openapi.json')).status).toBe(200);
    const refused = await ask('get', '/openapi.json');
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    await town.close();
  });
});
