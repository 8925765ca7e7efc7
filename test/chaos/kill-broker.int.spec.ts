// Invariants 2 and 3 under kill -9: what was acknowledged is there once, what was not can be sent again, and reads come out the same.
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { BrokerProcess, freePort, shared, tool } from '../broker-process.ts';

const LEARNERS = 40;
const KILLS = 5;
const SENDERS = 8;
const SEED = process.env['CONCORDAT_SEED'] ?? '11';

interface Message {
  readonly n: number;
  readonly learner: number;
  readonly jws: string;
}

interface Expected {
  readonly outcome: string;
}

interface Told {
  readonly outcome: string;
  readonly position?: string;
}

const present = existsSync(join(shared, 'tools/partnership.mjs'));
if (!present)
  process.stderr.write(
    '\nNOT RUN: killing the broker under a partnership needs the public tools in ../shared/tools, which are not there.\n\n',
  );
const whenPresent = present ? describe : describe.skip;

whenPresent(`a broker killed ${KILLS} times under load (seed ${SEED})`, () => {
  let folder: string;
  let broker: BrokerProcess;
  let messages: readonly Message[];
  let expected: readonly Expected[];
  let reads = 0;
  const partnership = (): string => join(folder, 'partnership');
  const lines = <Line>(file: string): readonly Line[] =>
    readFileSync(join(partnership(), file), 'utf8')
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Line);

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'kill-broker-'));
    await tool('partnership.mjs', '--out', partnership(), '--seed', SEED, '--learners', String(LEARNERS));
    messages = lines<Message>('messages.jsonl');
    expected = lines<Expected>('receipts.jsonl');
    reads = lines('reads.jsonl').length;
    broker = new BrokerProcess(join(folder, 'data'), await freePort());
    await broker.command('partnership', 'load', partnership());
    await broker.start();
  }, 60_000);
  afterAll(async () => {
    await broker.stop();
    rmSync(folder, { recursive: true });
  });

  const post = async ({ jws }: Message): Promise<Told> => {
    const response = await fetch(`${broker.url}/v1/events`, { method: 'POST', headers: { 'content-type': 'application/jose' }, body: jws });
    if (response.status === 401) return { outcome: 'unverifiable' };
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return ((await response.json()) as { readonly receipts: readonly [Told] }).receipts[0];
  };

  /** As an agency does it: the same message again until somebody answers. */
  const insist = async (message: Message): Promise<Told & { readonly tries: number }> => {
    for (let tries = 1; ; tries++) {
      try {
        return { ...(await post(message)), tries };
      } catch {
        await pause(20);
      }
    }
  };

  const told = new Map<number, Told & { readonly tries: number }>();

  /** All messages, each learner's in order. */
  const sendAll = async (): Promise<void> => {
    const stories = [...Map.groupBy(messages, ({ learner }) => learner).values()];
    const work = async (): Promise<void> => {
      for (let story = stories.shift(); story; story = stories.shift())
        for (const message of story) told.set(message.n, await insist(message));
    };
    await Promise.all(Array.from({ length: SENDERS }, work));
  };

  /** Kills when a further share of the messages has been answered. */
  const killAlong = async (): Promise<void> => {
    for (let kill = 1; kill <= KILLS; kill++) {
      while (told.size < (messages.length * kill) / (KILLS + 1)) await pause(5);
      await broker.kill();
      await broker.start();
    }
  };

  it('answers every message as if it had never died', async () => {
    await Promise.all([sendAll(), killAlong()]);
    const wrong = messages.filter(({ n }) => {
      const { outcome, tries } = told.get(n) ?? { outcome: '', tries: 0 };
      const resent = tries > 1 && outcome === 'duplicate';
      return outcome !== expected[n]?.outcome && !(resent && ['accepted', 'already-captured'].includes(expected[n]?.outcome ?? ''));
    });
    expect(wrong.map(({ n }) => ({ n, want: expected[n], got: told.get(n) }))).toEqual([]);
  }, 180_000);

  it('holds every acknowledged event once, where it was acknowledged', async () => {
    const acknowledged = messages.filter(({ n }) => told.get(n)?.outcome === 'accepted');
    const positions = acknowledged.map(({ n }) => told.get(n)?.position);
    expect(new Set(positions).size).toBe(positions.length);
    for (const message of acknowledged.slice(0, 200)) {
      const again = await post(message);
      expect(again).toMatchObject({ outcome: 'duplicate', position: told.get(message.n)?.position });
    }
  }, 120_000);

  it('shows every reader what it would have shown', async () => {
    const printed = await tool('check-partnership.mjs', '--url', broker.url, '--dir', partnership(), '--reads-only');
    expect(printed).toContain(`reads ${reads}/${reads}`);
  }, 120_000);
});
