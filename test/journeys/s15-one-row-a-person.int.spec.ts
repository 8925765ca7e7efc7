// A person of whom there are two records stands once in a walk through the pages of a list that has one row a person, whichever record is
// reached first, and also where the two are found to be one while somebody is on the way (views.md, V14; ADR 75).
import { jest } from '@jest/globals';
import { decideMatch, unmerge } from '#admission';
import type { EventToSend } from '#client';
import type { LearnerId } from '#kernel';
import { matchId } from '#learner-file';
import { BlackCountry } from './black-country.ts';
import { adviser } from './told.ts';
import { registration, ulnOf } from './town.ts';

jest.setTimeout(120_000);

const BORN = { dateOfBirth: '2010-11-03', postcode: 'WV1 1AA' };
const PURPOSES = { caseload: 'support-learner, deliver-programme', guarantee: 'guarantee-place' } as const;
type List = keyof typeof PURPOSES;
const LISTS: readonly List[] = ['caseload', 'guarantee'];
const FILTERS: Readonly<Record<List, string>> = { caseload: '', guarantee: '&cohort=2027' };

let country: BlackCountry;

/** By whom everybody was registered: of whom careers advises, itself; of who lives in its area, the school. */
const BY: Readonly<Record<List, string>> = { caseload: 'connexions-north', guarantee: 'st-chads' };

/** John is known by his number, and was registered once more by mistake; three others stand before, between and behind. */
const open = async (list: List): Promise<void> => {
  country = await BlackCountry.open('2026-10-05');
  const known = async (localId: string, event: EventToSend): Promise<void> => {
    await country.town.tell(BY[list], event);
    if (list === 'caseload') await country.town.tell(BY[list], { ...adviser(ulnOf(1)), subject: `local:${localId}` });
  };
  for (const [n, name] of ['Ann', 'John', 'Bea', 'Cat'].entries())
    await known(name, registration(ulnOf(n + 1), name, { ...BORN, givenName: name, familyName: name === 'John' ? 'Smyth' : name }));
  const again = { localId: 'Jon', givenName: 'Jon', familyName: 'Smyth', ...BORN };
  await known('Jon', { type: 'learner.registered', subject: 'local:Jon', data: again });
};
afterEach(() => country.town.close());

const idOf = async (list: List, localId: string): Promise<LearnerId> => {
  const { streams } = country.town.node;
  const { state } = await streams.identifiers.load(streams.streamOf({ agency: BY[list], localId }));
  return state[0]?.learner ?? '';
};
const match = async (list: List): Promise<string> => matchId('possible-match', [await idOf(list, 'John'), await idOf(list, 'Jon')]);
const merge = async (list: List): Promise<unknown> =>
  expect(await decideMatch(country.town.node, { match: await match(list), outcome: 'same', reason: 'One certificate.' })).toMatchObject({
    ok: true,
  });
const part = async (list: List): Promise<unknown> =>
  expect(await unmerge(country.town.node, { match: await match(list), reason: 'Twins.' })).toMatchObject({ ok: true });

/** Pseudonyms of one page after the other; something may happen behind the first so many. */
const walked = async (list: List, happens?: readonly [behind: number, what: () => Promise<unknown>]): Promise<readonly string[]> => {
  const people: string[] = [];
  for (let [next, pages]: [string | undefined, number] = ['', 0]; next !== undefined; pages++) {
    if (pages === happens?.[0]) await happens[1]();
    const cursor = next === '' ? '' : `&cursor=${encodeURIComponent(next)}`;
    const page = await country.list('connexions-north', `${list}?limit=1${FILTERS[list]}${cursor}`, PURPOSES[list]);
    expect(page.status).toBe(200);
    people.push(...page.rows.map(({ learner }) => String(learner)));
    next = page.next;
  }
  return people;
};

const inOneFile = async (list: List): Promise<number> => {
  const search = FILTERS[list].replace('&', '?');
  const { text } = await country.list('connexions-north', `${list}${search}`, PURPOSES[list], { accept: 'text/csv' });
  return text.trim().split('\r\n').length - 1;
};

describe.each(LISTS)('in %s', (list) => {
  it('stands once, by pages and in one file, and after the un-merge each stands for itself', async () => {
    await open(list);
    const apart = await walked(list);
    expect([apart.length, new Set(apart).size]).toEqual([5, 5]);
    await merge(list);
    const together = await walked(list);
    expect([together.length, new Set(together).size, await inOneFile(list)]).toEqual([4, 4, 4]);
    expect(apart).toEqual(expect.arrayContaining([...together]));
    await part(list);
    expect(await walked(list)).toEqual(apart);
  });

  it('stands once where the two are found to be one on the way, unless both were told of before', async () => {
    await open(list);
    const records = await Promise.all(['John', 'Jon'].map((name) => idOf(list, name)));
    const names = records.map((learner) => country.town.node.pseudonyms.of('connexions-north', learner));
    const apart = await walked(list);
    for (const behind of [1, 2, 3, 4]) {
      const told = apart.slice(0, behind).filter((one) => names.includes(one)).length;
      const people = await walked(list, [behind, () => merge(list)]);
      expect([behind, people.filter((one) => names.includes(one)).length]).toEqual([behind, Math.max(1, told)]);
      expect(people.filter((one) => !names.includes(one)).toSorted()).toEqual(apart.filter((one) => !names.includes(one)).toSorted());
      await part(list);
    }
  });
});
