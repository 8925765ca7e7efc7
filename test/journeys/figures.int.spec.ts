// Who gives what to whom, who looks as nobody usually does, and what was not asked twice: as officers are told it by HTTP, and as those who
// have no business with it are not (console.md, 4.1 and 10).
import type { JWTPayload } from 'jose';
import { LEARNERS_OWN } from '#access';
import { addDays, fixedClock, type LearnerId, londonDate } from '#kernel';
import type { OpenApiDocument } from '../../apps/broker/api-docs/openapi.ts';
import { ApiContract } from './api-contract.ts';
import { OtherIssuer } from './other-issuer.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { adviser, MORNING, programme, referral } from './told.ts';
import { assessment, consent, fresh, registration, Town, ulnOf } from './town.ts';

const clock = fixedClock(MORNING);
const MONTH = londonDate(MORNING).slice(0, 7);
const ulns = [1, 2, 3, 4, 5, 6].map(ulnOf);
const PARTNERSHIP = { office: 'dpo-partnership', staff_id: 'olu' };

interface Flow {
  readonly source?: string;
  readonly category: string;
  readonly recipient: string;
  readonly reliesOnConsent: boolean;
  readonly count: number | 'c';
}
interface Hit {
  readonly rule: string;
  readonly recipient: string;
  readonly person?: string;
  readonly learner?: string;
  readonly positions: readonly string[];
}
interface Told {
  readonly flows?: readonly Flow[];
  readonly unused?: readonly { readonly to: string; readonly category: string; readonly clauses: readonly string[] }[];
  readonly clauses?: readonly { readonly clause: string; readonly decisions: number }[];
  readonly hits?: readonly Hit[];
  readonly repeats?: readonly { readonly agency: string }[];
  readonly [member: string]: unknown;
}

let issuer: OtherIssuer;
let town: Town;
let contract: ApiContract;
let learner: LearnerId;
beforeAll(async () => {
  issuer = await OtherIssuer.open(clock);
  const environment = { ...issuer.settings, CONCORDAT_EXTERNAL_ASKERS: 'agency,office,learner' };
  town = await Town.open({ clock, following: true, environment });
  contract = new ApiContract((await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument);
  for (const [at, uln] of ulns.entries()) {
    await town.tell(
      'careers',
      registration(uln, `c-${at}`),
      adviser(uln),
      referral(uln, 'forge'),
      consent(uln, fresh('k')),
      assessment(uln),
    );
    await town.tell('forge', programme(uln, `p-${at}`));
    await passportBy({ agency: 'forge' }, uln);
  }
  await passportBy({ agency: 'anvil' });
  await passportBy({ agency: 'careers' }, ulns[0], 'support-learner');
  await town.send('forge', assessment(ulns[0] ?? '', { assessmentId: 'again' }));
  learner = await learnerIdOf(town, 'careers', `uln:${ulns[0]}`);
});
afterAll(async () => {
  await town.close();
  issuer.close();
});

const bearer = (claims: JWTPayload & { readonly agency?: string }): Promise<string> => issuer.bearer(claims);
const passportBy = async (claims: JWTPayload, uln = ulns[0], purpose = 'plan-learning'): Promise<void> => {
  const headers = { authorization: await bearer(claims), purpose };
  await (await fetch(`${town.server.url}/v1/learners/uln:${uln}/passport`, { headers })).text();
};
const ask = async (claims: JWTPayload, name: string, search = ''): Promise<{ readonly status: number; readonly body: Told }> => {
  const { projections, store } = town.node;
  for (const view of ['flows', 'unusual-access', 'capture-once']) await projections.waitFor(view, await store.head(), 10_000);
  const path = `/v1/audit/${name}`;
  const response = await fetch(`${town.server.url}${path}${search}`, { headers: { authorization: await bearer(claims) } });
  const text = await response.text();
  contract.check({ method: 'get', path, response, text });
  return { status: response.status, body: JSON.parse(text) as Told };
};
const flowsTo = ({ flows = [] }: Told, recipient: string): readonly Flow[] => flows.filter((flow) => flow.recipient === recipient);

describe('flows', () => {
  it('are told to the partnership’s officer by source, category, recipient and basis, counted from what was recorded', async () => {
    const { status, body } = await ask(PARTNERSHIP, 'flows');
    expect(status).toBe(200);
    expect(body).toMatchObject({ to: MONTH, counted: 'decisions' });
    const [assessments] = flowsTo(body, 'forge').filter(({ category }) => category === 'assessment');
    expect(assessments).toMatchObject({ source: 'careers', basis: '6(1)(e)', reliesOnConsent: true });
    const learners = (await ask(PARTNERSHIP, 'flows', '?count=learners')).body;
    const counted = flowsTo(learners, 'forge').filter(({ category }) => category === 'assessment');
    expect(counted.map(({ count }) => count)).toEqual([6]);
    expect(Number(assessments?.count)).toBeGreaterThanOrEqual(6);
    expect((body.flows ?? []).filter(({ source, recipient }) => source === undefined || source === recipient)).toEqual([]);
    expect(body['agencies']).toContainEqual(expect.objectContaining({ agency: 'forge', roles: ['provider'] }));
  });

  it('grow with each further look, and with nobody’s refusal', async () => {
    const countOf = async (): Promise<unknown> =>
      flowsTo((await ask(PARTNERSHIP, 'flows')).body, 'forge').find(({ category }) => category === 'assessment')?.count;
    const before = Number(await countOf());
    await passportBy({ agency: 'anvil' });
    expect(await countOf()).toBe(before);
    await passportBy({ agency: 'forge' });
    expect(await countOf()).toBe(before + 1);
  });

  it('are narrowed by category, basis and month', async () => {
    const { flows: narrowed = [], categories } = (await ask(PARTNERSHIP, 'flows', '?category=assessment')).body;
    expect(new Set(narrowed.map(({ category }) => category))).toEqual(new Set(['assessment']));
    expect(categories).toEqual((await ask(PARTNERSHIP, 'flows')).body['categories'] ?? ['none']);
    const relying = (await ask(PARTNERSHIP, 'flows', '?basis=consent')).body.flows ?? [];
    expect(new Set(relying.map(({ reliesOnConsent }) => reliesOnConsent))).toEqual(new Set([true]));
    expect((await ask(PARTNERSHIP, 'flows', '?from=2025-01&to=2025-12')).body).toMatchObject({ flows: [], clauses: [] });
    expect((await ask(PARTNERSHIP, 'flows', '?from=2025-01')).body.flows).not.toEqual([]);
    expect((await ask(PARTNERSHIP, 'flows', '?from=2027-02&to=2027-01')).body.flows).toEqual([]);
  });

  it('say what is allowed and was never used, and how often each clause was', async () => {
    const { clauses = [], unused = [] } = (await ask(PARTNERSHIP, 'flows')).body;
    const used = clauses.map(({ clause }) => clause);
    expect(used).toContain('e2e-passport@1#EP3');
    expect(unused.filter(({ to, clauses: named }) => to === 'provider' && named.includes('e2e-passport@1#EP3'))).toEqual([]);
    expect(unused).toContainEqual(expect.objectContaining({ to: 'yot' }));
  });

  it('are told to an agency’s officer as far as they touch its data or its staff, of its staff without whose data it was', async () => {
    const source = (await ask({ office: 'dpo-of:careers' }, 'flows')).body;
    expect(flowsTo(source, 'forge').length).toBeGreaterThan(0);
    const others = (source.flows ?? []).filter((flow) => flow.source !== 'careers' && flow.recipient !== 'careers');
    expect(others).toEqual([]);
    const recipient = (await ask({ office: 'dpo-of:forge' }, 'flows')).body;
    expect(flowsTo(recipient, 'forge').map((flow) => 'source' in flow)).not.toContain(true);
    expect(flowsTo(recipient, 'forge').find(({ category }) => category === 'assessment')?.count).toBeGreaterThanOrEqual(6);
    const none = (await ask({ office: 'dpo-of:anvil' }, 'flows')).body;
    expect([none.flows, none.clauses]).toEqual([[], []]);
  });

  it('are told to the operator with fewer than six learners hidden', async () => {
    const { body } = await ask({ office: 'operator' }, 'flows', '?count=learners');
    const counts = (body.flows ?? []).map(({ count }) => count);
    expect(counts).toContain('c');
    expect(counts.filter((count) => typeof count === 'number' && count < 6)).toEqual([]);
  });

  it('are refused to whoever else asks, and what cannot be asked is said', async () => {
    const asLearner = { learner: town.node.pseudonyms.of(LEARNERS_OWN, learner) };
    for (const claims of [{ agency: 'careers' }, asLearner, { office: 'data-manager' }] as readonly JWTPayload[]) {
      expect(await ask(claims, 'flows')).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    }
    expect((await ask(PARTNERSHIP, 'flows', '?colour=red')).body).toMatchObject({ code: 'filter-unknown', parameter: 'colour' });
    expect((await ask(PARTNERSHIP, 'flows', '?from=2026')).body).toMatchObject({ code: 'filter-invalid', parameter: 'from' });
  });

  it('are recorded looks', async () => {
    const stream = 'disclosures-of-operator:dpo-partnership';
    const before = (await town.node.store.readStream(stream)).length;
    await ask(PARTNERSHIP, 'flows');
    expect(await town.node.store.readStream(stream)).toHaveLength(before + 1);
  });
});

describe('unusual access', () => {
  const byNight = MORNING + 15 * 3_600_000;
  beforeAll(async () => {
    clock.set(byNight);
    await passportBy({ agency: 'forge', staff_id: 'pat' });
    await passportBy({ agency: 'forge', staff_id: 'pat' });
    await ask(PARTNERSHIP, 'repeats');
    clock.set(byNight + 11 * 3_600_000);
    for (let time = 0; time < 10; time++) await passportBy({ agency: 'forge', staff_id: 'sam' });
    for (let time = 0; time < 20; time++) await passportBy({ agency: 'anvil' });
  });

  it('is told by rule, with who looked as a pseudonym, and the positions of the looks', async () => {
    const { status, body } = await ask(PARTNERSHIP, 'unusual');
    expect(status).toBe(200);
    const hits = body.hits ?? [];
    expect(hits.map(({ rule, recipient }) => [rule, recipient])).toEqual(
      expect.arrayContaining([
        ['outside-hours', 'forge'],
        ['same-learner', 'forge'],
        ['many-refusals', 'anvil'],
      ]),
    );
    expect(hits.find(({ rule }) => rule === 'outside-hours')?.positions).toHaveLength(2);
    expect(hits.find(({ rule }) => rule === 'same-learner')?.learner).toBe(town.node.pseudonyms.of('operator:dpo-partnership', learner));
    for (const told of ['pat', 'sam', ...ulns]) expect(JSON.stringify(hits)).not.toContain(`"${told}"`);
    expect(body['rules']).toContainEqual({ rule: 'outside-hours', says: expect.stringContaining('London'), on: true });
  });

  it('leads its officer to the decision, which names the own member of staff', async () => {
    const office = { office: 'dpo-of:forge' };
    const night = ((await ask(office, 'unusual')).body.hits ?? []).find(({ rule }) => rule === 'outside-hours');
    const path = `/v1/audit/decisions/${night?.positions[0]}`;
    const response = await fetch(`${town.server.url}${path}`, { headers: { authorization: await bearer(office) } });
    expect(await response.json()).toMatchObject({ recipient: 'forge', staff: 'pat' });
  });

  it('is told to an agency’s officer of its own staff alone, under another pseudonym than to others', async () => {
    const { body } = await ask({ office: 'dpo-of:forge' }, 'unusual');
    const own = body.hits ?? [];
    expect(new Set(own.map(({ recipient }) => recipient))).toEqual(new Set(['forge']));
    const persons = (hits: readonly Hit[]): ReadonlySet<string> => new Set(hits.flatMap(({ person }) => person ?? []));
    const theirs = persons((await ask(PARTNERSHIP, 'unusual')).body.hits ?? []);
    expect(persons(own).size).toBe(2);
    expect([...persons(own)].filter((person) => theirs.has(person))).toEqual([]);
    expect((await ask({ office: 'dpo-of:careers' }, 'unusual')).body.hits).toEqual([]);
  });

  it('of the partnership’s officer is told to the operator, and not to that officer', async () => {
    const told = (await ask({ office: 'operator' }, 'unusual')).body.hits ?? [];
    expect(told.map(({ rule, recipient }) => [rule, recipient])).toEqual([['outside-hours', 'operator:dpo-partnership']]);
    const own = (await ask(PARTNERSHIP, 'unusual')).body.hits ?? [];
    expect(own.map(({ recipient }) => recipient)).not.toContain('operator:dpo-partnership');
  });

  it('is looked for in the days asked about, and refused to whoever does not oversee', async () => {
    expect((await ask(PARTNERSHIP, 'unusual', '?from=2025-01-01&to=2025-01-02')).body.hits).toEqual([]);
    expect((await ask(PARTNERSHIP, 'unusual', '?from=2020-01-01')).body['from']).toBe(addDays(londonDate(clock.now()), -366));
    expect((await ask(PARTNERSHIP, 'unusual', '?from=yesterday')).body).toMatchObject({ code: 'filter-invalid', parameter: 'from' });
    expect((await ask({ agency: 'forge' }, 'unusual')).status).toBe(403);
    expect((await ask({ office: 'data-manager' }, 'unusual')).status).toBe(403);
  });
});

describe('assessments not repeated', () => {
  it('are told to the partnership’s officer, by agency, framework and month', async () => {
    const { status, body } = await ask(PARTNERSHIP, 'repeats');
    expect(status).toBe(200);
    expect(body.repeats).toContainEqual({ agency: 'forge', framework: 'initial', month: MONTH, avoided: 1, recorded: 0, apart: 0 });
    expect(body.repeats).toContainEqual({ agency: 'careers', framework: 'initial', month: MONTH, avoided: 0, recorded: 6, apart: 0 });
    expect((await ask(PARTNERSHIP, 'repeats', '?from=2024-01&to=2024-12')).body.repeats).toEqual([]);
  });

  it('are told to an agency and to its officer of its own', async () => {
    for (const claims of [{ agency: 'forge' }, { office: 'dpo-of:forge' }] as readonly JWTPayload[]) {
      const { repeats } = (await ask(claims, 'repeats')).body;
      expect(repeats?.map((row) => [row.agency, 'apart' in row])).toEqual([['forge', false]]);
    }
    const asLearner = { learner: town.node.pseudonyms.of(LEARNERS_OWN, learner) };
    expect((await ask(asLearner, 'repeats')).status).toBe(403);
    expect((await ask({ office: 'data-manager' }, 'repeats')).status).toBe(403);
  });
});
