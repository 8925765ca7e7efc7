// Against a broker's wire alone: a list comes as a file that is whole, or as none.
import { once } from 'node:events';
import { mkdirSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { createServer } from 'node:http';
import { Workplace } from '../fixtures/captured-run.ts';

const place = new Workplace();
const NAME = 'caseload-2026-10-06-17.csv';
const LINES = ['learner,localId\r\n', 'psn:x,cx-1\r\n'];
const asked: string[] = [];

const server = createServer((request, response) => {
  const { url: path = '', headers } = request;
  request.resume();
  if (!path.startsWith('/v1/')) {
    const told = path === '/token' ? { access_token: 't', expires_in: 300 } : { issuer: url(), token_endpoint: `${url()}/token` };
    return void response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(told));
  }
  asked.push(`${path} as ${String(headers.accept)} for ${String(headers['purpose'])}`);
  response.writeHead(200, { 'content-type': 'text/csv', 'content-disposition': `attachment; filename="${NAME}"` });
  const isCut = path.includes('state=ended');
  return void response.write(LINES.join(''), () => (isCut ? response.destroy() : response.end()));
});
const url = (): string => `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
const OUT = place.path('out');
const exported = (...words: readonly string[]) =>
  place.run(['export', ...words, '--agency', 'careers', '--key', place.path('keys', 'signing-private.json'), '--url', url(), '--out', OUT]);

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await place.run(['keygen', '--out', place.path('keys')]);
  mkdirSync(OUT);
});
afterAll(() => {
  server.close();
  place.remove();
});

describe('concordat export', () => {
  it('keeps nothing of a list that broke off, and ends as failed', async () => {
    const { code, err, out } = await exported('caseload', '--where', 'state=ended');
    expect([code, out, err]).toEqual([1, '', expect.stringContaining('The export broke off')]);
    expect(readdirSync(OUT)).toEqual([]);
  });

  it('writes a whole list, for its owner alone, under the name that the broker gives it', async () => {
    asked.splice(0);
    const { code, out } = await exported('caseload', '--on', '2026-10-06');
    const file = place.path('out', NAME);
    expect([code, out]).toEqual([0, `${file}\n`]);
    expect([readdirSync(OUT), readFileSync(file, 'utf8'), statSync(file).mode & 0o777]).toEqual([[NAME], LINES.join(''), 0o600]);
    expect(asked).toEqual(['/v1/caseload?on=2026-10-06 as text/csv for support-learner, deliver-programme']);
  });

  it('says which lists there are where it knows none of that name', async () => {
    const { code, err } = await exported('nobody');
    expect([code, err.includes('There is no list of that name. There are: ')]).toEqual([2, true]);
  });
});
