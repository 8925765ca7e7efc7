// Answers page by page (contracts.md, HTTP): no gap, no repeat, and nothing told by a page's end.
import { fixedClock } from '#kernel';
import { disclosureStream } from '#learner-file';
import { assessment, consent, registration, type SeenItem, Town, ulnOf } from './town.ts';
import { about, adviser, MORNING, referral } from './told.ts';

let town: Town;
beforeAll(async () => {
  town = await Town.open({ clock: fixedClock(MORNING) });
});
afterAll(() => town.close());

let learners = 0;
/** Known to `careers` and `college`; `forge` is referred to. */
const newLearner = async (): Promise<string> => {
  const uln = ulnOf(++learners);
  await town.tell('careers', registration(uln, `c-${uln}`), adviser(uln), referral(uln, 'forge'));
  await town.tell('wulfrun', registration(uln, `col-${uln}`));
  return uln;
};
const housing = (uln: string, note: string) => about(uln, 'circumstance.noted', { kind: 'housing', note });

describe('pages', () => {
  const idOf = async (uln: string): Promise<string> => {
    const { body } = await town.passport('careers', 'plan-learning', `uln:${uln}`);
    return town.node.pseudonyms.resolve('careers', body.learner ?? '') ?? '';
  };

  it('follow one another without gap or repeat, and each stands in the log', async () => {
    const uln = await newLearner();
    await town.tell('careers', ...Array.from({ length: 30 }, (_, n) => housing(uln, `note ${n}`)));
    const whole = await town.passport('careers', 'support-learner', `uln:${uln}`);
    const stream = disclosureStream(await idOf(uln));
    const before = (await town.node.store.readStream(stream)).length;
    const seen: unknown[] = [];
    let pages = 0;
    for (let cursor: string | undefined = ''; cursor !== undefined; pages++) {
      const { body } = await town.read('careers', 'support-learner', `uln:${uln}/passport?limit=7${cursor && `&cursor=${cursor}`}`);
      expect(body.items?.length).toBeLessThanOrEqual(7);
      seen.push(...(body.items ?? []));
      cursor = body.next;
    }
    expect(seen).toEqual(whole.body.items);
    expect(pages).toBe(Math.ceil(seen.length / 7));
    expect((await town.node.store.readStream(stream)).length).toBe(before + pages);
  });

  it('of a timeline go on by time, whatever is told meanwhile of earlier days', async () => {
    const uln = await newLearner();
    const day = (n: number): string => `2026-09-${String(n).padStart(2, '0')}T10:00:00Z`;
    const days = [17, 3, 22, 9, 14, 1, 28, 20, 6, 11, 25, 2];
    await town.tell('careers', ...days.map((n) => ({ ...housing(uln, `note ${n}`), time: day(n) })));
    const whole = await town.read('careers', 'support-learner', `uln:${uln}/timeline`);
    const seen: SeenItem[] = [];
    for (let cursor: string | undefined = ''; cursor !== undefined;) {
      const { body } = await town.read('careers', 'support-learner', `uln:${uln}/timeline?limit=4${cursor && `&cursor=${cursor}`}`);
      seen.push(...(body.items ?? []));
      cursor = body.next;
      await town.tell('careers', { ...housing(uln, 'meanwhile'), time: day(1) });
    }
    expect(seen).toEqual(whole.body.items);
    const notes = seen.map(({ data }) => data['note']).filter((note) => note !== undefined);
    expect(notes).toEqual([...days].sort((one, other) => one - other).map((n) => `note ${n}`));
  });

  it('of one question do not begin where those of another do', async () => {
    const uln = await newLearner();
    await town.tell('careers', housing(uln, 'x'), housing(uln, 'y'));
    const { body } = await town.read('careers', 'support-learner', `uln:${uln}/passport?limit=1`);
    expect((await town.read('careers', 'support-learner', `uln:${uln}/timeline?limit=1&cursor=${body.next}`)).body.code).toBe(
      'cursor-malformed',
    );
  });

  it('do not tell by a further page of what the recipient may not see', async () => {
    const uln = await newLearner();
    await town.tell('careers', consent(uln, 'c-1', { recipients: ['college'] }), assessment(uln), housing(uln, 'x'), housing(uln, 'y'));
    const { body } = await town.read('forge', 'plan-learning', `uln:${uln}/passport?limit=1`);
    expect(body.items).toHaveLength(1);
    expect(body.next).toBeUndefined();
  });

  it("begin where a cursor of the agency's own says, which tells nothing of how much lies between", async () => {
    const uln = await newLearner();
    await town.tell('careers', assessment(uln), assessment(uln, { domain: 'numeracy' }));
    await town.tell('wulfrun', assessment(uln, { domain: 'language' }));
    const path = `uln:${uln}/assessments?limit=1`;
    const [first, again] = [await town.read('forge', 'plan-learning', path), await town.read('forge', 'plan-learning', path)];
    expect(first.body.next).not.toBe(again.body.next);
    expect(Buffer.from(first.body.next ?? '', 'base64url').toString('latin1')).not.toMatch(/\d{6}/);
    expect((await town.read('forge', 'plan-learning', `${path}&cursor=${first.body.next}`)).status).toBe(200);
    expect((await town.read('careers', 'plan-learning', `${path}&cursor=${first.body.next}`)).body.code).toBe('cursor-malformed');
  });

  it.each(['limit=0', 'limit=501', 'limit=x', 'cursor=x', 'cursor=YzEuMQ%3D%3D', 'limit=1&limit=2'])('with %s get 400', async (query) => {
    expect((await town.read('careers', 'plan-learning', `uln:${ulnOf(1)}/passport?${query}`)).status).toBe(400);
  });
});
