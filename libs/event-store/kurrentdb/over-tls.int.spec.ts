// The way to the server over TLS: with a certificate that is trusted and no other, and never without TLS where the server wants it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KurrentServer } from '../../../test/kurrentdb/kurrent-server.ts';
import { eventOf, everything, write } from '../contract/log-under-test.ts';
import { KurrentNodes } from '../fixtures/index.ts';

let folder: string;
let server: KurrentServer;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'over-tls-'));
  certify('server');
  certify('another');
  server = await KurrentServer.start({ tls: { cert: pem('server.crt'), key: pem('server.key') } });
});
afterAll(async () => {
  await server.stop();
  rmSync(folder, { recursive: true });
});

const path = (file: string): string => join(folder, file);
const pem = (file: string): string => readFileSync(path(file), 'utf8');

/** A certificate of its own for 127.0.0.1. */
const certify = (name: string): void => {
  const subject = ['-subj', `/CN=${name}`, '-addext', 'subjectAltName=IP:127.0.0.1'];
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', path(`${name}.key`)];
  execFileSync('openssl', ['req', '-x509', '-days', '2', ...key, ...subject, '-out', path(`${name}.crt`)], { stdio: 'ignore' });
};

const urlWith = (options: string, port = server.port): string => `kurrentdb://ada:safe@127.0.0.1:${port}?${options}`;
const openedWith = async (url: string): Promise<unknown> => {
  const nodes = new KurrentNodes(url);
  return nodes.open('here', { patience: { opening: 2000 } }).finally(() => nodes.discard());
};

describe('a server that wants TLS', () => {
  it('is written to, followed and read where its certificate is trusted', async () => {
    const nodes = new KurrentNodes(urlWith(`tls=true&tlsCAFile=${path('server.crt')}`));
    const [here, there] = [await nodes.open('here'), await nodes.open('there')];
    await here.append([write('a', 'no-stream', eventOf(1))]);
    await there.catchUp();
    expect(await everything(there)).toEqual([1]);
    await nodes.discard();
  });

  it.each([
    ['that no authority of the machine has signed', () => urlWith('tls=true')],
    ['other than the one that is trusted', () => urlWith(`tls=true&tlsCAFile=${path('another.crt')}`)],
  ])('with a certificate %s is refused at once, and it is said why', async (_, url) => {
    const refused = { code: 'unavailable', message: expect.stringMatching(/certificate .*tlsCAFile/) };
    await expect(openedWith(url())).rejects.toMatchObject(refused);
  });

  it('is not reached without, and it is said what may be wrong', async () => {
    await expect(openedWith(urlWith('tls=false'))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/without TLS.*tls=true/),
    });
  });
});

describe('a server without TLS', () => {
  it('is not reached with it, and it is said what may be wrong', async () => {
    const open = await KurrentServer.start();
    await expect(openedWith(urlWith('tls=true', open.port))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringMatching(/over TLS.*tls=false/),
    });
    await open.stop();
  });
});

describe('a certificate file that is not there', () => {
  it('ends the start with a sentence', async () => {
    await expect(openedWith(urlWith('tls=true&tlsCAFile=/nowhere/ca.pem'))).rejects.toMatchObject({
      code: 'unavailable',
      message: expect.stringContaining('certificate file that KURRENTDB_URL names'),
    });
  });
});
