// Queries about a learner (contracts.md, HTTP): purposes, refusals, refs, pages and positions.
import { fixedClock } from '#kernel';
import { assessment, registration, type Seen, Town, ulnOf } from './town.ts';
import { about, adviser, linesOf, MORNING, programme, referral } from './told.ts';

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

describe('the purpose', () => {
  it.each([
    ['purpose-missing', undefined],
    ['purpose-missing', ' , '],
    ['purpose-unknown', 'curiosity'],
    ['purpose-unknown', 'plan-learning, curiosity'],
    ['purpose-unknown', 'any'],
  ])('%s: %s gets 400, whether there is such a learner or not', async (code, purpose) => {
    for (const ref of [`uln:${await newLearner()}`, `uln:${ulnOf(9999)}`]) {
      const { status, body } = await town.read('forge', purpose, `${ref}/passport`);
      expect([status, body.code]).toEqual([400, code]);
    }
  });

  it('of each item is the one of several that permitted it', async () => {
    const uln = await newLearner();
    await town.tell('careers', assessment(uln), assessment(uln, { framework: 'risk-of-failing' }));
    const { body } = await town.passport('forge', 'support-learner,plan-learning , deliver-programme', `uln:${uln}`);
    expect(body).toMatchObject({ purposes: ['support-learner', 'plan-learning', 'deliver-programme'] });
    const cited = (body.items ?? []).map(({ clause, purpose }) => `${clause.replace(/.*#/, '')} ${purpose}`);
    const delivering = ['EP1', 'EP1', 'EP2'].map((clause) => `${clause} deliver-programme`);
    expect(cited).toEqual([...delivering, 'EP4 plan-learning', 'EP12 support-learner']);
  });
});

describe('an agency with a relationship', () => {
  it('that contributed nothing gets 403 where no clause permits; the clauses named do not depend on what is held', async () => {
    const [little, much] = [await newLearner(), await newLearner()];
    await town.tell('careers', housing(much, 'CANARY'));
    await town.tell('wulfrun', programme(much, 'CANARY'));
    const answers = await Promise.all([little, much].map((uln) => town.passport('forge', 'plan-learning', `uln:${uln}`)));
    expect(answers.map(({ status }) => status)).toEqual([403, 403]);
    expect(answers[0]?.text).toBe(answers[1]?.text);
    expect(answers[0]?.body.code).toBe('not-permitted');
    expect(answers[0]?.body.clauses).toEqual(expect.arrayContaining(['e2e-passport@1#EP3', 'initial-assessment-reuse@1#AR1']));
    expect(answers[0]?.body.clauses?.some((clause) => /#(EP1|EP5|YJ2)$/.test(clause))).toBe(false);
    expect(answers[0]?.text).not.toContain('CANARY');
  });

  it('gets what it contributed itself whatever the purpose, also when no relationship remains', async () => {
    const uln = await newLearner();
    await town.tell('forge', housing(uln, 'Told by forge.'), assessment(uln, { framework: 'screening' }));
    const { body: before } = await town.passport('forge', 'deliver-programme', `uln:${uln}`);
    const referralId = String(before.items?.find(({ category }) => category === 'referral')?.data['referralId']);
    await town.tell('forge', about(uln, 'referral.declined', { referralId }));
    const { status, body } = await town.passport('forge', 'plan-provision', `uln:${uln}`);
    expect(status).toBe(200);
    expect(body.items).toMatchObject([
      { type: 'uk.concordat.circumstance.noted.v1', clause: 'own', basis: 'own', level: 'full', data: { note: 'Told by forge.' } },
      { type: 'uk.concordat.assessment.recorded.v1', clause: 'own' },
      { type: 'uk.concordat.referral.declined.v1', clause: 'own' },
    ]);
    expect(body.items?.every(({ purpose }) => purpose === undefined)).toBe(true);
  });
});

describe('a learner who may not be seen', () => {
  const STABLE = ['content-type', 'content-length', 'cache-control', 'retry-after', 'www-authenticate'];
  const headersOf = ({ headers }: Seen): unknown => STABLE.map((name) => headers.get(name));

  it('and one who does not exist, or a ref that names nobody, get the same 404', async () => {
    const uln = await newLearner();
    const [receipt] = await town.tell('careers', housing(uln, 'x'));
    const known = await town.passport('anvil', 'plan-learning', `uln:${uln}`);
    expect(known).toMatchObject({ status: 404, body: { code: 'no-such-learner' } });
    expect([...known.headers.keys()]).toContain('concordat-position');
    const nobody = [
      `uln:${ulnOf(9999)}`,
      'uln:12',
      `local:${'x'.repeat(100)}`,
      'psn:AAAAAAAAAAAAAAAAAAAAAA',
      'psn:',
      'nobody',
      '../../etc',
    ];
    const refs = [...nobody, `local:c-${uln}`, receipt?.learner];
    for (const query of ['passport', 'assessments', 'timeline']) {
      for (const ref of refs) {
        const answer = await town.read('anvil', 'plan-learning', `${encodeURIComponent(ref ?? '')}/${query}`);
        expect([answer.status, answer.text, headersOf(answer)]).toEqual([404, known.text, headersOf(known)]);
      }
    }
  });

  it('is told of as late as one who does not exist', async () => {
    const uln = await newLearner();
    const taken: Record<string, number[]> = { unrelated: [], unknown: [] };
    for (let round = 0; round < 25; round++) {
      for (const [kind, ref] of [
        ['unrelated', uln],
        ['unknown', ulnOf(5000 + round)],
      ] as const) {
        const began = performance.now();
        await town.passport('anvil', 'plan-learning', `uln:${ref}`);
        taken[kind]?.push(performance.now() - began);
      }
    }
    const median = (values: readonly number[] = []): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
    expect(Math.min(...Object.values(taken).flat())).toBeGreaterThan(20);
    expect(Math.abs(median(taken['unrelated']) - median(taken['unknown']))).toBeLessThan(25);
  });
});

describe('refs', () => {
  it('may be the ULN, the own local id, or the own pseudonym, which is another for each agency', async () => {
    const uln = await newLearner();
    const [byCareers] = await town.tell('careers', housing(uln, 'x'));
    const [byCollege] = await town.tell('wulfrun', programme(uln, 'p-1'));
    const refs = [`uln:${uln}`, `local:c-${uln}`, byCareers?.learner ?? ''];
    const answers = await Promise.all(refs.map((ref) => town.passport('careers', 'support-learner', ref)));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.body.learner).toBe(byCareers?.learner);
    expect(byCareers?.learner).not.toBe(byCollege?.learner);
  });

  it('may be a local id of 100 characters of any script', async () => {
    const localId = '学'.repeat(100);
    await town.tell('st-chads', { ...registration(ulnOf(++learners), localId), subject: `local:${localId}` });
    expect((await town.passport('st-chads', 'plan-learning', `local:${localId}`)).status).toBe(200);
  });
});

describe('assessments and timeline', () => {
  it('take the assessments alone, and everything by the time it happened', async () => {
    const uln = await newLearner();
    await town.tell(
      'careers',
      { ...housing(uln, 'earlier'), time: '2026-03-01T09:00:00Z' },
      assessment(uln),
      assessment(uln, { framework: 'apir' }),
    );
    const linesIn = async (query: string): Promise<readonly string[]> =>
      linesOf(await town.read('careers', 'plan-learning', `uln:${uln}/${query}`));
    expect(await linesIn('assessments')).toEqual(['assessment.recorded by own', 'assessment.recorded by own']);
    expect((await linesIn('timeline'))[0]).toBe('circumstance.noted by own');
    expect((await linesIn('passport'))[0]).toBe('learner.registered by own');
  });
});

describe('positions', () => {
  it('tell how fresh an answer is, and an answer older than asked for is 503', async () => {
    const uln = await newLearner();
    const [receipt] = await town.tell('careers', housing(uln, 'x'));
    const position = Number(receipt?.position);
    const fresh = await town.read('careers', 'plan-learning', `uln:${uln}/passport`, { 'concordat-min-position': String(position) });
    expect([fresh.status, fresh.headers.get('cache-control')]).toEqual([200, 'no-store']);
    expect(Number(fresh.headers.get('concordat-position'))).toBeGreaterThanOrEqual(position);
    const ahead = await town.read('careers', 'plan-learning', `uln:${uln}/passport`, { 'concordat-min-position': '999999' });
    expect([ahead.status, ahead.headers.has('retry-after')]).toEqual([503, true]);
    for (const wrong of ['x', '-1', '1.5']) {
      expect((await town.read('careers', 'plan-learning', `uln:${uln}/passport`, { 'concordat-min-position': wrong })).body.code).toBe(
        'position-malformed',
      );
    }
  });
});
