// S22: what was achieved, once however often it was recorded, and the individual learning plan (views.md; E2E App. 1).
import { jest } from '@jest/globals';
import { allDocuments, SeenItems } from '#read-models';
import { DEV, DocumentsTown, type Entry } from './documents-town.ts';
import { learnerIdOf } from './recorded-decisions.ts';
import { about, programme, referral } from './told.ts';
import { consent, registration } from './town.ts';

jest.setTimeout(90_000);

const SUPPORT = 'support-learner, plan-learning';

let town: DocumentsTown;
const rows = (agency: string): Promise<readonly Entry[]> => town.rows(agency, 'progress-file', { uln: DEV, purposes: SUPPORT });
const ilpOf = async (agency: string, search = ''): Promise<Entry> =>
  (await town.ask(agency, 'ilp', { uln: DEV, purposes: SUPPORT, search })).body;
const achieved = (achievementId: string, title: string, awardedOn: string, more: object = {}) =>
  about(DEV, 'achievement.recorded', { achievementId, kind: 'accredited', title, level: 'level-1', awardedOn, ...more });

beforeAll(async () => {
  town = await DocumentsTown.open('2026-03-02');
  await town.on(
    '2026-03-02',
    'connexions-north',
    registration(DEV, 'cn-4'),
    about(DEV, 'learner.adviser-assigned', { name: 'Sam', role: 'personal-adviser' }),
    referral(DEV, 'bct'),
    referral(DEV, 'wulfrun'),
  );
  await town.on(
    '2026-03-09',
    'bct',
    registration(DEV, 'b-4'),
    programme(DEV, 'p-b', { startedOn: '2026-03-09', plannedEnd: '2026-12-01' }),
  );
  await town.on(
    '2026-03-09',
    'wulfrun',
    registration(DEV, 'w-4'),
    programme(DEV, 'p-w', { kind: 'fe-course', startedOn: '2026-03-09', plannedEnd: '2026-12-01' }),
  );
  await town.on('2026-06-04', 'bct', achieved('x-b', 'Food Safety', '2026-06-04'));
  await town.on(
    '2026-06-20',
    'wulfrun',
    achieved('x-w', ' FOOD  safety.', '2026-06-19'),
    achieved('x-2', 'Team challenge', '2026-06-20', { kind: 'non-accredited' }),
  );
});
afterAll(() => town.close());

describe('the progress file', () => {
  it('has what two agencies recorded once, to the adviser by whom and also by whom', async () => {
    expect((await rows('connexions-north')).map(({ achievementId, title, by, alsoBy }) => [achievementId, title, by, alsoBy])).toEqual([
      ['x-2', 'Team challenge', 'wulfrun', []],
      ['x-b', 'Food Safety', 'bct', ['wulfrun']],
    ]);
  });

  it('shows each agency its own, and of others nothing but with consent', async () => {
    const mine = async (agency: string): Promise<unknown> =>
      (await rows(agency)).map(({ achievementId, by, alsoBy }) => [achievementId, by, alsoBy]);
    expect(await mine('bct')).toEqual([['x-b', 'bct', []]]);
    expect(await mine('wulfrun')).toEqual([
      ['x-2', 'wulfrun', []],
      ['x-w', 'wulfrun', []],
    ]);
    await town.on(
      '2026-06-21',
      'connexions-north',
      consent(DEV, 'k-4', { categories: ['achievement'], recipients: ['wulfrun'], method: 'signed-form', evidence: 'Form 4' }),
    );
    expect(await mine('wulfrun')).toEqual([
      ['x-2', 'wulfrun', []],
      ['x-b', 'bct', ['wulfrun']],
    ]);
    expect(await mine('bct')).toEqual([['x-b', 'bct', []]]);
    await town.on('2026-06-22', 'connexions-north', about(DEV, 'consent.withdrawn', { consentId: 'k-4', by: 'learner' }));
    expect(await mine('wulfrun')).toEqual([
      ['x-2', 'wulfrun', []],
      ['x-w', 'wulfrun', []],
    ]);
  });

  it('is the learner’s whole', async () => {
    const [document] = allDocuments.filter(({ name }) => name === 'progress-file');
    const learner = await learnerIdOf(town.town, 'connexions-north', `uln:${DEV}`);
    if (!document) throw new Error('There is no progress file.');
    const told = await town.town.node.gate.document({
      asker: { learner },
      ref: 'me',
      purposes: ['know-own-record'],
      asked: document.name,
      document: { ...document.items, parameters: {} },
    });
    if (told.outcome !== 'answered') throw new Error(told.outcome);
    const content = document.content(new SeenItems(told.items), { on: '2026-06-22', chosen: {}, facts: told.facts });
    expect((content['rows'] as readonly Entry[]).map(({ title, alsoBy }) => [title, alsoBy])).toEqual([
      ['Team challenge', []],
      ['Food Safety', ['wulfrun']],
    ]);
  });

  it('tells strangers what it tells of nobody', async () => {
    for (const name of ['progress-file', 'ilp']) await town.expectStrangers(name, DEV, ['hts', 'forge', 'connexions-south']);
  });
});

describe('the individual learning plan', () => {
  const agreed = (version: number, objectives: readonly string[], more: object = {}) =>
    about(DEV, 'programme.agreed', { programmeId: 'p-b', version, objectives, ...more });
  const held = (reviewId: string, heldOn: string, actions: readonly string[]) =>
    about(DEV, 'review.held', {
      reviewId,
      programmeId: 'p-b',
      heldOn,
      attendees: ['learner', 'Key worker', 'personal-adviser'],
      summary: 'On course.',
      actions,
    });

  it('is made of the version agreed last, and of what reviews left to be done', async () => {
    await town.on('2026-06-23', 'bct', agreed(1, ['Level 1 literacy', 'A placement'], { support: ['Travel card'] }));
    await town.on('2026-07-01', 'bct', held('v-1', '2026-07-01', ['Bus times checked', 'CV written']));
    await town.on(
      '2026-07-10',
      'bct',
      agreed(2, ['Level 1 literacy', 'A job interview'], { support: ['Travel card', 'Mentor'], strands: ['vocational'] }),
    );
    await town.on('2026-08-01', 'bct', held('v-2', '2026-08-01', ['CV written']));
    const plan = {
      objectives: [
        {
          text: 'Level 1 literacy',
          programmeId: 'p-b',
          of: 'bct',
          version: '2',
          since: '2026-06-23',
          reviewed: ['2026-07-01', '2026-08-01'],
        },
        { text: 'A job interview', programmeId: 'p-b', of: 'bct', version: '2', since: '2026-07-10', reviewed: ['2026-08-01'] },
      ],
      support: ['Travel card', 'Mentor'],
      actions: [
        { text: 'Bus times checked', fromReview: 'v-1', programmeId: 'p-b', done: true },
        { text: 'CV written', fromReview: 'v-1', programmeId: 'p-b', done: false },
      ],
      strands: ['vocational'],
    };
    for (const agency of ['connexions-north', 'bct']) expect(await ilpOf(agency)).toMatchObject(plan);
    expect(await ilpOf('wulfrun')).toMatchObject({ objectives: [], support: [], actions: [], strands: [] });
  });

  it('ends with the programme', async () => {
    await town.on(
      '2026-08-10',
      'bct',
      about(DEV, 'programme.left-early', { programmeId: 'p-b', leftOn: '2026-08-10', reason: 'job-offer' }),
    );
    // Leaving is the adviser's for tracking alone: for these purposes nobody is told of it, but whose it is.
    expect(await ilpOf('bct')).toMatchObject({ objectives: [] });
    expect(await ilpOf('bct', '?on=2026-08-09')).toMatchObject({ objectives: [{}, {}] });
    await town.expectReplays();
  });
});
