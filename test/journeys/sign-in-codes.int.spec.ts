// A learner signs in for the first time with a code that somebody handed over who meets them; nobody else is given one, and none is guessed
// (console.md, 1 and 9; ADR 54).
import type { fixedClock } from '#kernel';
import { OwnTown, PAGE, ULN } from './own-town.ts';
import { registration } from './town.ts';

let page: OwnTown;
beforeAll(async () => {
  page = await OwnTown.open();
});
afterAll(() => page.close());

const SUBJECT = `uln:${ULN}`;
const HOUR = 3_600_000;
const CODE_TRIED = 'uk.concordat.sign-in.code-tried.v1';
const clock = (): ReturnType<typeof fixedClock> => page.town.node.clock as ReturnType<typeof fixedClock>;

const post = async (agency: string, path: string, body: unknown) => {
  const headers = { authorization: `Bearer ${await page.town.tokenOf(agency)}`, 'content-type': 'application/json' };
  const response = await fetch(`${page.town.server.url}${path}`, { method: 'POST', headers, body: JSON.stringify(body) });
  const text = await response.text();
  page.check({ method: 'post', path, response, text });
  return { status: response.status, body: JSON.parse(text) as Readonly<Record<string, unknown>> };
};
const issue = (agency: string, ref = SUBJECT) => post(agency, '/v1/session/codes', { ref });
const redeem = (code: unknown, agency = PAGE) => post(agency, '/v1/session/codes/redeem', { code });
const redeemFrom = (from: unknown, code: unknown) => post(PAGE, '/v1/session/codes/redeem', { code, from });
/** As long as a code, with the part that finds it, and wrong. */
const wrong = (code: string): string => `${code.slice(0, 5)}0000-0000-0000`;
const codeBy = async (agency: string): Promise<string> => String((await issue(agency)).body['code']);
const NO_CODE = { status: 404, body: { code: 'no-such-code' } };

describe('a code', () => {
  it('is handed over by who advises or trains the learner, and signs the learner in, once', async () => {
    const code = await codeBy('careers');
    expect(code).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}(?:-[0-9A-HJKMNP-TV-Z]{4}){3}$/);
    const { status, body } = await redeem(` ${code.toLowerCase().replaceAll('-', ' ')} `);
    expect([status, body['learner']]).toEqual([200, page.named(page.ann)]);
    const record = await page.answerTo(`Bearer ${String(body['access_token'])}`, '/v1/me/record');
    expect(record.body.learner).toBe(page.named(page.ann));
    expect(await redeem(code)).toMatchObject(NO_CODE);
    expect((await issue('forge')).status).toBe(200);
  });

  it('is recorded where it is issued and where it is used, and the learner sees both', async () => {
    const { body } = await page.me('seen', '?route=look');
    const told = (body['decisions'] as readonly { readonly recipient: string; readonly asked: string }[]).map(({ recipient, asked }) => [
      recipient,
      asked,
    ]);
    expect(told).toContainEqual(['careers', 'sign-in-code']);
    expect(told).toContainEqual(['operator:learner', 'signed-in']);
  });

  it('is given to nobody who does not meet the learner: a stranger that knows the number is told what it is told of nobody', async () => {
    await page.town.tell('stranger', registration(ULN, 's-9', { givenName: 'Sam', dateOfBirth: '2010-05-06' }));
    const nobody = await issue('stranger', 'uln:1000000000');
    for (const agency of ['stranger', 'anvil', 'council', PAGE]) expect(await issue(agency)).toEqual(nobody);
    expect(nobody).toMatchObject({ status: 404, body: { code: 'no-such-learner' } });
  });

  it('is redeemed by a learner’s page alone', async () => {
    const code = await codeBy('careers');
    expect(await redeem(code, 'careers')).toMatchObject({ status: 403, body: { code: 'not-permitted' } });
    expect((await redeem(code)).status).toBe(200);
  });

  it('signs in one of two who type it at once', async () => {
    const code = await codeBy('careers');
    const outcomes = await Promise.all([redeem(code), redeem(code), redeem(code)]);
    expect(outcomes.map(({ status }) => status).sort()).toEqual([200, 404, 404]);
  });

  it('bears five tries', async () => {
    const [spared, burnt] = [await codeBy('careers'), await codeBy('careers')];
    for (let tries = 0; tries < 4; tries++) expect(await redeem(wrong(spared))).toMatchObject(NO_CODE);
    expect((await redeem(spared)).status).toBe(200);
    for (let tries = 0; tries < 5; tries++) await redeem(wrong(burnt));
    expect(await redeem(burnt)).toMatchObject(NO_CODE);
  });

  it('is over after three days', async () => {
    const [kept, late] = [await codeBy('careers'), await codeBy('careers')];
    clock().set(clock().now() + 71 * HOUR);
    expect((await redeem(kept)).status).toBe(200);
    clock().set(clock().now() + HOUR);
    expect(await redeem(late)).toMatchObject(NO_CODE);
  });

  it('is none where it is none, and who tries too many waits', async () => {
    expect(await redeem('7K2M-Q4TX-9HBD-W3ZR')).toMatchObject(NO_CODE);
    expect(await redeem('hello')).toMatchObject(NO_CODE);
    expect(await redeem('')).toMatchObject({ status: 400, body: { code: 'bad-request' } });
    const statuses = new Set<number>();
    for (let tries = 0; tries < 31; tries++) statuses.add((await redeem('nothing')).status);
    expect(statuses).toContain(429);
  });

  it.each(['', 'x'.repeat(101), 7, null, []])('is typed at a place that is a short text, and not %j', async (from) => {
    expect(await redeemFrom(from, 'nothing')).toMatchObject({ status: 400, body: { code: 'bad-request' } });
  });

  it('bears no more tries of many at once, from many places, than of one after the other', async () => {
    const tried = async (): Promise<number> =>
      (await page.town.node.store.readAll({ after: 0, limit: 1_000_000 })).filter(({ type }) => type === CODE_TRIED).length;
    const [code, before] = [await codeBy('careers'), await tried()];
    await Promise.all(Array.from({ length: 20 }, (_, place) => redeemFrom(`browser-${place}`, wrong(code))));
    expect((await tried()) - before).toBe(5);
    expect(await redeemFrom('another', code)).toMatchObject(NO_CODE);
  });

  it('is asked for thirty times a minute from one place with wrong ones, also all at once, and others sign in meanwhile', async () => {
    const guesses = await Promise.all(Array.from({ length: 400 }, () => redeemFrom('guesser', 'nothing')));
    expect(guesses.filter(({ status }) => status === 404)).toHaveLength(30);
    expect(guesses.filter(({ status }) => status === 429)).toHaveLength(370);
    const code = await codeBy('careers');
    expect((await redeemFrom('guesser', code)).status).toBe(429);
    expect((await redeemFrom('somebody', code)).status).toBe(200);
  });

  it('may be right as often as there are codes, also where a whole school types them', async () => {
    for (let pupil = 0; pupil < 31; pupil++) expect((await redeemFrom('school', await codeBy('careers'))).status).toBe(200);
  });

  it('is asked for three hundred times a minute with wrong ones of one page, from however many places', async () => {
    const guesses = await Promise.all(Array.from({ length: 700 }, (_, place) => redeemFrom(`place-${place}`, 'nothing')));
    expect(new Set(guesses.map(({ status }) => status))).toEqual(new Set([404, 429]));
  });
});
