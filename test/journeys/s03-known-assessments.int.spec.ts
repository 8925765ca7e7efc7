// S3: what is known before anyone assesses, and the APIR with its factors and levels (views.md; E2E p. 13, 16, 21, 27).
import { jest } from '@jest/globals';
import { shippedCodes } from '#catalogue';
import { AISHA, BEN, CHLOE, DocumentsTown, type Entry } from './documents-town.ts';
import { about, programme, referral } from './told.ts';
import { assessment, consent, registration } from './town.ts';

jest.setTimeout(90_000);

const PLAN = 'plan-learning';
const CODES = shippedCodes()['apir-factors'].codes.map(({ code }) => code);
const factors = (levels: Readonly<Record<string, number>>) => CODES.map((code) => ({ code, level: levels[code] ?? 1 }));
const apir = (assessmentId: string, assessedOn: string, levels: Readonly<Record<string, number>>, more: object = {}) =>
  assessment(BEN, {
    assessmentId,
    framework: 'apir',
    domain: 'whole',
    assessedOn,
    outcome: { summary: 'Needs somewhere to live.' },
    factors: factors(levels),
    ...more,
  });

let town: DocumentsTown;
const known = (agency: string, search = ''): Promise<readonly Entry[]> =>
  town.rows(agency, 'known-assessments', { uln: BEN, purposes: PLAN, search });
const apirOf = async (agency: string, search = ''): Promise<Entry> =>
  (await town.ask(agency, 'apir', { uln: BEN, purposes: PLAN, search })).body;

beforeAll(async () => {
  town = await DocumentsTown.open('2026-06-01');
  await town.on(
    '2026-06-01',
    'connexions-north',
    registration(BEN, 'cn-2'),
    about(BEN, 'learner.adviser-assigned', { name: 'Sam', role: 'personal-adviser' }),
  );
  await town.on('2026-06-01', 'connexions-north', apir('apir-1', '2026-06-01', { housing: 4, 'basic-skills': 3 }));
  await town.on('2026-06-05', 'connexions-north', referral(BEN, 'hts', { assessments: ['apir-1'] }));
});
afterAll(() => town.close());

const OPENS = [{ clause: 'initial-assessment-reuse@1#AR1', needs: 'consent' }];
const KNOWN = {
  framework: 'apir',
  domain: 'whole',
  assessmentId: 'apir-1',
  by: 'connexions-north',
  assessedOn: '2026-06-01',
  validUntil: '2026-08-30',
  standing: 'valid',
  read: 'existence',
  rely: true,
  opens: OPENS,
};

describe('what is known before anyone assesses', () => {
  it('is told to whom the learner was referred, and on which clause more could be read', async () => {
    expect(await known('hts')).toEqual([KNOWN]);
    expect(await apirOf('hts')).toMatchObject({ assessmentId: 'apir-1', validUntil: '2026-08-30', factors: [], urgent: [] });
    expect(await known('connexions-north')).toMatchObject([{ read: 'full', opens: [] }]);
  });

  it('tells by role and purpose alone what would open it, whatever consents there are', async () => {
    await town.on(
      '2026-06-06',
      'connexions-north',
      consent(BEN, 'k-no', { protocol: 'initial-assessment-reuse', categories: ['apir'], recipients: ['college'] }),
    );
    expect(await known('hts')).toEqual([KNOWN]);
    await town.on('2026-06-06', 'connexions-north', about(BEN, 'consent.withdrawn', { consentId: 'k-no', by: 'learner' }));
    expect(await known('hts')).toEqual([KNOWN]);
  });

  it('ends with its last day, that day included', async () => {
    expect(await known('hts', '?on=2026-08-30')).toMatchObject([{ standing: 'valid', rely: true }]);
    expect(await known('hts', '?on=2026-08-31')).toMatchObject([{ standing: 'expired', rely: false }]);
    expect(await known('hts', '?on=2026-05-31')).toEqual([]);
  });

  it('is chosen by framework and domain, and by nothing that is not there', async () => {
    expect(await known('hts', '?framework=apir&domain=WHOLE.')).toHaveLength(1);
    for (const search of ['?framework=initial', '?domain=nothing']) expect(await known('hts', search)).toEqual([]);
    for (const search of ['?framework=risk-of-reoffending', '?history=maybe', '?standing=valid'])
      expect(await town.ask('hts', 'known-assessments', { uln: BEN, purposes: PLAN, search })).toMatchObject({ status: 400 });
  });

  it('tells a stranger what it tells of nobody', async () => {
    for (const name of ['known-assessments', 'apir']) await town.expectStrangers(name, BEN, ['bct', 'connexions-south', 'st-chads']);
  });
});

describe('the APIR', () => {
  it('is read, its summary left out, once the learner agrees on the own page', async () => {
    await town.on(
      '2026-06-10',
      'own-page',
      consent(BEN, 'k-own', {
        protocol: 'initial-assessment-reuse',
        categories: ['apir'],
        recipients: ['provider'],
        method: 'online',
        evidence: 'Signed in as the learner.',
      }),
    );
    const told = await apirOf('hts');
    expect(told['factors']).toHaveLength(18);
    expect(told).toMatchObject({ assessmentId: 'apir-1', validUntil: null, urgent: ['housing'] });
    expect((told['factors'] as readonly Entry[]).find(({ code }) => code === 'basic-skills')).toEqual({
      code: 'basic-skills',
      level: 3,
      previousLevel: null,
      previousOn: null,
    });
    expect(JSON.stringify(told)).not.toContain('somewhere to live');
    expect(await known('hts')).toMatchObject([{ framework: 'apir', read: 'summary', standing: 'valid', rely: true, opens: [] }]);
  });

  it('reviewed says which level each factor had before, to whoever may read both', async () => {
    const supersedes = { assessmentId: 'apir-1', reason: 'changed-circumstances' };
    await town.on('2026-08-20', 'connexions-north', apir('apir-2', '2026-08-20', { housing: 2 }, { supersedes }));
    const housing = { code: 'housing', level: 2, previousLevel: 4, previousOn: '2026-06-01' };
    for (const agency of ['hts', 'connexions-north']) {
      const { factors: found, assessmentId, urgent } = await apirOf(agency);
      expect([assessmentId, urgent, (found as readonly Entry[]).find(({ code }) => code === 'housing')]).toEqual(['apir-2', [], housing]);
    }
    expect((await known('hts')).map(({ assessmentId, standing }) => [assessmentId, standing])).toEqual([['apir-2', 'valid']]);
    expect((await known('hts', '?history=true')).map(({ assessmentId, standing }) => [assessmentId, standing])).toEqual([
      ['apir-2', 'valid'],
      ['apir-1', 'superseded'],
    ]);
  });

  it('says nothing of levels once the learner withdraws, nor which level was before', async () => {
    await town.on('2026-08-21', 'own-page', about(BEN, 'consent.withdrawn', { consentId: 'k-own', by: 'learner' }));
    expect(await apirOf('hts')).toMatchObject({ assessmentId: 'apir-2', validUntil: '2026-11-18', factors: [], urgent: [] });
    await town.expectReplays();
  });
});

describe('an assessment', () => {
  it('is not repeated: the second is met with the first, which is then known', async () => {
    const numeracy = () => assessment(BEN, { domain: 'numeracy', assessedOn: '2026-08-21' });
    const [first] = await town.town.send('hts', registration(BEN, 'h-2'), numeracy());
    const [second] = await town.town.send('hts', numeracy());
    expect([first?.outcome, second?.outcome]).toEqual(['accepted', 'already-captured']);
    const rows = await known('hts');
    expect(rows.map(({ framework, domain }) => [framework, domain])).toEqual([
      ['apir', 'whole'],
      ['initial', 'numeracy'],
    ]);
  });

  it('that an agency recorded apart, as it may not know of the first, is that agency’s alone', async () => {
    await town.on('2026-08-22', 'bct', registration(BEN, 'b-2'), programme(BEN, 'p-b', { startedOn: '2026-08-22' }));
    await town.on('2026-08-22', 'bct', assessment(BEN, { assessmentId: 'apart', domain: 'numeracy', assessedOn: '2026-08-22' }));
    expect((await known('bct')).map(({ assessmentId, opens }) => [assessmentId, opens])).toEqual([['apart', []]]);
    for (const agency of ['hts', 'connexions-north']) {
      const rows = await known(agency, '?history=true');
      expect(rows.some(({ assessmentId }) => assessmentId === 'apart')).toBe(false);
    }
  });

  it('of nobody is known to nobody', async () => {
    for (const uln of [AISHA, CHLOE])
      expect(await town.ask('hts', 'known-assessments', { uln, purposes: PLAN })).toMatchObject({ status: 404 });
  });
});
