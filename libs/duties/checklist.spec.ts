// The checklist of roles and responsibilities (views.md, S23).
import type { Role } from '#catalogue';
import type { AgencySlug, IsoDate } from '#kernel';
import { checklistLines, type ProtocolVersion, shippedProtocols } from '#sharing-protocols';
import { Checklist, type ChecklistFacts, type KnownUndertaking } from './index.ts';

const AGENCIES: readonly { readonly slug: AgencySlug; readonly roles: readonly Role[] }[] = [
  { slug: 'north', roles: ['connexions'] },
  { slug: 'bct', roles: ['provider'] },
  { slug: 'forge', roles: ['provider'] },
  { slug: 'lsc', roles: ['funder'] },
  { slug: 'wv-partnership', roles: ['learning-partnership'] },
  { slug: 'yot', roles: ['yot'] },
];

/** Signed by whoever can but those. */
const version = (id: string, change: Partial<ProtocolVersion> = {}, not: readonly AgencySlug[] = []): ProtocolVersion => {
  const document = shippedProtocols().find((one) => one.id === id);
  if (!document) throw new Error(`${id} does not ship.`);
  const signatures = AGENCIES.filter(({ slug }) => !not.includes(slug)).flatMap(({ slug: agency, roles }) => {
    const fills = document.parties.flatMap(({ role }, place) => (roles.includes(role) ? [place] : []));
    const signed = { protocol: id, version: 1, agency, fills, kid: agency, signature: 's' };
    return fills.length === 0 ? [] : [{ ...signed, signedOn: '2026-08-01', signedAt: 2, boundUntil: '2027-09-01', reviews: [] }];
  });
  return {
    ...{ protocol: id, version: 1, document, digest: '', status: 'in-force', signatures, left: [], reviewDue: '2027-09-01' },
    ...{ draftedAt: { position: 1, on: '2026-08-01' }, completedAt: { position: 7, on: '2026-08-01' } },
    ...change,
  };
};

const done = (duty: string, by: AgencySlug, on: IsoDate = '2026-09-10'): KnownUndertaking => ({
  ...{ protocol: 'lsc-learning-partnership', duty, by, on, position: 20 },
  name: `item of ${duty}`,
});
const YEARLY = [done('working-group', 'wv-partnership'), done('staff-support', 'lsc'), done('specialised-provision', 'lsc')];
const SHIPPED = shippedProtocols().map(({ id }) => id);
const facts = (change: Partial<ChecklistFacts> = {}): ChecklistFacts => ({
  on: '2026-11-20',
  agencies: AGENCIES,
  versions: SHIPPED.map((id) => version(id)),
  undertakings: [...YEARLY, done('consult-before-planning', 'lsc', '2026-11-10')],
  active: new Set(['north', 'bct']),
  ...change,
});
const without = (id: string, put?: ProtocolVersion) => [
  ...SHIPPED.filter((one) => one !== id).map((one) => version(one)),
  ...(put ? [put] : []),
];

const lines = (change: Partial<ChecklistFacts> = {}) => new Checklist(facts(change)).rows(checklistLines());
const states = (change: Partial<ChecklistFacts> = {}) =>
  lines(change).map(({ question, state, agencies }) => [question.split(' ').slice(0, 4).join(' '), state, agencies]);
const line = (words: string, change: Partial<ChecklistFacts> = {}) => lines(change).find(({ question }) => question.includes(words));

it('is done where everything is, and overdue with whose turn it is where it is not', () => {
  const forgeMissing = without('youth-justice', version('youth-justice', {}, ['forge']));
  expect(states({ versions: forgeMissing })).toEqual([
    ['Is there a marketing', 'overdue', ['wv-partnership']],
    ['Are the frequency of', 'overdue', ['lsc', 'wv-partnership']],
    ['Is there a working', 'done', ['wv-partnership']],
    ['Who identifies and manages', 'done', ['lsc']],
    ['Has specialised provision been', 'done', ['lsc']],
    ['How is it agreed', 'done', ['lsc']],
    ['Have clear roles and', 'done', []],
    ['Is there a partnership', 'done', []],
    ['Have information-sharing protocols been', 'open', ['forge']],
    ['Is there a shared', 'done', []],
  ]);
  expect(line('information-sharing', { versions: forgeMissing })?.protocol).toBe('youth-justice');
});

it('tells where each is looked up, by when it is due and whose it is', () => {
  expect(line('working group')).toMatchObject({
    ...{ protocol: 'lsc-learning-partnership', duty: 'working-group', bearerRole: 'learning-partnership' },
    ...{ due: '2026-10-31', evidence: 'item of working-group' },
  });
  expect(line('clear roles')).toMatchObject({ protocol: 'e2e-passport', due: '2027-09-01', evidence: '7' });
});

it('is not done by an agency that is no party, or of another role', () => {
  const strange = [done('marketing', 'bct'), done('marketing', 'lsc')];
  expect(line('marketing', { undertakings: strange })).toMatchObject({ state: 'overdue', evidence: null });
});

it('is open where nobody has signed what would ask for it, and not applicable where nobody could', () => {
  const undrafted = { versions: without('lsc-learning-partnership') };
  expect(line('marketing', undrafted)).toMatchObject({ state: 'not-applicable', agencies: [] });
  const unsigned = version('lsc-learning-partnership', { status: 'drafted', completedAt: undefined, signatures: [] });
  const versions = without('lsc-learning-partnership', unsigned);
  expect(line('marketing', { versions })).toMatchObject({ state: 'open', agencies: ['wv-partnership'], due: null });
  expect(line('partnership agreement', { versions })).toMatchObject({ state: 'open', agencies: ['lsc', 'wv-partnership'] });
  expect(line('marketing', { versions, agencies: AGENCIES.slice(0, 3) })).toMatchObject({ state: 'not-applicable' });
});

it('is open while a role that must sign uses nothing of what is shared', () => {
  expect(line('management information', { active: new Set(['north', 'lsc']) })).toMatchObject({
    state: 'open',
    agencies: ['bct', 'forge'],
  });
});

it('tells what is undertaken by the calendar in agreements that serve a purpose, whatever else they ask for', () => {
  const undertaken = (purpose: string) =>
    new Checklist(facts()).undertakenFor(purpose).map(({ protocol, duty, state }) => [protocol, duty, state]);
  expect(undertaken('plan-provision')).toEqual([
    ['planning-intelligence', 'plan-together', 'overdue'],
    ['lsc-learning-partnership', 'marketing', 'overdue'],
    ['lsc-learning-partnership', 'joint-meeting', 'overdue'],
    ['lsc-learning-partnership', 'working-group', 'done'],
    ['lsc-learning-partnership', 'staff-support', 'done'],
    ['lsc-learning-partnership', 'specialised-provision', 'done'],
    ['lsc-learning-partnership', 'consult-before-planning', 'done'],
  ]);
  expect(undertaken('improve-provision')).toEqual([['quality-assurance', 'publish-procedures', 'overdue']]);
  expect(undertaken('support-learner')).toEqual([]);
});

it('asks for nothing any more of an agreement that has ended, nor of what that had replaced', () => {
  const id = 'planning-intelligence';
  const ended = version(id, { version: 2, status: 'ended' });
  const asked = (...past: readonly ProtocolVersion[]) => {
    const versions = [...without(id), ...past];
    return new Checklist(facts({ versions })).undertakenFor('plan-provision').filter(({ protocol }) => protocol === id);
  };
  expect([asked(version(id)).length, asked(ended), asked(version(id, { status: 'superseded' }), ended)]).toEqual([1, [], []]);
});

describe('of one agreement', () => {
  const of = (protocol: string, change: Partial<ChecklistFacts> = {}) =>
    new Checklist(facts(change)).rowsOf(protocol).map(({ question, duty, state, due }) => [duty ?? question.split(' ')[0], state, due]);

  it('is who signed, its review, and each undertaking', () => {
    expect(of('lsc-learning-partnership')).toEqual([
      ['marketing', 'overdue', '2026-10-31'],
      ['joint-meeting', 'overdue', '2026-11-01'],
      ['working-group', 'done', '2026-10-31'],
      ['staff-support', 'done', '2026-10-31'],
      ['specialised-provision', 'done', '2026-10-31'],
      ['consult-before-planning', 'done', '2027-01-31'],
      ['Is', 'done', '2027-09-01'],
      ['Has', 'done', null],
    ]);
  });

  it.each([
    ['2027-08-03', 'in-force', 'done'],
    ['2027-08-04', 'in-force', 'open'],
    ['2027-09-02', 'review-overdue', 'overdue'],
    ['2027-12-02', 'stopped-for-review', 'overdue'],
  ] as const)('says on %s, when it is %s, that its review is %s', (on, status, state) => {
    const versions = without('e2e-passport', version('e2e-passport', { status }));
    expect(of('e2e-passport', { on, versions })).toContainEqual(['Is', state, '2027-09-01']);
  });

  it('that was never drafted, or is past, is nothing', () => {
    expect([
      of('nothing'),
      of('e2e-passport', { versions: without('e2e-passport', version('e2e-passport', { status: 'ended' })) }),
    ]).toEqual([[], []]);
  });
});

it('ships as ten lines, each answered by what there is', () => {
  expect(checklistLines()).toHaveLength(10);
  const known = (id: string, duty?: string) =>
    shippedProtocols().some((one) => one.id === id && (duty === undefined || one.duties.some((each) => each.id === duty)));
  const unknown = checklistLines().filter(({ answer }) => {
    if ('undertaking' in answer) return !known(answer.undertaking, answer.duty);
    return 'signed' in answer ? false : !known('use' in answer ? answer.use : answer.inForce);
  });
  expect(unknown).toEqual([]);
});
