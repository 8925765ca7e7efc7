// Who waits for a voucher is told to whoever can give it, to nobody else, and each look is kept.
import { jest } from '@jest/globals';
import { DISCLOSURE_DECIDED, openDecision } from '#disclosure';
import { keysOf } from '#privacy';
import { fixedClock } from '#kernel';
import { disclosureStream } from '#learner-file';
import { MORNING, programme, signOff } from './told.ts';
import { fresh, registration, Town, ulnOf } from './town.ts';

jest.setTimeout(60_000);
const clock = fixedClock(MORNING);

interface Listed {
  readonly status: number;
  readonly ties: readonly Readonly<Record<string, unknown>>[];
  readonly next?: string;
  readonly code?: string;
}

let town: Town;
let learners = 0;

beforeAll(async () => {
  town = await Town.open({ clock, following: true });
});
afterAll(() => town.close());

const ask = async (agency: string | undefined, search = 'state=waiting'): Promise<Listed> => {
  await town.node.projections.waitFor('ties', await town.node.store.head(), 10_000);
  const headers = agency === undefined ? undefined : { authorization: `Bearer ${await town.tokenOf(agency)}` };
  const response = await fetch(`${town.server.url}/v1/ties?${search}`, { ...(headers === undefined ? {} : { headers }) });
  const body = (await response.json()) as Partial<Listed>;
  if (response.ok) expect(response.headers.get('cache-control')).toBe('no-store');
  return { ties: [], ...body, status: response.status };
};

/** A provider registered the learner, and started a programme without anybody having sent the learner there. */
const enrolledUnseen = async (): Promise<{ readonly uln: string; readonly programmeId: string }> => {
  const uln = ulnOf(++learners);
  const programmeId = fresh('p');
  await town.tell('forge', registration(uln, `f-${uln}`, { postcode: 'WV1 1AA' }), programme(uln, programmeId));
  return { uln, programmeId };
};

describe('GET /v1/ties', () => {
  it('tells the careers service of the area who waits there, and nobody else', async () => {
    const { uln } = await enrolledUnseen();
    const { ties } = await ask('careers');
    expect(ties).toEqual([
      { learner: expect.stringMatching(/^psn:/), agency: 'forge', relationships: ['enrolled-with'], since: '2026-10-01' },
    ]);
    for (const other of ['careers-south', 'forge', 'anvil', 'st-chads', 'lsc']) expect((await ask(other)).ties).toEqual([]);
    await town.tell('careers', registration(uln, 'c-1', { postcode: 'WV1 1AA' }));
    expect((await ask('careers')).ties[0]).toMatchObject({ learner: ties[0]?.['learner'], localId: 'c-1' });
  });

  it('tells it no more once somebody vouched', async () => {
    const { uln, programmeId } = await enrolledUnseen();
    const before = (await ask('careers')).ties.length;
    await town.tell('careers', signOff(uln, programmeId));
    expect((await ask('careers')).ties).toHaveLength(before - 1);
  });

  it('keeps each look in the log, with what was told', async () => {
    const { uln } = await enrolledUnseen();
    const { streams, store } = town.node;
    const [{ learner: id = '' } = {}] = (await streams.identifiers.load(streams.streamOf({ uln }))).state;
    await ask('careers');
    const stored = await store.readStream(disclosureStream(id));
    expect(stored.map(({ type, meta }) => [type, meta.actor])).toEqual([[DISCLOSURE_DECIDED, 'careers']]);
    const keys = await keysOf(town.node.vault, stored);
    expect(stored.map((event) => openDecision(event, keys))).toMatchObject([
      { route: 'list', asked: 'ties', waiting: [{ agency: 'forge', relationships: ['enrolled-with'] }] },
    ]);
  });

  it('goes in pages that tell nobody twice', async () => {
    const others = [await enrolledUnseen(), await enrolledUnseen()].length;
    const all = (await ask('careers')).ties.map(({ learner }) => learner);
    expect(all.length).toBeGreaterThanOrEqual(others);
    const paged: unknown[] = [];
    for (let next: string | undefined = ''; next !== undefined;) {
      const page: Listed = await ask('careers', `limit=1${next === '' ? '' : `&cursor=${next}`}`);
      paged.push(...page.ties.map(({ learner }) => learner));
      next = page.next;
    }
    expect(paged).toEqual(all);
  });

  it('asks for a token, and for what it understands', async () => {
    expect((await ask(undefined)).status).toBe(401);
    expect(await ask('careers', 'state=all')).toMatchObject({ status: 400, code: 'bad-request' });
    expect(await ask('careers', 'cursor=x')).toMatchObject({ status: 400, code: 'cursor-malformed' });
    expect(await ask('careers', 'limit=0')).toMatchObject({ status: 400, code: 'limit-malformed' });
  });
});
