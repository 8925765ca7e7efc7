// Against a broker's wire alone: what it is asked, and what is made of its answers.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { Workplace } from '../fixtures/captured-run.ts';

const place = new Workplace();
const asked: string[] = [];

const rowOf = (localId: string, more: object = {}): object => ({
  learner: `psn:${localId}`,
  localId,
  givenName: 'Aisha',
  familyName: 'Khan',
  adviser: { name: '=Sam', staffId: null, role: 'personal-adviser' },
  office: null,
  state: 'current',
  programmes: [{ of: 'bct', programmeId: 'p', kind: 'e2e', startedOn: '2026-07-06', week: 4, state: 'running' }],
  followUp: { informedOn: '2026-07-08', due: '2026-07-22', state: 'overdue', madeOn: null },
  signOff: null,
  nextReview: null,
  lastReviewOn: null,
  attendanceConcerns28d: null,
  riskAssessed: null,
  attention: ['follow-up-overdue'],
  via: [{ clause: 'own' }, { clause: 'e2e-passport@1#EP1' }, { clause: 'own' }],
  ...more,
});

const server = createServer((request, response) => {
  const { url: path = '', headers } = request;
  const answers: Readonly<Record<string, object>> = {
    '/.well-known/oauth-authorization-server': { issuer: url(), token_endpoint: `${url()}/token` },
    '/token': { access_token: 't', expires_in: 300 },
    '/v1/caseload?': { rows: [rowOf('cx-1')], next: 'x=' },
    '/v1/caseload?cursor=x%3D': { rows: [rowOf('cx-2', { localId: undefined })] },
    '/v1/caseload?state=ended&on=2026-10-06': { rows: [] },
    '/v1/checklist?protocol=e2e-passport': {
      rows: [{ question: 'Who signed?', protocol: 'e2e-passport', state: 'open', due: null, agencies: ['bct', 'hts'] }],
    },
    '/v1/data-quality/completeness?': { rows: [] },
  };
  if (path.startsWith('/v1/')) asked.push(`${path} for ${String(headers['purpose'])}`);
  request.resume();
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answers[path] ?? {}));
});
const url = (): string => `http://127.0.0.1:${(server.address() as { readonly port: number }).port}`;
const list = (...words: readonly string[]) =>
  place.run(['list', ...words, '--agency', 'careers', '--key', place.path('keys', 'signing-private.json'), '--url', url()]);

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

describe('concordat list', () => {
  it('shows all pages of a list as an aligned table, for the purposes of the list', async () => {
    const { out, code } = await list('caseload');
    expect([code, asked]).toEqual([
      0,
      ['/v1/caseload? for support-learner, deliver-programme', '/v1/caseload?cursor=x%3D for support-learner, deliver-programme'],
    ]);
    expect(out.trimEnd().split('\n')).toEqual([
      'LEARNER   FAMILY NAME  GIVEN NAME  ADVISER NAME  PROGRAMMES KIND  FOLLOW UP DUE  NEXT REVIEW ON  ATTENTION',
      'cx-1      Khan         Aisha       =Sam          e2e              2026-07-22                     follow-up-overdue',
      'psn:cx-2  Khan         Aisha       =Sam          e2e              2026-07-22                     follow-up-overdue',
    ]);
  });

  it('shows all columns as CSV, in which no cell is a formula', async () => {
    const [head = '', first = ''] = (await list('caseload', '--csv')).out.split('\n');
    expect([head.startsWith('learner,localId,givenName,'), head.endsWith(',attention,clauses')]).toEqual([true, true]);
    expect([first.includes(",'=Sam,"), first.endsWith(',follow-up-overdue,own e2e-passport@1#EP1')]).toEqual([true, true]);
  });

  it('shows what is told whole and without a purpose likewise', async () => {
    const { out } = await list('checklist', '--where', 'protocol=e2e-passport');
    expect(out.trimEnd().split('\n')).toEqual([
      'QUESTION     PROTOCOL      STATE  DUE  AGENCIES',
      'Who signed?  e2e-passport  open        bct; hts',
    ]);
    expect((await list('data-quality/completeness')).err).toBe('Nothing is on this list for you.\n');
    expect(asked).toEqual(['/v1/checklist?protocol=e2e-passport for undefined', '/v1/data-quality/completeness? for undefined']);
  });

  it('asks for what is chosen, for the purpose given, and says where nobody is', async () => {
    const { err } = await list('caseload', '--where', 'state=ended', '--on', '2026-10-06', '--purpose', 'support-learner');
    expect([asked, err]).toEqual([['/v1/caseload?state=ended&on=2026-10-06 for support-learner'], 'Nobody is on this list for you.\n']);
  });

  it('says which lists there are', async () => {
    const { out } = await place.run(['list']);
    expect(out).toContain('caseload');
    expect(out.split('\n')[0]).toMatch(/^LIST +PURPOSES +FILTERS +SHOWS$/);
  });

  it.each([
    [['list', 'nobody'], 'There is no list of that name. There are: '],
    [['list', 'caseload'], 'Say who asks: --agency'],
    [['list', 'caseload', '--agency', 'x', '--key', 'y', '--where', 'state'], ''],
  ])('refuses %j', async (words, says) => {
    const { code, err } = await place.run(words);
    expect([code === 0, err.includes(says)]).toEqual([false, true]);
  });
});
