// Every request that the OpenAPI document describes, once about what is there and once about what is not, and everybody with whose token it
// can be sent.
import type { JWTPayload } from 'jose';
import { signProposal } from '#sharing-protocols';
import { nextPassport } from '../../apps/cli/demo/propose-next.ts';
import { LEARNERS_OWN } from '#access';
import { fixedClock } from '#kernel';
import type { OpenApiDocument, Operation } from '../../apps/broker/api-docs/openapi.ts';
import { type Route, routesIn } from '../journeys/described-requests.ts';
import { learnerOf } from '../journeys/notices-told.ts';
import { OtherIssuer } from '../journeys/other-issuer.ts';
import { settled } from '../journeys/settled.ts';
import { about, adviser, MORNING, programme, referral } from '../journeys/told.ts';
import { assessment, consent, registration, Town, ulnOf } from '../journeys/town.ts';
import { CAST } from '../journeys/townsfolk.ts';

const PAGE = 'own-page';
const [ULN, NOBODY] = [`uln:${ulnOf(1)}`, `uln:${ulnOf(950)}`];

/** Who asks; staff of an agency whatever they do there. */
export const ASKERS = [
  ...(['nobody', 'learner', 'agency', 'own page'] as const),
  ...(['officer of an agency', 'officer of the partnership', 'data manager', 'operator'] as const),
] as const;
export type AskerKind = (typeof ASKERS)[number];

/** What people of an agency do there: pages differ by it, what may be known does not. */
export const STAFF = ['personal-adviser', 'link-adviser', 'key-worker', 'planner', 'manager', 'administrator'] as const;

export interface Answer {
  readonly status: number;
  readonly code: string | undefined;
  /** The whole of it, but for positions, which say how much was recorded meanwhile. */
  readonly text: string;
}

/** Of a name in a path, a query or a body: what is there, and what is not. */
type Names = Readonly<Record<string, readonly [there: string, not: string]>>;

export class EveryToken {
  readonly town: Town;
  readonly routes: readonly Route[];
  readonly #issuer: OtherIssuer;
  readonly #names: Names;
  readonly #learner: string;

  private constructor(
    town: Town,
    issuer: OtherIssuer,
    made: { readonly routes: readonly Route[]; readonly names: Names; readonly learner: string },
  ) {
    this.town = town;
    this.#issuer = issuer;
    this.routes = made.routes;
    this.#names = made.names;
    this.#learner = made.learner;
  }

  static async open(): Promise<EveryToken> {
    const clock = fixedClock(MORNING);
    const issuer = await OtherIssuer.open(clock);
    const environment = { ...issuer.settings, CONCORDAT_EXTERNAL_ASKERS: 'agency,office,learner', CONCORDAT_RATE_LIMIT: '1000000' };
    const town = await Town.open({ clock, following: true, environment, cast: [...CAST, { slug: PAGE, roles: ['self-service'] }] });
    const document = (await (await fetch(`${town.server.url}/openapi.json`)).json()) as OpenApiDocument;
    const learner = await happen(town);
    const names = await namesIn(town, issuer);
    await settled(town.node);
    return new EveryToken(town, issuer, { routes: routesIn(document), names, learner });
  }

  async close(): Promise<void> {
    await this.town.close();
    this.#issuer.close();
  }

  async tokenOf(who: AskerKind): Promise<string | undefined> {
    const claims: Readonly<Partial<Record<AskerKind, JWTPayload>>> = {
      learner: { learner: this.#learner },
      'officer of an agency': { office: 'dpo-of:careers', staff_id: 'bea' },
      'officer of the partnership': { office: 'dpo-partnership', staff_id: 'olu' },
      'data manager': { office: 'data-manager', staff_id: 'sam' },
      operator: { office: 'operator' },
    };
    if (who === 'nobody') return undefined;
    const claimed = claims[who];
    const agency = who === 'own page' ? PAGE : 'careers';
    return claimed === undefined ? `Bearer ${await this.town.tokenOf(agency)}` : this.#issuer.bearer(claimed);
  }

  /** Signed by an issuer that the broker does not believe. */
  async strangersToken(): Promise<string> {
    const stranger = await OtherIssuer.open(this.town.node.clock);
    const token = await stranger.bearer({ office: 'dpo-partnership', staff_id: 'olu' });
    stranger.close();
    return token;
  }

  staffToken(role: (typeof STAFF)[number]): Promise<string> {
    return this.#issuer.bearer({ agency: 'careers', staff_id: role, roles: [role] });
  }

  /** About what is there, or about what is not. */
  async ask(
    { method, path, operation }: Route,
    authorization: string | undefined,
    isThere: boolean,
    more: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const at = this.#filled(path, operation, isThere);
    const body = method === 'post' ? bodyFor(path, (name) => this.#name(path, name, isThere)) : undefined;
    const response = await fetch(`${this.town.server.url}${at}`, {
      method,
      headers: { ...(authorization !== undefined && { authorization }), ...this.#headersOf(operation), ...typeOf(body), ...more },
      ...(body !== undefined && { body: body.text }),
    });
    const text = await response.text();
    const code = /"code":"([a-z-]+)"/.exec(text)?.[1];
    return { status: response.status, code, text: text.replaceAll(/"position":"\d+"/g, '"position"') };
  }

  #headersOf(operation: Operation): Readonly<Record<string, string>> {
    return {
      ...(takes(operation, 'purpose') && { purpose: this.#purposes }),
      ...(takes(operation, 'concordat-reason') && { 'concordat-reason': REASON }),
    };
  }

  get #purposes(): string {
    return [...this.town.node.registers.inForce('2026-10-01').purposes].join(', ');
  }

  #name(path: string, name: string, isThere: boolean): string {
    const [there, not] = this.#names[`${path} ${name}`] ?? this.#names[name] ?? ['nothing', 'nothing-at-all'];
    return isThere ? there : not;
  }

  #filled(path: string, { parameters = [] }: Operation, isThere: boolean): string {
    const filled = path.replaceAll(/\{(\w+)\}/g, (_all, name: string) => encodeURIComponent(this.#name(path, name, isThere)));
    const needed = parameters.filter(
      ({ in: where, required, name }) => where === 'query' && (required === true || QUERIED.includes(name) || path === AS_OF),
    );
    const query = new URLSearchParams(needed.map(({ name }): [string, string] => [name, this.#name(path, name, isThere)]));
    return query.size === 0 ? filled : `${filled}?${query.toString()}`;
  }
}

/** Of parameters that need not be there, those that name a learner or a decision. */
const QUERIED = ['learner', 'decision'];
/** Whose sight it is about has to be named by whoever has no agency. */
const AS_OF = '/v1/audit/as-of';

const takes = ({ parameters = [] }: Operation, header: string): boolean => parameters.some(({ name }) => name.toLowerCase() === header);

const typeOf = (body: { readonly type: string } | undefined): Readonly<Record<string, string>> =>
  body === undefined ? {} : { 'content-type': body.type };

const JSON_BODY = 'application/json';

/** A body for each route that takes one, so that nobody is refused for its form. */
const bodyFor = (path: string, named: (name: string) => string): { readonly type: string; readonly text: string } | undefined => {
  if (/^\/v1\/(?:events|protocols\/\{id\}\/\{version\}\/)/.test(path)) return { type: 'application/jose', text: 'e30.e30.e30' };
  if (path === '/oauth/token') return { type: 'application/x-www-form-urlencoded', text: 'grant_type=client_credentials' };
  const body = BODIES[path];
  return { type: JSON_BODY, text: JSON.stringify(body === undefined ? {} : body(named)) };
};

const REASON = 'It is asked for, in a test.';
const BODIES: Readonly<Record<string, (named: (name: string) => string) => object>> = {
  '/v1/learners/lookup': (named) => ({ ref: named('ref') }),
  '/v1/audit/find': (named) => ({ query: named('ref') }),
  '/v1/audit/learners/{ref}/who': () => ({ reason: REASON }),
  '/v1/audit/unusual/{position}/explanations': () => ({ rule: 'outside-hours', reason: REASON }),
  '/v1/session/codes': (named) => ({ ref: named('ref') }),
  '/v1/session/codes/redeem': () => ({ code: 'ABCD-EFGH' }),
  '/v1/data-quality/matches/{match}/decision': () => ({ outcome: 'deferred', reason: REASON }),
  '/v1/data-quality/unmerge': (named) => ({ match: named('match'), reason: REASON }),
  '/v1/data-quality/issues/{position}/waive': () => ({ rule: 'start-before-14', reason: 'document-seen' }),
  '/v1/data-quality/issues/{position}/ask': () => ({ rule: 'start-before-14' }),
  '/v1/reports/{table}/{period}/release': () => ({ leaveOut: [] }),
  '/v1/protocols/{id}/simulate': () => ({ version: 1 }),
  '/v1/proposal-checks': () => ({ document: JSON.stringify(nextPassport()) }),
  '/v1/proposals': () => ({ document: 'id: x', statement: 'e30.e30.e30' }),
};

/** A learner who is advised, assessed and trained, agreed to something and asked something. Gives by what name the issuer knows her. */
const happen = async (town: Town): Promise<string> => {
  const uln = ulnOf(1);
  await town.tell('careers', registration(uln, 'c-1'), adviser(uln), referral(uln, 'forge', { referralId: 'r-1' }), assessment(uln));
  await town.tell('careers', consent(uln, 'k-1', { recipients: ['provider'] }));
  await town.tell('forge', about(uln, 'referral.accepted', { referralId: 'r-1', of: 'careers' }), programme(uln, 'p-1'));
  await town.tell('forge', registration(ulnOf(2), 'f-2', { familyName: 'Alike' }));
  await town.tell('careers', registration(ulnOf(3), 'c-3', { familyName: 'Alike' }));
  await town.tell('careers', registration(ulnOf(4), 'c-4'));
  await town.tell('forge', registration(ulnOf(4), 'f-4', { givenName: 'Ann', dateOfBirth: '2009-04-03' }));
  await town.passport('forge', 'plan-learning', ULN);
  const id = await learnerOf(town, uln);
  const learner = town.node.pseudonyms.of(LEARNERS_OWN, id);
  const question = { ...about(uln, 'question.asked', { questionId: 'q-1', about: 'careers', text: 'Why?' }), subject: learner };
  const authorization = `Bearer ${await town.learnersToken(PAGE, id)}`;
  const sent = await town.post(await town.jws(PAGE, town.event(PAGE, question)), { authorization });
  if (!(await sent.text()).includes('"accepted"')) throw new Error('The question was not taken.');
  return learner;
};

const positionOf = async (town: Town, type: string): Promise<string> =>
  String((await town.node.store.readAll({ limit: 10_000 })).findLast((event) => event.type === type)?.position ?? 0);

const NOT_THERE = '999999999';
const NO_TEXT = '0'.repeat(64);
const NO_MATCH = 'same-number.00000000-0000-4000-8000-000000000000.00000000-0000-4000-8000-000000000001';

const namesIn = async (town: Town, issuer: OtherIssuer): Promise<Names> => {
  const officer = await issuer.bearer({ office: 'dpo-partnership', staff_id: 'olu' });
  const post = async (path: string, body: object): Promise<Readonly<Record<string, string>>> => {
    const headers = { authorization: officer, 'content-type': JSON_BODY };
    return (await fetch(`${town.server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) })).json() as never;
  };
  const { simulation = '' } = await post('/v1/protocols/early-leaving/simulate', { version: 1 });
  const { privateJwk, kid } = town.keyOf('careers');
  const statement = await signProposal(nextPassport(), { jwk: privateJwk, alg: 'EdDSA', kid });
  const { proposal = '' } = await post('/v1/proposals', { document: JSON.stringify(nextPassport()), statement });
  await settled(town.node);
  const headers = { authorization: await issuer.bearer({ office: 'data-manager', staff_id: 'sam' }) };
  const queue = (await (await fetch(`${town.server.url}/v1/data-quality/matches`, { headers })).json()) as {
    readonly matches: readonly { readonly match: string }[];
  };
  const decided = await positionOf(town, 'uk.concordat.disclosure.decided.v1');
  const asked = await positionOf(town, 'uk.concordat.question.asked.v1');
  return {
    ref: [ULN, NOBODY],
    learner: [ULN, NOBODY],
    position: [decided, NOT_THERE],
    decision: [decided, NOT_THERE],
    '/v1/audit/questions/{position} position': [asked, NOT_THERE],
    '/v1/audit/consents/{ref}/{id} id': ['careers/k-1', 'careers/k-9'],
    id: ['early-leaving', 'nothing'],
    version: ['1', '99'],
    against: ['1', '99'],
    agency: ['careers', 'careers'],
    day: ['2026-10-01', '2026-10-01'],
    purpose: ['plan-learning', 'plan-learning'],
    table: ['starts-and-finishes', 'nothing'],
    period: ['2026-08', '2026-08'],
    match: [queue.matches[0]?.match ?? '', NO_MATCH],
    simulation: [simulation, '00000000-0000-4000-8000-000000000000'],
    proposal: [proposal, NO_TEXT],
  };
};
