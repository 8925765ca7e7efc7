// A learner sees what is held, and says things; whoever is not that learner sees and says nothing (console.md, 4.4; ADR 54).
import { LEARNERS_OWN } from '#access';
import { LIST_DECIDED, replay } from '#disclosure';
import { outcomes, type OwnBody, OwnTown, PAGE, type Row, ULN } from './own-town.ts';
import { allDecisions } from './recorded-decisions.ts';
import { about } from './told.ts';
import { assessment, ulnOf } from './town.ts';

let page: OwnTown;
beforeAll(async () => {
  page = await OwnTown.open();
});
afterAll(() => page.close());

const READ = ['uk.concordat.assessment.recorded.v1', 'full'];

describe('what is held', () => {
  it('is told by kind, with whose it is, what it says, and where it may go', async () => {
    const { status, body } = await page.me('record');
    expect(status).toBe(200);
    expect(body.learner).toBe(page.named(page.ann));
    expect(body['kinds']).toContainEqual({
      category: 'assessment',
      sentence: { en: expect.any(String), cy: expect.any(String) },
      items: 1,
      sources: ['careers'],
      lastOn: '2026-10-01',
    });
    const item = (body['items'] as readonly Row[]).find(({ type }) => type === 'assessment.recorded');
    expect(item).toMatchObject({
      source: 'careers',
      on: '2026-10-01',
      held: 'e2e-passport@1',
      shared: expect.arrayContaining(['e2e-passport@1#EP3', 'e2e-passport@1#EP4']),
      data: { assessmentId: `a-${ULN}`, outcome: { summary: 'Reads well.' } },
    });
    expect(body['clauses']).toContainEqual(
      expect.objectContaining({
        clause: 'e2e-passport@1#EP3',
        consent: 'required',
        basis: '6(1)(e)',
        objectable: true,
        keptFor: expect.stringMatching(/^P\d+[YM]$/),
      }),
    );
  });

  it('is recorded before it leaves, and comes a category and a page at a time', async () => {
    const before = await page.town.node.store.head();
    const { body } = await page.me('record', '?category=referral&limit=1');
    expect((await allDecisions(page.town)).filter(({ position, actor }) => position > before && actor === LEARNERS_OWN)).toMatchObject([
      { learner: page.ann, actor: LEARNERS_OWN, decided: { asked: 'own-record' } },
    ]);
    const next = String(body['next']);
    const second = await page.me('record', `?category=referral&limit=1&cursor=${next}`);
    const typesOf = (one: OwnBody): readonly unknown[] => (one['items'] as readonly Row[]).map(({ type }) => type);
    expect([typesOf(body), typesOf(second.body)]).toEqual([['referral.accepted'], ['referral.made']]);
    expect((await page.me('record', `?category=assessment&cursor=${next}`)).body).toMatchObject({ code: 'cursor-malformed' });
    expect((await page.me('record', '?colour=red')).body).toMatchObject({ code: 'filter-unknown' });
    expect((await page.me('record', '?category=red')).body).toMatchObject({ code: 'filter-invalid' });
  });

  it('shows nothing of what its source withholds, and no trace of it', async () => {
    const whole = await page.me('record');
    const known = await page.rows('sharing', 'knownTo');
    expect(known).toContainEqual({ agency: 'careers', knows: expect.arrayContaining(['assessment', 'referral']), stopped: [] });
    const note = { ...about(ULN, 'circumstance.noted', { kind: 'housing', note: 'Threats at home' }), id: 'note-1' };
    await page.town.tell('careers', note);
    await page.town.tell('careers', about(ULN, 'withholding.stated', { of: note.id, ground: 'serious-harm', until: '2026-12-01' }));
    const meanwhile = await page.me('record');
    expect(meanwhile.body['items']).toEqual(whole.body['items']);
    expect(meanwhile.body['kinds']).toEqual(whole.body['kinds']);
    expect(await page.rows('sharing', 'knownTo')).toEqual(known);
    await page.town.tell('careers', about(ULN, 'withholding.ended', { of: note.id }));
    const shown = ((await page.me('record', '?category=circumstance')).body['items'] as readonly Row[])[0];
    expect(shown).toMatchObject({ type: 'circumstance.noted', notShownBefore: true, data: { note: 'Threats at home' } });
  });
});

describe('who helps', () => {
  it('is whom the own file names', async () =>
    expect(await page.rows('people')).toEqual([
      { role: 'personal-adviser', name: 'Pat Adviser', agency: 'careers', office: null, contact: null, since: '2026-10-01' },
    ]));
});

describe('programme, reviews and achievements', () => {
  it('are told whole, each achievement once, and nothing of what is withheld', async () => {
    const award = { kind: 'accredited', title: 'Food Safety', level: 'level-1', awardedOn: '2026-10-01' } as const;
    await page.town.tell('forge', about(ULN, 'achievement.recorded', { ...award, achievementId: 'b-1' }));
    await page.town.tell('forge', about(ULN, 'achievement.recorded', { ...award, title: 'food safety.', achievementId: 'b-2' }));
    const { body } = await page.me('plan');
    expect(body['programmes']).toMatchObject([{ programmeId: `p-${ULN}`, of: 'forge', primary: true }]);
    expect(body['achievements']).toMatchObject([{ title: 'Food Safety', by: 'forge', alsoBy: [] }]);
    const hidden = { ...about(ULN, 'achievement.recorded', { ...award, achievementId: 'b-3', title: 'First Aid' }), id: 'award-3' };
    await page.town.tell('forge', hidden);
    await page.town.tell('forge', about(ULN, 'withholding.stated', { of: hidden.id, ground: 'serious-harm', until: '2026-12-01' }));
    expect((await page.me('plan')).body['achievements']).toEqual(body['achievements']);
    expect((await page.me('plan', '', page.ben)).text).not.toContain('Food Safety');
  });
});

describe('the learner’s acts', () => {
  it('are nobody’s but the learner’s: not of who holds the page’s key, nor of another who is signed in', async () => {
    const stop = about(ULN, 'consent.withdrawn', { consentId: 'k-1', by: 'learner', of: 'careers' });
    const before = await page.passportBy('forge');
    expect(before).toContainEqual(READ);
    expect(outcomes(await page.act(undefined, stop))).toEqual(['role-not-allowed']);
    expect(outcomes(await page.act(page.ben, stop))).toEqual(['no-such-learner']);
    expect(outcomes(await page.act(page.ben, page.own(page.ann, stop)))).toEqual(['no-such-learner']);
    expect(outcomes(await page.act(page.ben, { ...stop, subject: `uln:${ulnOf(77)}` }))).toEqual(['no-such-learner']);
    expect(await page.passportBy('forge')).toEqual(before);
  });

  it('are sent by no other agency with a learner’s token', async () => {
    const jws = await page.town.jws('careers', page.town.event('careers', assessment(ULN)));
    expect((await page.town.post(jws, { authorization: await page.bearerOf(page.ann) })).status).toBe(403);
  });

  it('ask and complain, and are answered on the same line', async () => {
    const asked = { questionId: 'q-1', about: 'forge', regarding: 'the look of 1 October', text: 'Why did you look?' };
    const made = { complaintId: 'x-1', about: 'careers', text: 'My address is wrong.' };
    expect(
      outcomes(
        await page.act(
          page.ann,
          page.own(page.ann, about(ULN, 'question.asked', asked)),
          page.own(page.ann, about(ULN, 'complaint.made', made)),
        ),
      ),
    ).toEqual(['accepted', 'accepted']);
    expect(await page.rows('questions')).toMatchObject([{ id: 'q-1', about: 'forge', state: 'waiting', answers: [] }]);
    expect(await page.rows('complaints')).toMatchObject([{ id: 'x-1', state: 'waiting', answerBy: '2026-11-12', overdue: false }]);
    await page.town.tell('forge', about(ULN, 'question.answered', { questionId: 'q-1', text: 'To plan your course.', of: PAGE }));
    await page.town.tell(
      'careers',
      about(ULN, 'complaint.acknowledged', { complaintId: 'x-1', text: 'We have it.', due: '2026-10-20', of: PAGE }),
    );
    expect(await page.rows('questions')).toMatchObject([{ state: 'answered', answers: [{ text: 'To plan your course.', from: 'forge' }] }]);
    expect(await page.rows('complaints')).toMatchObject([{ state: 'acknowledged', answerBy: '2026-10-20' }]);
    expect(await page.rows('questions', 'rows', page.ben)).toEqual([]);
  });

  it('say what the learner thinks, and object', async () => {
    const scope = { categories: ['attendance'], recipients: ['council'] };
    const feedback = about(ULN, 'feedback.given', { about: 'forge', theme: 'course', rating: 4 });
    const objection = about(ULN, 'objection.raised', { scope, reason: 'It is nobody’s business.' });
    expect(outcomes(await page.act(page.ann, page.own(page.ann, feedback), page.own(page.ann, objection)))).toEqual([
      'accepted',
      'accepted',
    ]);
    expect(await page.rows('voice')).toMatchObject([{ about: 'forge', theme: 'course', rating: 4, answers: [] }]);
    expect(await page.rows('requests')).toMatchObject([{ kind: 'objection', ...scope, state: 'waiting', by: PAGE }]);
  });
});

describe('what an agency does about what was said', () => {
  const answer = (theme: string, period: string, action: string) =>
    ({ type: 'feedback.answered', data: { about: 'forge', theme, period, action } }) as const;

  it('is told to whoever said it, of that theme and time, and to nobody else', async () => {
    const { town } = page;
    await town.tell(
      'forge',
      answer('Course', '2026-Q4', 'Smaller groups'),
      answer('course', '2026', 'A second tutor'),
      answer('course', '2025-Q4', 'Long ago'),
      answer('travel', '2026-Q4', 'A bus'),
    );
    // Said by somebody who is not named: no learner's own, though a clause names the category.
    await town.tell('voices', { type: 'feedback.given', data: { about: 'forge', theme: 'course', comment: 'Said in confidence' } });
    await town.node.projections.waitFor('feedback-things', await town.node.store.head(), 10_000);
    const before = await town.node.store.head();
    const { text, body } = await page.me('voice');
    expect(body['rows']).toMatchObject([
      {
        theme: 'course',
        answers: expect.arrayContaining([
          { by: 'forge', on: '2026-10-01', action: 'Smaller groups' },
          { by: 'forge', on: '2026-10-01', action: 'A second tutor' },
        ]),
      },
    ]);
    expect(text).not.toMatch(/Long ago|A bus|in confidence/);
    expect((await page.me('voice', '', page.ben)).body['rows']).toEqual([]);
    // Decided and recorded as any page of things, and replays.
    const recorded = (await town.node.store.readAll({ after: before, limit: 100 })).filter(({ type }) => type === LIST_DECIDED);
    expect(recorded).toHaveLength(1);
    for (const event of recorded) {
      const told = await replay(town.node, event);
      expect(told?.again).toEqual(told?.recorded);
    }
  });
});

describe('strangers', () => {
  const PATHS = ['record', 'sharing', 'people', 'plan', 'questions', 'complaints', 'requests', 'voice'];

  it.each(PATHS)('see nothing of it: %s', async (path) => {
    expect((await page.answerTo(`Bearer ${await page.town.tokenOf('careers')}`, `/v1/me/${path}`)).body).toMatchObject({
      code: 'not-permitted',
    });
    expect((await page.answerTo(`Bearer ${await page.town.tokenOf(PAGE)}`, `/v1/me/${path}`)).status).toBe(403);
    const unsigned = await fetch(`${page.town.server.url}/v1/me/${path}`);
    expect(unsigned.status).toBe(401);
    expect((await page.me(path, '', page.ben)).text).not.toContain(page.named(page.ann));
  });

  it('are a learner whom nobody knows: nothing is found, and that is recorded', async () => {
    const before = await page.town.node.store.head();
    const nobody = '6b1f1c1e-0d5e-4c7e-9f0a-111111111111';
    expect((await page.me('record', '', nobody)).body).toMatchObject({ code: 'no-such-learner' });
    expect(await page.town.node.store.head()).toBe(before + 1);
  });
});
