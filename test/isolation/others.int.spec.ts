// What belongs to others is as what does not exist, also where one holds its very name: cursors that another was given, pseudonyms, ids in
// what is sent, and how long an answer takes (views.md, part 7).
import { readdirSync, readFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { findProtocols, shippedCatalogue } from '#catalogue';
import type { EventToSend } from '#client';
import { fixedClock, londonDate } from '#kernel';
import { allLists } from '#read-models';
import { Town, ulnOf } from '../journeys/town.ts';
import { agenciesOf, learnersOf, SHARED, type Side, SIDES, tellSide, TODAY } from './sides.ts';
import { slowerThan } from './slower.ts';

const CAST = SIDES.flatMap(agenciesOf);
const NOBODY = ulnOf(950);
/** Of the first learner things are sent; of the second one asks alone. */
const [OTHERS = '', UNTOUCHED = ''] = learnersOf('south');

const townOf = async (...sides: readonly Side[]): Promise<Town> => {
  const clock = fixedClock(Date.parse(`${TODAY}T09:00:00Z`));
  const town = await Town.open({ clock, following: true, cast: [...CAST, ...SHARED], environment: { CONCORDAT_RATE_LIMIT: '1000000000' } });
  for (const side of sides) await tellSide(town, side);
  await caughtUp(town);
  return town;
};
const caughtUp = async ({ node }: Town): Promise<void> => {
  const head = await node.store.head();
  for (const name of new Set(['ties', ...allLists.map(({ view }) => view.name)])) await node.projections.waitFor(name, head, 60_000);
};

let both: Town;
let alone: Town;
let purposes: string;
beforeAll(async () => {
  [both, alone] = [await townOf('north', 'south'), await townOf('north')];
  purposes = [...both.node.registers.inForce(londonDate(both.node.clock.now())).purposes].join(', ');
}, 120_000);
afterAll(() => Promise.all([both.close(), alone.close()]));

interface Told {
  readonly status: number;
  readonly text: string;
}

const asking = async (town: Town, agency: string, path: string, body?: object): Promise<Told> => {
  const headers = { authorization: `Bearer ${await town.tokenOf(agency)}`, purpose: purposes };
  const response = await fetch(`${town.server.url}/v1/${path}`, {
    ...(body && { method: 'POST', body: JSON.stringify(body) }),
    headers: { ...headers, ...(body && { 'content-type': 'application/json' }) },
  });
  return { status: response.status, text: (await response.text()).replaceAll(/"position":"\d+"/g, '') };
};
const exporting = async (town: Town, agency: string, path: string): Promise<Told> => {
  const headers = { authorization: `Bearer ${await town.tokenOf(agency)}`, purpose: purposes, accept: 'text/csv' };
  const response = await fetch(`${town.server.url}/v1/${path}`, { headers });
  return { status: response.status, text: await response.text() };
};
const nextIn = ({ text }: Told): string | undefined => /"next":"([^"]+)"/.exec(text)?.[1];
const pageAt = (path: string, cursor: string): string => `${path}?limit=1&cursor=${encodeURIComponent(cursor)}`;
/** Of the same length and alphabet. */
const madeUp = (cursor: string): string => randomBytes(cursor.length).toString('base64url').slice(0, cursor.length);

describe('the cursor that another was given', () => {
  const paths = allLists.map(({ name }) => name);

  it('is as one that is made up, for every list that has a second page', async () => {
    const tried: string[] = [];
    for (const path of paths) {
      for (const { slug } of agenciesOf('north')) {
        const cursor = nextIn(await asking(both, slug, `${path}?limit=1`));
        if (cursor === undefined) continue;
        tried.push(path);
        for (const other of CAST.filter((one) => one.slug !== slug && one.roles[0] !== 'custody').slice(0, 12)) {
          const [given, none] = [
            await asking(both, other.slug, pageAt(path, cursor)),
            await asking(both, other.slug, pageAt(path, madeUp(cursor))),
          ];
          expect([path, other.slug, given]).toEqual([path, other.slug, none]);
          expect(given.status === 400 || given.status === 403).toBe(true);
        }
        break;
      }
    }
    // By what an asker told, by what makes a row, and by what rows show: each kind of cursor.
    expect(tried).toEqual(expect.arrayContaining(['reviews', 'starts-and-finishes', 'duties']));
  }, 120_000);

  it('is none for another list, another filter, another day', async () => {
    const cursor = nextIn(await asking(both, 'careers-north', 'duties?limit=1')) ?? '';
    expect((await asking(both, 'careers-north', pageAt('duties', cursor))).status).toBe(200);
    for (const path of [pageAt('caseload', cursor), `${pageAt('duties', cursor)}&bearer=me`, `${pageAt('duties', cursor)}&on=2026-10-19`])
      expect(JSON.parse((await asking(both, 'careers-north', path)).text)).toMatchObject({ status: 400, code: 'cursor-invalid' });
  });
});

describe('what is sent', () => {
  it('looks up nobody of others, by whatever name', async () => {
    const theirs = JSON.parse((await asking(both, 'careers-south', 'learners/lookup', { ref: `uln:${OTHERS}` })).text) as {
      learner: string;
    };
    expect(theirs.learner).toMatch(/^psn:/);
    const of = async (ref: string): Promise<Told> => asking(both, 'careers-north', 'learners/lookup', { ref });
    const nobody = await of(`uln:${NOBODY}`);
    expect(nobody.status).toBe(404);
    for (const ref of [`uln:${OTHERS}`, theirs.learner, `psn:${madeUp(theirs.learner.slice(4))}`, 'local:l-9'])
      expect([ref, await of(ref)]).toEqual([ref, nobody]);
  });

  const EXAMPLES = `${findProtocols()}/catalogue/examples`;
  const examples = readdirSync(EXAMPLES).map((file) => ({
    type: file.replace('.v1.json', ''),
    data: JSON.parse(readFileSync(`${EXAMPLES}/${file}`, 'utf8')) as object,
  }));
  const subjectOf = (type: string, subject: string): object =>
    shippedCatalogue().byShort(type as never).subject === 'none' ? {} : { subject };
  /** What a receipt tells beside its event's own id, and positions. */
  const answer = (receipt: object): unknown => {
    const { position: _, learner: __, id: ___, ...told } = receipt as Readonly<Record<string, unknown>>;
    return JSON.stringify(told)
      .replaceAll(/"position":"?\d+"?/g, '')
      .replaceAll(/psn:[\w-]+/g, 'psn');
  };

  it.each(['careers-north', 'forge-north', 'school-north', 'yot-north'])(
    'by %s of others’ learners and things is answered as if there were none',
    async (agency) => {
      const differing: unknown[] = [];
      for (const { type, data } of examples) {
        for (const [n, subject] of [`uln:${OTHERS}`, 'local:l-1'].entries()) {
          const event = { type, id: `${agency}-${type}-${n}`, data, ...subjectOf(type, subject) } as EventToSend;
          const [among, without] = [await both.send(agency, event), await alone.send(agency, event)];
          if (answer(among[0] ?? {}) !== answer(without[0] ?? {})) differing.push([type, subject, among, without]);
        }
      }
      expect(differing).toEqual([]);
    },
    120_000,
  );

  it('decides, waives and publishes nothing for an agency, whatever it names', async () => {
    for (const path of [
      'data-quality/issues/1/waive',
      'data-quality/issues/999999/waive',
      'data-quality/matches/made-up/decision',
      'reports/starts-and-finishes/2026-09/verify',
      'reports/starts-and-finishes/2026-09/release',
    ])
      expect([
        path,
        (await asking(both, 'careers-north', path, { rule: 'uln-missing', reason: 'document-seen', outcome: 'same' })).status,
      ]).toEqual([path, 403]);
  });
});

describe('how long it takes', () => {
  /** As those who know the learner have it; of nobody, one that is made up. */
  const given = new Map<string, Promise<string>>();
  const pseudonymFor = async (uln: string): Promise<string> => {
    const { learner } = JSON.parse((await asking(both, 'careers-south', 'learners/lookup', { ref: `uln:${uln}` })).text) as {
      learner?: string;
    };
    return learner ?? `psn:${madeUp('x'.repeat(22))}`;
  };
  const pseudonymOf = (uln: string): Promise<string> => {
    const known = given.get(uln) ?? pseudonymFor(uln);
    given.set(uln, known);
    return known;
  };

  const QUESTIONS: readonly (readonly [string, (whose: string) => Promise<Told>, others: string, nobodys: string])[] = [
    ['a passport', (uln) => asking(both, 'careers-north', `learners/uln:${uln}/passport`), UNTOUCHED, NOBODY],
    ['a document', (uln) => asking(both, 'careers-north', `learners/uln:${uln}/passport/e2e`), UNTOUCHED, NOBODY],
    ['a look-up', (uln) => asking(both, 'careers-north', 'learners/lookup', { ref: `uln:${uln}` }), UNTOUCHED, NOBODY],
    ['a filter', (slug) => asking(both, 'careers-north', `on-programme?provider=${slug}`), 'forge-south', 'forge-nobody'],
    ['an export', (slug) => exporting(both, 'careers-north', `on-programme?provider=${slug}`), 'forge-south', 'forge-nobody'],
    ['a filter by whose thing it is', (slug) => asking(both, 'careers-north', `referrals?from=${slug}`), 'school-south', 'school-nobody'],
    ['a pseudonym', async (whose) => asking(both, 'careers-north', `learners/${await pseudonymOf(whose)}/passport`), UNTOUCHED, NOBODY],
    ['an own id', (localId) => asking(both, 'careers-north', `learners/local:${localId}/passport`), 'l-2', 'l-9'],
    ['a list of things', (slug) => asking(both, 'forge-north', `vacancies?area=${slug}`), 'WV3', 'WV9'],
  ];

  it.each(QUESTIONS)(
    '%s about others is of the same class as about nobody',
    async (_, ask, others, nobodys) => {
      const share = await slowerThan(
        async () => void (await ask(others)),
        async () => void (await ask(nobodys)),
      );
      // A half where nothing tells the two apart; one or nought where each answer does.
      expect(share).toBeGreaterThan(0.2);
      expect(share).toBeLessThan(0.8);
    },
    60_000,
  );

  it('would be found out', async () => {
    const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
    expect(
      await slowerThan(
        async () => pause(25), // more than a busy machine delays a timer
        async () => pause(1),
      ),
    ).toBeGreaterThan(0.8);
  });
});
