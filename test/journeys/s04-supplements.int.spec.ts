// S4: assessments that supplement another, and endorsements that are doubted (views.md, S4).
import { jest } from '@jest/globals';
import { assigned, BEN, BlackCountry, CHLOE, NOBODY, registered } from './black-country.ts';
import { nothingBy, waysOf } from './strangers-ways.ts';
import { about, programme, referral } from './told.ts';
import { assessment, consent } from './town.ts';

jest.setTimeout(120_000);

let country: BlackCountry;
const PLAN = 'plan-learning';
const NORTH = 'connexions-north';
const literacy = (assessmentId: string, assessedOn: string, more: Parameters<typeof assessment>[1] = {}) =>
  assessment(CHLOE, { assessmentId, assessedOn, outcome: { level: 'level-1', summary: 'Reads well.' }, ...more });

beforeAll(async () => {
  country = await BlackCountry.open('2026-09-01');
  const given = { endorsementId: 'e-1', programmeKind: 'apprenticeship', expectedLevel: 'level-2', supportNeeds: ['reading'] } as const;
  await country.tell(
    '2026-09-01',
    NORTH,
    registered(CHLOE, 'Chloe'),
    assigned(CHLOE),
    literacy('l-1', '2026-09-01'),
    about(CHLOE, 'endorsement.given', given),
  );
  await country.tell('2026-09-02', NORTH, referral(CHLOE, 'bct'));
  await country.tell('2026-09-14', 'bct', programme(CHLOE, 'c-1', { kind: 'apprenticeship', startedOn: '2026-09-14' }));
});
afterAll(() => country.close());

describe('supplements', () => {
  it('are what took the place of an assessment with a reason: known to exist without consent, read with it', async () => {
    country.day('2026-09-20');
    const [repeat] = await country.town.send('bct', literacy('l-2', '2026-09-20'));
    expect(repeat?.outcome).toBe('already-captured');
    const supersedes = { assessmentId: 'l-1', reason: 'not-comprehensive' } as const;
    await country.tell('2026-09-20', 'bct', literacy('l-3', '2026-09-20', { supersedes }));
    const ask = async (search = '') => (await country.list(NORTH, `assessments/supplements?${search}`, PLAN)).rows;
    expect(await ask()).toMatchObject([
      { domain: 'literacy', reason: null, earlier: { assessmentId: 'l-1' }, later: { by: 'bct' }, sameLevel: null },
    ]);
    expect(await ask('reason=not-comprehensive')).toEqual([]);
    await country.tell('2026-09-21', NORTH, consent(CHLOE, 'k-1', { evidence: 'Form 1', method: 'signed-form' }));
    expect(await ask('reason=not-comprehensive&framework=initial')).toMatchObject([{ reason: 'not-comprehensive', sameLevel: true }]);
    expect(await ask('to=2026-09-19')).toEqual([]);
  });

  it('are nothing to a stranger', async () => {
    expect(await country.strangers('assessments/supplements', PLAN)).toEqual(NOBODY);
  });
});

describe('endorsements', () => {
  it('that are doubted are answered in two weeks, seen by provider and funder, to whom needs are not told', async () => {
    await country.tell(
      '2026-10-01',
      'bct',
      about(CHLOE, 'endorsement.queried', { endorsementId: 'e-1', reason: 'cannot read the manuals' }),
    );
    const stateOn = async (on: string) => (await country.list(NORTH, `endorsements?on=${on}`, PLAN)).rows.map(({ state }) => state);
    country.day('2026-10-16');
    expect([await stateOn('2026-10-15'), await stateOn('2026-10-16')]).toEqual([['queried'], ['overdue']]);
    const answer = { endorsementId: 'e-1', outcome: 'revised', expectedLevel: 'level-1', reason: 'We look again' } as const;
    await country.tell('2026-10-17', NORTH, about(CHLOE, 'endorsement.answered', answer));
    for (const agency of ['bct', 'lsc']) {
      expect((await country.list(agency, 'endorsements?state=answered', PLAN)).rows).toMatchObject([
        { expectedLevel: 'level-2', queried: [{ by: 'bct' }], answer: { outcome: 'revised', expectedLevel: 'level-1' } },
      ]);
    }
    const needs = async (agency: string) => (await country.list(agency, 'endorsements', PLAN)).rows.map(({ supportNeeds }) => supportNeeds);
    expect([await needs('bct'), await needs('lsc')]).toEqual([[['reading']], [[]]]);
  });

  it('are nothing to a stranger', async () => {
    expect(await country.strangers('endorsements', PLAN)).toEqual(NOBODY);
  });
});

describe('once more, with strangers asking for endorsements in every way', () => {
  const filters = ['state=answered', 'provider=bct', 'from=2026-09-01&to=2026-09-30', 'on=2026-10-16'];
  const ask = (agency: string, search: string, headers: Readonly<Record<string, string>> = {}) =>
    country.list(agency, `endorsements?${search}`, PLAN, headers);
  const tryAll = async (agency: string) => waysOf(ask, agency, { filters, cursor: (await ask('bct', 'limit=1')).next ?? '' });

  beforeAll(async () => {
    const given = { endorsementId: 'e-2', programmeKind: 'e2e', expectedLevel: 'level-1' } as const;
    await country.tell('2026-10-18', NORTH, registered(BEN, 'Ben'), assigned(BEN), about(BEN, 'endorsement.given', given));
    await country.tell('2026-10-18', NORTH, referral(BEN, 'bct'), referral(CHLOE, 'forge', { referralId: 'r-f' }));
  });

  it('what there is to be seen is seen by those with a tie, in each of these ways', async () => {
    for (const agency of ['bct', NORTH]) {
      const found = await tryAll(agency);
      const shown = found.map(({ way, rows, lines }) => [way, rows + lines > 0]);
      expect(shown.filter(([way]) => way !== "another's cursor")).toEqual([
        ...['page', ...filters].map((way) => [way, true]),
        ...['file', ...filters.map((filter) => `file, ${filter}`)].map((way) => [way, true]),
      ]);
    }
    expect((await tryAll('bct')).find(({ way }) => way === "another's cursor")).toMatchObject({ status: 200, rows: 1 });
  });

  it.each([
    ['a provider without a tie', 'hts'],
    ['a careers service of elsewhere', 'connexions-south'],
    ['a college without a tie', 'wulfrun'],
  ])('%s finds nothing', async (_, agency) => {
    expect(await tryAll(agency)).toEqual(nothingBy({ filters }));
  });

  it.each(['jobcentre-wv', 'castings', 'ebp-black-country', 'council'])(
    '%s, of a role that no clause serves, is told nothing',
    async (agency) => {
      const found = await tryAll(agency);
      expect(found.map(({ rows, lines, next }) => [rows, lines, next])).toEqual(found.map(() => [0, 0, false]));
      expect(new Set(found.filter(({ status }) => status !== 400).map(({ status, code }) => `${status} ${String(code)}`)).size).toBe(1);
    },
  );

  it('a provider to which the learner was referred sees it until it declines, and then nothing more', async () => {
    expect((await ask('forge', '')).rows).toMatchObject([{ endorsementId: 'e-1' }]);
    const { next } = await ask(NORTH, 'limit=1');
    await country.tell('2026-10-19', 'forge', about(CHLOE, 'referral.declined', { referralId: 'r-f', reason: 'full' }));
    const ways = { filters, cursor: next ?? '' };
    expect(await waysOf(ask, 'forge', ways)).toEqual(nothingBy(ways));
  });

  it('one that says of itself that it has the learner sees no more of it', async () => {
    await country.tell('2026-10-20', 'hts', registered(CHLOE, 'Chloe', { localId: 'own-word' }));
    await country.tell('2026-10-20', 'hts', programme(CHLOE, 'own-word', { startedOn: '2026-10-20' }));
    expect(await tryAll('hts')).toEqual(nothingBy({ filters }));
  });
});
