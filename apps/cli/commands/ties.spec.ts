// Against a broker's wire alone: what it is asked, and what is made of its answers.
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { Workplace } from '../fixtures/captured-run.ts';

interface Told {
  readonly id: string;
  readonly subject: string;
}

const place = new Workplace();
const messages: (readonly Told[])[] = [];
const asked: { readonly url: string; readonly purpose: string | undefined }[] = [];
let waiting: readonly object[] = [];
let away = false;

const bodyOf = async (request: IncomingMessage): Promise<string> => {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
};
const eventsOf = (jws: string): readonly Told[] => {
  const payload: unknown = JSON.parse(Buffer.from(jws.split('.')[1] ?? '', 'base64url').toString());
  expect(decodeProtectedHeader(jws).alg).toBe('EdDSA');
  return (Array.isArray(payload) ? payload : [payload]) as readonly Told[];
};

const server = createServer((request, response) => {
  const answer = (body: unknown, status = 200): unknown =>
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
  const receiptOf = ({ id, subject }: Told) =>
    subject === 'local:unknown'
      ? {
          id,
          source: 's',
          outcome: 'rejected',
          problem: { code: 'no-such-learner', detail: 'This subject names no learner whom you work with.' },
        }
      : { id, source: 's', outcome: 'accepted', position: '7' };
  const ways: Readonly<Record<string, (body: string) => unknown>> = {
    '/.well-known/oauth-authorization-server': () => answer({ issuer: url(), token_endpoint: `${url()}/token` }),
    '/token': (body) =>
      answer({ access_token: String(decodeJwt(new URLSearchParams(body).get('client_assertion') ?? '').sub), expires_in: 300 }),
    '/v1/events': (body) => {
      if (away) return answer({ code: 'gone', detail: 'Not today.' }, 500);
      messages.push(eventsOf(body));
      return answer({ receipts: messages.at(-1)?.map(receiptOf) });
    },
    '/v1/ties?state=waiting&limit=500': () => answer({ ties: waiting.slice(0, 1), next: 'x=' }),
    '/v1/ties?state=waiting&limit=500&cursor=x%3D': () => answer({ ties: waiting.slice(1) }),
  };
  asked.push({ url: request.url ?? '', purpose: request.headers['purpose'] as string | undefined });
  void bodyOf(request).then((body) => ways[request.url ?? '']?.(body));
});
const url = (): string => `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
const ties = (words: readonly string[], input = '') =>
  place.run(['ties', ...words, '--agency', 'careers', '--key', place.path('keys', 'signing-private.json'), '--url', url()], { input });

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await place.run(['keygen', '--out', place.path('keys')]);
});
afterAll(() => {
  server.close();
  place.remove();
});
beforeEach(() => {
  messages.length = 0;
  asked.length = 0;
  away = false;
});

describe('concordat ties confirm', () => {
  it('vouches for a roll in signed batches, and reports each line without its learner', async () => {
    const file = place.path('roll.csv');
    writeFileSync(file, `local:unknown\n${Array.from({ length: 600 }, (_, number) => `local:${number}`).join('\n')}\n`);
    const { code, out, err } = await ties(['confirm', file, '--of', 'st-chads', '--relationship', 'home-institution']);
    expect(messages.map((events) => events.length)).toEqual([500, 101]);
    expect(out).toMatch(
      /^LINE +AGENCY +RELATIONSHIP +OUTCOME +POSITION +WHAT TO KNOW\n1 +st-chads +home-institution +rejected +no-such-learner: .*\n2 +st-chads +home-institution +accepted +7\n/,
    );
    expect(out).not.toContain('local:');
    expect({ code, err }).toEqual({
      code: 1,
      err: '500 of 601 lines sent.\n601 of 601 lines sent.\nconcordat: 1 of 601 lines was not recorded.\n',
    });
  });

  it('says the same of the same roll on the same day, and says it anew on another', async () => {
    const run = async (day: string) => ties(['confirm', '-', '--day', day], 'local:1,st-chads\n');
    expect((await run('2026-09-07')).code).toBe(0);
    await run('2026-09-07');
    await run('2026-09-08');
    const [first, again, later] = messages;
    expect(again).toEqual(first);
    expect(later?.[0]?.id).not.toBe(first?.[0]?.id);
  });

  it('tells as JSON, and how to go on where it broke off', async () => {
    const confirm = ['confirm', '-', '--day', '2026-09-07', '--json'];
    expect(JSON.parse((await ties(confirm, 'local:1,st-chads\n')).out)).toEqual([
      { line: 1, agency: 'st-chads', id: messages[0]?.[0]?.id, outcome: 'accepted', position: '7' },
    ]);
    away = true;
    const { code, out, err } = await ties(confirm, 'local:1,st-chads\n');
    expect({ code, out }).toEqual({ code: 1, out: '[]\n' });
    expect(err).toMatch(/^concordat: 1 of 1 lines were not sent: .* Run the same again with --day 2026-09-07\.\n$/);
  });

  it('sends nothing of a roll that it cannot read, nor for a day that is none', async () => {
    expect(await ties(['confirm', '-'], 'local:1,st-chads\nNia,st-chads\n')).toMatchObject({
      code: 1,
      err: expect.stringMatching(/^concordat: Standard input, line 2: /),
    });
    expect((await ties(['confirm', '-', '--day', 'monday'], 'local:1,st-chads\n')).code).toBe(2);
    expect(messages).toEqual([]);
  });
});

describe('concordat ties list', () => {
  beforeEach(() => {
    waiting = [
      { learner: 'psn:a', localId: 'C, 1', agency: 'st-chads', relationships: ['home-institution'], since: '2026-09-07' },
      { learner: 'psn:b', agency: 'forge', relationships: ['enrolled-with', 'referred-to'], since: '2026-09-08' },
    ];
  });

  it('shows all who wait, page by page, and names no purpose', async () => {
    expect((await ties(['list'])).out).toBe(
      'LEARNER     AGENCY    WAITS TO BE                SINCE\nlocal:C, 1  st-chads  home-institution           2026-09-07\npsn:b       forge     enrolled-with referred-to  2026-09-08\n',
    );
    expect(asked.filter((one) => one.url.startsWith('/v1/ties')).map(({ purpose }) => purpose)).toEqual([undefined, undefined]);
  });

  it('makes a roll that `ties confirm` reads', async () => {
    const { out, err } = await ties(['list', '--csv']);
    expect(out).toBe('subject,agency,relationship\n"local:C, 1",st-chads,home-institution\n');
    expect(err).toMatch(/^1 of 2 are of learners for whom you linked no id of your own/);
    await ties(['confirm', '-'], out);
    expect(messages[0]?.map(({ subject }) => subject)).toEqual(['local:C, 1']);
  });

  it('vouches for one that is only known, as the roll says it', async () => {
    waiting = [{ learner: 'psn:c', localId: 'C-3', agency: 'forge', relationships: ['known-to'], since: '2026-09-08' }];
    await ties(['confirm', '-'], (await ties(['list', '--csv'])).out);
    expect(messages[0]).toMatchObject([{ subject: 'local:C-3', data: { agency: 'forge', relationship: 'known-to' } }]);
  });

  it('says so where nobody waits', async () => {
    waiting = [];
    expect(await ties(['list'])).toEqual({ code: 0, out: '', err: 'Nobody waits for a voucher of yours.\n' });
    expect((await ties(['list', '--json'])).out).toBe('[]\n');
  });
});
