// S4: endorsements of a learner: given, relied on, queried, answered, and what was reached (views.md; QPID 6.6–6.7).
import { jest } from '@jest/globals';
import { CHLOE, DocumentsTown, type Entry } from './documents-town.ts';
import { about, programme, referral } from './told.ts';
import { assessment, consent, registration } from './town.ts';

jest.setTimeout(90_000);

const NAME = 'learner-endorsements';
const PLAN = 'plan-learning';

let town: DocumentsTown;
const rows = (agency: string, search = '', purposes = PLAN): Promise<readonly Entry[]> =>
  town.rows(agency, NAME, { uln: CHLOE, purposes, search });

beforeAll(async () => {
  town = await DocumentsTown.open('2026-09-01');
  await town.on(
    '2026-09-01',
    'connexions-north',
    registration(CHLOE, 'cn-3'),
    about(CHLOE, 'learner.adviser-assigned', { name: 'Sam', role: 'personal-adviser' }),
  );
  await town.on(
    '2026-09-01',
    'connexions-north',
    assessment(CHLOE, { assessmentId: 'lit', outcome: { level: 'level-1', summary: 'Reads well.' } }),
  );
  await town.on(
    '2026-09-02',
    'connexions-north',
    about(CHLOE, 'endorsement.given', {
      endorsementId: 'e-1',
      programmeKind: 'apprenticeship',
      expectedLevel: 'level-2',
      supportNeeds: ['extra time'],
      basedOn: ['lit'],
    }),
    referral(CHLOE, 'bct', { referralId: 'r-3' }),
  );
  await town.on(
    '2026-09-07',
    'bct',
    registration(CHLOE, 'b-3'),
    programme(CHLOE, 'p-3', { kind: 'apprenticeship', startedOn: '2026-09-07' }),
  );
});
afterAll(() => town.close());

describe('an initial assessment', () => {
  it('is not repeated without a reason; a supplement that says why supersedes it', async () => {
    const literacy = (more: object = {}) =>
      assessment(CHLOE, { assessedOn: '2026-09-08', outcome: { level: 'entry-3', summary: 'Spelling.' }, ...more });
    town.comes('2026-09-08');
    const [repeat] = await town.town.send('bct', literacy());
    expect(repeat?.outcome).toBe('already-captured');
    await town.on(
      '2026-09-08',
      'bct',
      literacy({ assessmentId: 'lit-2', supersedes: { assessmentId: 'lit', reason: 'not-comprehensive' } }),
    );
    const known = await town.rows('bct', 'known-assessments', { uln: CHLOE, purposes: PLAN, search: '?history=true' });
    expect(known.map(({ assessmentId, by, standing, read }) => [assessmentId, by, standing, read])).toEqual([
      ['lit-2', 'bct', 'valid', 'full'],
      ['lit', 'connexions-north', 'superseded', 'existence'],
    ]);
  });
});

describe('an endorsement', () => {
  it('is read by the provider, the adviser and nobody else', async () => {
    for (const agency of ['bct', 'connexions-north']) {
      expect(await rows(agency)).toMatchObject([
        {
          endorsementId: 'e-1',
          programmeKind: 'apprenticeship',
          expectedLevel: 'level-2',
          supportNeeds: ['extra time'],
          basedOn: ['lit'],
          givenOn: '2026-09-02',
          by: 'connexions-north',
          state: 'given',
          due: null,
          queried: [],
          answer: null,
        },
      ]);
    }
    await town.expectStrangers(NAME, CHLOE, ['hts', 'wulfrun', 'connexions-south']);
  });

  it('queried and not answered is overdue after two weeks', async () => {
    await town.on(
      '2026-10-01',
      'bct',
      about(CHLOE, 'endorsement.queried', { endorsementId: 'e-1', of: 'connexions-north', reason: 'Spelling is weak' }),
    );
    const query = { reason: 'Spelling is weak', by: 'bct', on: '2026-10-01' };
    expect(await rows('connexions-north', '?on=2026-10-15')).toMatchObject([{ state: 'queried', due: '2026-10-15', queried: [query] }]);
    expect(await rows('connexions-north', '?on=2026-10-16')).toMatchObject([{ state: 'overdue' }]);
  });

  it('revised keeps what was first given; another query opens it anew', async () => {
    await town.on(
      '2026-10-17',
      'connexions-north',
      about(CHLOE, 'endorsement.answered', {
        endorsementId: 'e-1',
        outcome: 'revised',
        expectedLevel: 'level-1',
        reason: 'As assessed anew',
      }),
    );
    const answer = { outcome: 'revised', expectedLevel: 'level-1', on: '2026-10-17' };
    for (const agency of ['bct', 'connexions-north'])
      expect(await rows(agency)).toMatchObject([{ expectedLevel: 'level-2', state: 'answered', due: null, answer }]);
    await town.on(
      '2026-10-20',
      'bct',
      about(CHLOE, 'endorsement.queried', { endorsementId: 'e-1', of: 'connexions-north', reason: 'Still' }),
    );
    expect(await rows('bct')).toMatchObject([
      { state: 'queried', due: '2026-11-03', queried: [{ on: '2026-10-01' }, { on: '2026-10-20' }], answer },
    ]);
  });

  it('says what was reached only of what may be read', async () => {
    const reached = async (agency: string, purposes: string): Promise<unknown> => (await rows(agency, '', purposes))[0]?.['reached'];
    expect(await reached('bct', PLAN)).toEqual({ level: 'entry-3', on: '2026-09-08' });
    expect(await reached('connexions-north', `${PLAN}, support-learner`)).toBeNull();
    await town.on(
      '2026-10-21',
      'connexions-north',
      consent(CHLOE, 'k-3', { method: 'signed-form', evidence: 'Form 3', recipients: ['connexions'] }),
    );
    expect(await reached('connexions-north', `${PLAN}, support-learner`)).toEqual({ level: 'entry-3', on: '2026-09-08' });
    await town.on(
      '2026-11-02',
      'bct',
      about(CHLOE, 'achievement.recorded', {
        achievementId: 'x-1',
        kind: 'accredited',
        title: 'Key skills',
        level: 'level-1',
        awardedOn: '2026-11-02',
      }),
      about(CHLOE, 'achievement.recorded', {
        achievementId: 'x-2',
        kind: 'accredited',
        title: 'A word of its own',
        level: 'merit',
        awardedOn: '2026-11-02',
      }),
    );
    expect(await reached('connexions-north', `${PLAN}, support-learner`)).toEqual({ level: 'level-1', on: '2026-11-02' });
    expect(await reached('connexions-north', PLAN)).toBeNull();
    await town.expectReplays();
  });
});

describe('once more, with strangers asking for the one learner', () => {
  const byName = async (agency: string, ref: string): Promise<readonly [number, string]> => {
    const { status, text } = await town.town.read(agency, PLAN, `${encodeURIComponent(ref)}/endorsements`);
    return [status, text];
  };
  const nobodysName = 'psn:AAAAAAAAAAAAAAAAAAAAAA';

  it('no agency without a tie, of whatever role, is told more than of nobody', async () => {
    await town.expectStrangers(NAME, CHLOE, ['forge', 'st-chads', 'jobcentre-wv', 'castings', 'ebp-black-country', 'city-yot']);
  });

  it('by the number, by the own id and by the name that another has for the learner it is the same as of nobody', async () => {
    const name = (await town.ask('bct', NAME, { uln: CHLOE, purposes: PLAN })).body['learner'] as string;
    expect((await byName('bct', name))[0]).toBe(200);
    for (const stranger of ['hts', 'wulfrun', 'connexions-south', 'castings']) {
      const nobody = await byName(stranger, nobodysName);
      expect(nobody[0]).toBe(404);
      for (const ref of [name, 'local:b-3', 'local:cn-3']) expect([ref, ...(await byName(stranger, ref))]).toEqual([ref, ...nobody]);
    }
  });

  it('whose tie has ended is told nothing more of what it read before', async () => {
    await town.on('2026-11-03', 'connexions-north', referral(CHLOE, 'forge', { referralId: 'r-f' }));
    expect((await rows('forge')).map(({ endorsementId }) => endorsementId)).toEqual(['e-1']);
    await town.on('2026-11-04', 'forge', about(CHLOE, 'referral.declined', { referralId: 'r-f', reason: 'full' }));
    const { status, body } = await town.ask('forge', NAME, { uln: CHLOE, purposes: PLAN });
    expect([status, body['rows'] ?? []]).not.toContainEqual(expect.arrayContaining([expect.objectContaining({ endorsementId: 'e-1' })]));
    expect(JSON.stringify(body)).not.toMatch(/e-1|extra time|Spelling/);
  });
});
