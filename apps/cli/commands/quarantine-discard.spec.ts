import { userInfo } from 'node:os';
import { jest } from '@jest/globals';
import { fixedClock } from '#kernel';
import type { Quarantined } from '#quarantine';
import { parseConfig } from '../../broker/config.ts';
import { openNode } from '../../broker/node.ts';
import { Workplace } from '../fixtures/captured-run.ts';

jest.setTimeout(60_000);
const place = new Workplace();
afterAll(() => place.remove());

const DAY = 86_400_000;
const item = (agency: string | undefined, days: number): Quarantined => ({
  kind: agency === undefined ? 'message' : 'event',
  channel: 'http',
  code: 'schema',
  says: 'No.',
  ...(agency === undefined ? { sender: '192.0.2.7' } : { agency }),
  receivedAt: Date.now() - days * DAY,
  content: Buffer.alloc(2000, 'canary'),
});

/** Entries 1 to 6; then a stranger's that is cut, and two of which nothing is kept. */
beforeAll(async () => {
  const config = parseConfig({ CONCORDAT_DATA: place.data, CONCORDAT_QUARANTINE_MAX_MB: '16' });
  const node = await openNode(config, { verifyWorkers: 0, clock: fixedClock(Date.now()) });
  for (const [agency, days] of [
    ['forge', 9],
    ['forge', 1],
    ['north', 9],
    [undefined, 9],
    [undefined, 1],
    ['north', 0],
  ] as const)
    await node.quarantine.add(item(agency, days));
  const big = { ...item(undefined, 0), content: Buffer.alloc(400_000, 'canary') };
  for (let n = 0; n < 130; n++) await node.quarantine.add(big);
  await node.close();
});

const ids = async (...words: readonly string[]): Promise<readonly number[]> => {
  const { out } = await place.run(['quarantine', 'list', '--json', ...words]);
  return (JSON.parse(out) as readonly { readonly id: number }[]).map(({ id }) => id);
};

describe('concordat quarantine discard', () => {
  it('needs entries, or which of them', async () => {
    const says = 'concordat: Give the numbers of entries, or which of them: --older-than, --agency, --unattributed.\n';
    for (const words of [[], ['1', '--agency', 'forge']])
      expect(await place.run(['quarantine', 'discard', ...words])).toEqual({ code: 2, out: '', err: says });
    expect(await place.run(['quarantine', 'discard', '--agency', 'forge', '--unattributed'])).toMatchObject({
      code: 2,
      err: 'concordat: Give --agency or --unattributed: no entry is both.\n',
    });
    expect(await place.run(['quarantine', 'discard', 'x'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('Give the number that `quarantine list` shows.'),
    });
    expect(await place.run(['quarantine', 'discard', '--older-than', '7d'])).toMatchObject({ code: 2 });
  });

  it('removes nothing where one of them is not there, or none is meant', async () => {
    expect(await place.run(['quarantine', 'discard', '1', '999'])).toEqual({
      code: 1,
      out: '',
      err: 'concordat: There is no entry 999 in quarantine: nothing was discarded.\n',
    });
    expect(await place.run(['quarantine', 'discard', '--agency', 'anvil'])).toEqual({
      code: 0,
      out: '',
      err: 'No entry is meant: nothing was discarded.\n',
    });
    expect(await place.run(['quarantine', 'discards'])).toEqual({ code: 0, out: '', err: 'Nothing was discarded.\n' });
  });

  it('removes what is meant, and nothing else', async () => {
    expect(await place.run(['quarantine', 'discard', '6', '--reason', 'a test of theirs'])).toEqual({
      code: 0,
      out: '1 entry is discarded, 2000 bytes.\n',
      err: '',
    });
    await place.run(['quarantine', 'discard', '--agency', 'forge', '--older-than', 'P7D', '--by', 'A. Operator']);
    expect((await ids()).slice(0, 4)).toEqual([2, 3, 4, 5]);
    expect(await place.run(['quarantine', 'discard', '--unattributed'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^130 entries are discarded, \d+ bytes\.\n$/),
    });
    expect(await ids()).toEqual([2, 3]);
    expect((await place.run(['quarantine', 'show', '6'])).err).toBe('concordat: There is no entry 6 in quarantine.\n');
  });

  it('leaves a trail of who discarded what, when and why, without anything of it', async () => {
    const { out } = await place.run(['quarantine', 'discards', '--json']);
    expect(JSON.parse(out)).toEqual([
      { at: expect.any(String), by: userInfo().username, reason: 'a test of theirs', ids: [6], entries: 1, bytes: 2000 },
      { at: expect.any(String), by: 'A. Operator', agency: 'forge', before: expect.any(String), entries: 1, bytes: 2000 },
      { at: expect.any(String), by: userInfo().username, unattributed: true, entries: 130, bytes: expect.any(Number) },
    ]);
    expect((await place.run(['quarantine', 'discards'])).out).toMatch(/\n\S+ +A\. Operator +of forge, before \S+ +1 +2000\n/);
  });

  it('is told of wherever entries are listed, as is all else that is not kept', async () => {
    const { err } = await place.run(['quarantine', 'list']);
    expect(err.split('\n').map((line) => /^Not kept: (.*?), \d+ bytes.*: (.*)\.$/.exec(line)?.slice(1))).toEqual([
      ['2 entries that nobody can be held to', 'not taken in, beyond what one sender may leave here in an hour'],
      ['130 entries that nobody can be held to', 'discarded by an operator (`quarantine discards`)'],
      ['1 entry of forge', 'discarded by an operator (`quarantine discards`)'],
      ['1 entry of north', 'discarded by an operator (`quarantine discards`)'],
      undefined,
    ]);
  });
});

describe('concordat quarantine show and retry', () => {
  it('say of what is cut that its beginning is all there is', async () => {
    const node = await openNode(parseConfig({ CONCORDAT_DATA: place.data, CONCORDAT_QUARANTINE_MAX_MB: '16' }), { verifyWorkers: 0 });
    await node.quarantine.add({ ...item(undefined, 0), content: Buffer.alloc(400_000, 'canary') });
    const [entry] = await node.quarantine.list({ unattributed: true, limit: 1 });
    await node.close();
    const id = String(entry?.id);
    const { out } = await place.run(['quarantine', 'show', id, '--content']);
    expect(out).toMatch(/kind +message, 400000 bytes, of which the beginning is kept: it cannot be judged again\n/);
    expect(out).toMatch(/\n\n(?:canary){170}cana…\n\nSHA-256 of the whole: [0-9a-f]{64}\n$/);
    expect((await place.run(['quarantine', 'retry', id])).out).toMatch(/waiting +not-kept\n/);
  });
});
