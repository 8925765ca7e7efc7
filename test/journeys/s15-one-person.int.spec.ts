// One person registered twice (views.md, S15): the data manager merges the two records, and takes the merge back exactly.
import { jest } from '@jest/globals';
import { decideMatch, unmerge } from '#admission';
import { shippedCatalogue } from '#catalogue';
import type { EventToSend } from '#client';
import { RECORDED_FORMS, replay } from '#disclosure';
import type { AgencySlug, LearnerId } from '#kernel';
import { matchId, openContribution } from '#learner-file';
import { keysOf } from '#privacy';
import { eraseLearner } from '#rights';
import { Workplace } from '../../apps/cli/fixtures/captured-run.ts';
import { BlackCountry, NOBODY } from './black-country.ts';
import { adviser, programme, referral } from './told.ts';
import { registration } from './town.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const ULN = '3104690978';
const JON = 'local:bct-1';
const BORN = { dateOfBirth: '2010-02-03', postcode: 'WV1 1AA' };
const REASON = 'The college showed us the certificate of birth.';

let country: BlackCountry;

beforeEach(async () => {
  country = await BlackCountry.open('2026-10-05');
  const { town } = country;
  await town.tell('connexions-north', registration(ULN, 'c-1', { ...BORN, givenName: 'John', familyName: 'Smyth' }));
  await town.tell('connexions-north', adviser(ULN), referral(ULN, 'wulfrun'));
  await town.tell('wulfrun', registration(ULN, 'w-1', { ...BORN, givenName: 'John', familyName: 'Smyth' }), programme(ULN, 'w-p'));
  await town.tell('bct', {
    type: 'learner.registered',
    subject: JON,
    data: { localId: 'bct-1', givenName: 'Jon', familyName: 'Smyth', ...BORN },
  });
  await town.tell('bct', underJon(programme(ULN, 'b-p')));
});
afterEach(async () => country.town.close());

const underJon = (event: EventToSend): EventToSend => ({ ...event, subject: JON });

const idOf = async (
  identifier: { readonly uln: string } | { readonly agency: AgencySlug; readonly localId: string },
): Promise<LearnerId> => {
  const { streams } = country.town.node;
  const [{ learner = '' } = {}] = (await streams.identifiers.load(streams.streamOf(identifier))).state;
  return learner;
};

const pair = async (): Promise<string> =>
  matchId('possible-match', [await idOf({ uln: ULN }), await idOf({ agency: 'bct', localId: 'bct-1' })]);

const merged = async (): Promise<string> => {
  const match = await pair();
  const settled = await decideMatch(country.town.node, { match, outcome: 'same', reason: REASON });
  expect(settled).toMatchObject({ ok: true, value: { outcome: 'same', goesOn: await idOf({ uln: ULN }) } });
  return match;
};

const PURPOSE: Readonly<Record<string, string>> = {
  'connexions-north': 'support-learner',
  wulfrun: 'deliver-programme',
  bct: 'deliver-programme',
  hts: 'deliver-programme',
};

/** Types and sources of what an agency reads under a reference. */
const read = async (
  agency: AgencySlug,
  ref: string,
): Promise<{ readonly status: number; readonly items: readonly string[]; readonly learner?: string }> => {
  const { status, body } = await country.town.passport(agency, PURPOSE[agency] ?? '', ref);
  const items = (body.items ?? []).map(({ type, source, data }) => `${type} ${source ?? ''} ${JSON.stringify(data)}`).sort();
  return { status, items, ...(body.learner === undefined ? {} : { learner: body.learner }) };
};

const everything = async () => ({
  adviser: await read('connexions-north', `uln:${ULN}`),
  college: await read('wulfrun', `uln:${ULN}`),
  own: await read('wulfrun', 'local:w-1'),
  provider: await read('bct', JON),
  stranger: await read('hts', `uln:${ULN}`),
});

const ASKED = ['connexions-north', 'wulfrun', 'wulfrun', 'bct', 'hts'];

describe('two records that are one person', () => {
  it('are read as one under every own id, and the pseudonym of either goes on naming the person', async () => {
    const before = await everything();
    expect(before.adviser.items.join()).not.toContain('b-p');
    await merged();
    await country.town.tell('connexions-north', { ...referral(ULN, 'bct') });
    const after = await everything();
    expect(after.adviser.items.join()).toContain('"programmeId":"b-p"');
    expect(after.provider.items.join()).toContain('"programmeId":"b-p"');
    const { learner: jon = '' } = before.provider;
    expect((await read('bct', jon)).items).toEqual(after.provider.items);
    expect(after.provider.learner).not.toBe(jon);
    expect(after.stranger).toEqual(before.stranger);
  });

  it('are looked through under no name that rests: the file of that one does not say what is withheld', async () => {
    await merged();
    const learner = await idOf({ agency: 'bct', localId: 'bct-1' });
    expect(await country.town.node.gate.audit({ asker: { learner }, learner, parameters: {} })).toMatchObject({ outcome: 'not-permitted' });
  });
  it('give nobody standing with the other: whoever only registered somebody alike is shown no more than before', async () => {
    const before = await everything();
    await merged();
    const after = await everything();
    expect(after.provider.items).toEqual(before.provider.items);
    expect(after.college.items).toEqual(before.college.items);
    expect(after.adviser.items).toEqual(before.adviser.items);
  });

  it('are two again after the un-merge, as if they had never been one', async () => {
    const before = await everything();
    const match = await merged();
    const settled = await unmerge(country.town.node, { match, reason: 'Twins, says the mother.' });
    expect(settled).toMatchObject({ ok: true, value: { outcome: 'different' } });
    expect(await everything()).toEqual(before);
  });

  it('give each what was told under an own id of theirs meanwhile, and what came under the number waits for its source alone', async () => {
    const match = await merged();
    const { town } = country;
    await town.tell('connexions-north', referral(ULN, 'bct'));
    await town.tell('bct', underJon(programme(ULN, 'under-jon')));
    await town.tell('wulfrun', programme(ULN, 'under-uln'));
    expect((await read('connexions-north', `uln:${ULN}`)).items.join()).toContain('under-jon');
    expect((await read('connexions-north', `uln:${ULN}`)).items.join()).toContain('under-uln');
    await unmerge(town.node, { match, reason: 'Twins.' });
    const { adviser: seen, college, provider } = await everything();
    expect(seen.items.join()).not.toContain('under-');
    expect(college.items.join()).toContain('under-uln');
    expect(college.items.join()).not.toContain('under-jon');
    expect(provider.items.join()).toContain('under-jon');
    expect(provider.items.join()).not.toContain('under-uln');
  });

  it('decide again alike, before, while and after they are one', async () => {
    const match = await merged();
    await everything();
    await unmerge(country.town.node, { match, reason: 'Twins.' });
    await everything();
    const { store } = country.town.node;
    const recorded = (await store.readAll({ limit: 10_000 })).filter(({ type }) => RECORDED_FORMS.includes(type));
    expect(recorded.map(({ meta }) => meta.actor)).toEqual([...ASKED, ...ASKED]);
    for (const event of recorded) {
      const { recorded: was, again } = (await replay({ ...country.town.node, catalogue: shippedCatalogue() }, event)) ?? {};
      expect(again).toEqual(was);
    }
  });
});

describe('the data manager, beside a broker that runs', () => {
  const concordat = (...words: readonly string[]) =>
    place.run(['data-quality', ...words], { environment: { CONCORDAT_DATA: country.town.data } });
  const queue = async (state: string) => {
    const { node } = country.town;
    await node.projections.waitFor('data-quality', await node.store.head(), 10_000);
    return JSON.parse((await concordat('list', '--state', state, '--json')).out) as readonly { readonly match: string }[];
  };

  it('has the pair in the queue, sees both side by side, merges them, and takes it back', async () => {
    const match = await pair();
    expect((await queue('open')).map((one) => one.match)).toEqual([match]);
    const seen = JSON.parse((await concordat('show', match)).out) as {
      readonly agreeOn: readonly string[];
      readonly differOn: readonly string[];
    };
    expect([seen.agreeOn, seen.differOn]).toEqual([['familyName', 'dateOfBirth', 'postcode'], ['givenName']]);
    const before = await everything();
    expect(await concordat('decide', match, 'same', '--reason', REASON)).toMatchObject({ code: 0, err: '' });
    await country.town.tell('connexions-north', referral(ULN, 'bct'));
    expect((await read('connexions-north', `uln:${ULN}`)).items.join()).toContain('"programmeId":"b-p"');
    expect(await queue('open')).toEqual([]);
    expect((await queue('same')).map((one) => one.match)).toEqual([match]);
    expect(await concordat('unmerge', match, '--reason', 'Twins, says the mother.')).toMatchObject({ code: 0, err: '' });
    expect((await queue('different')).map((one) => one.match)).toEqual([match]);
    expect((await everything()).provider).toEqual(before.provider);
    expect((await read('connexions-north', `uln:${ULN}`)).items.join()).not.toContain('"programmeId":"b-p"');
  });

  it('is told what cannot be decided', async () => {
    const match = await pair();
    expect((await concordat('decide', 'possible-match.nobody.no-one', 'same', '--reason', REASON)).err).toContain('There is no such match');
    expect((await concordat('unmerge', match, '--reason', REASON)).err).toContain('not merged');
    expect((await concordat('decide', match, 'same', '--reason', REASON)).code).toBe(0);
    expect((await concordat('decide', match, 'different', '--reason', REASON)).err).toContain('merged already');
  });
});

describe('an erasure', () => {
  it('takes both records of one person', async () => {
    await merged();
    const { node } = country.town;
    await eraseLearner(node, { learner: await idOf({ agency: 'bct', localId: 'bct-1' }), ground: 'c' });
    expect([await read('bct', JON), await read('wulfrun', `uln:${ULN}`)].map(({ status }) => status)).toEqual([404, 404]);
    const about = (await node.store.readAll({ limit: 10_000 })).filter(({ stream }) => stream.startsWith('learner-'));
    const keys = await keysOf(node.vault, about);
    expect(about.filter((event) => openContribution(event, keys)?.event !== undefined)).toEqual([]);
  });
});

describe('agencies', () => {
  it('decide nothing of a match, and are told the same of one that exists and one that does not', async () => {
    const asked = async (match: string) => {
      const response = await fetch(`${country.town.server.url}/v1/data-quality/matches/${match}/decision`, {
        method: 'POST',
        headers: { authorization: `Bearer ${await country.town.tokenOf('bct')}`, 'content-type': 'application/json' },
        body: JSON.stringify({ outcome: 'same', reason: REASON }),
      });
      return [response.status, await response.json()];
    };
    const match = await pair();
    const refused = await asked(match);
    expect(refused).toMatchObject([403, { code: 'not-permitted' }]);
    expect(await asked('possible-match.0.1')).toEqual(refused);
    expect((await unmerge(country.town.node, { match, reason: REASON })).ok).toBe(false);
  });

  const issues = (agency: AgencySlug) => country.list(agency, 'identity-issues', 'deliver-programme');

  it('are told what of their own is doubtful, by their own words alone: it is the same whether or not anybody alike is known', async () => {
    const stranger = { localId: 'bct-2', givenName: 'Nobody', familyName: 'Alike', dateOfBirth: '2011-01-01', postcode: 'WV1 1AB' };
    await country.town.tell('bct', { type: 'learner.registered', subject: 'local:bct-2', data: stranger });
    const { rows, text } = await issues('bct');
    expect(rows.map(({ localId, kind }) => [localId, kind]).sort()).toEqual([
      ['bct-1', 'uln-missing'],
      ['bct-2', 'uln-missing'],
    ]);
    expect(text).not.toMatch(/wulfrun|connexions|John/);
    expect((await issues('wulfrun')).rows).toEqual([]);
    expect(await country.strangers('identity-issues', 'deliver-programme')).toEqual(NOBODY);
  });

  it('see one row of a caseload for one person, and two again when it was two', async () => {
    const mine = async () =>
      (await country.list('connexions-north', 'caseload', 'support-learner')).rows.map(({ programmes }) => programmes);
    const match = await merged();
    await country.town.tell('connexions-north', referral(ULN, 'bct'));
    await country.town.tell('connexions-north', { ...adviser(ULN), subject: `uln:${ULN}` });
    expect(await mine()).toEqual([[expect.objectContaining({ of: 'wulfrun' }), expect.objectContaining({ of: 'bct' })]]);
    await unmerge(country.town.node, { match, reason: 'Twins.' });
    expect(await mine()).toEqual([[expect.objectContaining({ of: 'wulfrun' })]]);
  });
});
