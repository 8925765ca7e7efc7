// Against a broker's wire alone: what it is asked, and what is made of its answers.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Workplace } from '../fixtures/captured-run.ts';

const place = new Workplace();
const asked: string[] = [];

const TOLD = {
  learner: 'psn:x',
  localId: 'f-1',
  rows: [
    {
      achievementId: 'a-1',
      kind: 'accredited',
      title: '=Food Safety',
      level: 'level-1',
      awardedOn: '2026-06-04',
      by: 'bct',
      alsoBy: ['wulfrun'],
      evidence: null,
    },
  ],
  via: [{ clause: 'own' }, { clause: 'e2e-passport@1#EP9' }],
};
const KNOWN = { learner: 'psn:x', rows: [], via: [] };

const server = createServer((request, response) => {
  const { url: path = '', headers } = request;
  const answers: Readonly<Record<string, object>> = {
    '/.well-known/oauth-authorization-server': { issuer: url(), token_endpoint: `${url()}/token` },
    '/token': { access_token: 't', expires_in: 300 },
    '/v1/learners/lookup': { learner: 'psn:x' },
    '/v1/learners/psn%3Ax/progress-file': TOLD,
    '/v1/learners/psn%3Ax/known-assessments?framework=apir&on=2026-10-06': KNOWN,
  };
  if (path.startsWith('/v1/')) asked.push(`${path} for ${String(headers['purpose'])}`);
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[path] ?? {}));
});
const url = (): string => `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
const ask = (...words: readonly string[]) =>
  place.run(['document', ...words, '--agency', 'forge', '--key', place.path('keys', 'signing-private.json'), '--url', url()]);

beforeAll(async () => {
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await place.run(['keygen', '--out', place.path('keys')]);
});
afterAll(() => {
  server.close();
  place.remove();
});
beforeEach(() => void asked.splice(0));

describe('concordat document', () => {
  it('asks by a pseudonym, so that no identifier stands in a URL, for the purposes of the document', async () => {
    const { out, code } = await ask('progress-file', 'uln:9276308686');
    expect([code, asked]).toEqual([
      0,
      ['/v1/learners/lookup for support-learner, plan-learning', '/v1/learners/psn%3Ax/progress-file for support-learner, plan-learning'],
    ]);
    expect(out).toMatch(/^PART +SAYS\nrows +achievementId a-1 · kind accredited · title =Food Safety · .* · alsoBy wulfrun\n$/);
  });

  it('shows all columns as CSV, in which no cell is a formula', async () => {
    const { out } = await ask('progress-file', 'psn:x', '--csv');
    expect(out.split('\n')).toEqual([
      'learner,localId,achievementId,kind,title,level,awardedOn,by,alsoBy,evidence,clauses',
      "psn:x,f-1,a-1,accredited,'=Food Safety,level-1,2026-06-04,bct,wulfrun,,own e2e-passport@1#EP9",
      '',
    ]);
  });

  it('asks for what is chosen, for the purpose given, and says where nothing is', async () => {
    const { err } = await ask(
      'known-assessments',
      'psn:x',
      '--where',
      'framework=apir',
      '--on',
      '2026-10-06',
      '--purpose',
      'plan-learning',
    );
    expect(asked).toEqual(['/v1/learners/psn%3Ax/known-assessments?framework=apir&on=2026-10-06 for plan-learning']);
    expect(err).toBe('Nothing of it is there for you.\n');
  });

  it('says which documents there are', async () => {
    const { out } = await place.run(['document']);
    expect(out.split('\n')[0]).toMatch(/^DOCUMENT +PURPOSES +FILTERS +SHOWS$/);
    expect(out).toContain('known-assessments');
  });

  it.each([
    [['nothing', 'psn:x'], 'There is no document of that name. There are: e2e-passport, '],
    [['ilp'], 'Say whom it is about'],
    [['case-conference-pack', 'psn:x', '--csv'], 'Criminal-offence data never stands in one file with other data'],
  ])('refuses %j', async (words, says) => {
    const { code, err } = await ask(...words);
    expect([code, err.includes(says)]).toEqual([2, true]);
  });
});
