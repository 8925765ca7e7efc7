// Offices and learners ask by HTTP with tokens of an issuer that the operator believes about them; each look is one that the learner can
// see.
import type { JWTPayload } from 'jose';
import { LEARNERS_OWN } from '#access';
import { fixedClock, type LearnerId } from '#kernel';
import { OtherIssuer } from './other-issuer.ts';
import { allDecisions, learnerIdOf } from './recorded-decisions.ts';
import { assessment, registration, Town, ulnOf } from './town.ts';
import { adviser, MORNING, programme, referral } from './told.ts';

const clock = fixedClock(MORNING);
const uln = ulnOf(1);
let issuer: OtherIssuer;
let town: Town;
let learner: LearnerId;
beforeAll(async () => {
  issuer = await OtherIssuer.open(clock);
  town = await Town.open({ clock, following: true, environment: issuer.settings });
  await town.tell('careers', registration(uln, 'c-1'), adviser(uln), referral(uln, 'forge'), assessment(uln));
  learner = await learnerIdOf(town, 'careers', `uln:${uln}`);
});
afterAll(async () => {
  await town.close();
  issuer.close();
});

const ask = async (claims: JWTPayload, path: string, headers: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(`${town.server.url}${path}`, { headers: { authorization: await issuer.bearer(claims), ...headers } });
const passport = (ref: string): string => `/v1/learners/${ref}/passport`;
const RIGHTS = { purpose: 'answer-rights', 'concordat-reason': 'a request for access' };
const OFFICER = { office: 'dpo-partnership', staff_id: 'olu' };
const typesIn = async (response: Response): Promise<readonly string[]> =>
  ((await response.json()) as { readonly items: readonly { readonly type: string }[] }).items.map(({ type }) => type).sort();

describe('a data protection officer', () => {
  it('opens a record by its own pseudonym, with a reason; who looked and why is recorded', async () => {
    const answer = await ask(OFFICER, passport(town.node.pseudonyms.of('operator:dpo-partnership', learner)), RIGHTS);
    expect([answer.status, await typesIn(answer)]).toEqual([
      200,
      ['assessment.recorded', 'learner.adviser-assigned', 'learner.registered', 'referral.made'].map((type) => `uk.concordat.${type}.v1`),
    ]);
    expect((await allDecisions(town)).at(-1)).toMatchObject({
      learner,
      actor: 'operator:dpo-partnership',
      decided: { staff: 'olu', reason: 'a request for access', purposes: ['answer-rights'], outcome: 'answered' },
    });
  });

  it('is refused without a reason, and may not say nothing in it', async () => {
    const ref = town.node.pseudonyms.of('operator:dpo-partnership', learner);
    const refused = await ask(OFFICER, passport(ref), { purpose: 'answer-rights' });
    expect([refused.status, await refused.json()]).toEqual([403, expect.objectContaining({ clauses: ['oversight@1#OV2'] })]);
    for (const reason of ['because  ', 'nine char', 'x'.repeat(501)])
      expect((await ask(OFFICER, passport(ref), { ...RIGHTS, 'concordat-reason': reason })).status).toBe(400);
  });

  it('of an agency that has nothing to do with the learner is told as if there were none', async () => {
    const office = 'dpo-of:anvil';
    expect((await ask({ office }, passport(town.node.pseudonyms.of(`operator:${office}`, learner)), RIGHTS)).status).toBe(404);
    expect((await ask({ office }, passport('psn:AAAAAAAAAAAAAAAAAAAAAA'), RIGHTS)).status).toBe(404);
  });

  it('neither reads notices nor vouches, and asks for no list of an agency’s', async () => {
    for (const path of ['/v1/notices', '/v1/caseload']) {
      const answer = await ask(OFFICER, path, { purpose: 'support-learner' });
      expect([answer.status, await answer.json()]).toEqual([403, expect.objectContaining({ code: 'not-an-agency' })]);
    }
    const answer = await ask(OFFICER, '/v1/ties');
    expect([answer.status, await answer.json()]).toEqual([403, expect.objectContaining({ code: 'not-permitted', clauses: [] })]);
    expect(answer.headers.get('concordat-position')).toBe(String(await town.node.store.head()));
  });
});

describe('whose ties wait', () => {
  beforeAll(async () => {
    await town.tell('forge', registration(ulnOf(5), 'f-5'), programme(ulnOf(5), 'p-5'));
    await town.node.projections.waitFor('ties', await town.node.store.head(), 10_000);
  });
  const askedBy = async (claims: JWTPayload): Promise<readonly object[]> => {
    const answer = await ask(claims, '/v1/ties');
    expect(answer.status).toBe(200);
    return ((await answer.json()) as { readonly ties: readonly object[] }).ties;
  };

  it('the data manager is told of all of them, and a learner of the own ones', async () => {
    const id = await learnerIdOf(town, 'forge', 'local:f-5');
    const tie = { agency: 'forge', relationships: ['enrolled-with'] };
    expect(await askedBy({ office: 'data-manager' })).toContainEqual(expect.objectContaining({ ...tie, learner: id }));
    const own = town.node.pseudonyms.of(LEARNERS_OWN, id);
    expect(await askedBy({ learner: own })).toEqual([expect.objectContaining({ ...tie, learner: own })]);
  });
});

describe('a learner', () => {
  const claims = (): JWTPayload => ({ learner: town.node.pseudonyms.of(LEARNERS_OWN, learner) });

  it('reads the own record as `me`, and no other', async () => {
    const answer = await ask(claims(), passport('me'), { purpose: 'know-own-record' });
    expect([answer.status, await typesIn(answer)]).toEqual([200, expect.arrayContaining(['uk.concordat.assessment.recorded.v1'])]);
    expect((await allDecisions(town)).at(-1)).toMatchObject({ learner, actor: 'operator:learner' });
    expect((await ask(claims(), passport(`uln:${uln}`), { purpose: 'know-own-record' })).status).toBe(404);
  });

  it('sends no events', async () => {
    const jws = await town.jws('careers', town.event('careers', registration(ulnOf(2), 'c-2')));
    expect((await town.post(jws, { authorization: await issuer.bearer(claims()) })).status).toBe(403);
  });
});

describe('an issuer', () => {
  it('that is believed about offices and learners names no agency', async () => {
    expect((await ask({ agency: 'careers' }, passport(`uln:${uln}`), { purpose: 'plan-learning' })).status).toBe(401);
  });
});
