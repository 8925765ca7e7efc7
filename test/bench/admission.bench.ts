// Goal P1: what it costs to know who signed which events, against the signature check that nobody can do without.
import { createPublicKey, generateKeyPairSync, type KeyObject, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { MessageVerifier, type SigningJwk, VerifyPool } from '#ingress';
import { systemClock } from '#kernel';

export interface Row {
  readonly goal: 'P1';
  readonly name: string;
  readonly limit: number;
  readonly ours: number;
  readonly ratio: number;
  /** Least ratio that reaches the goal. */
  readonly target: number;
  readonly unit: string;
}

/** Many short rounds: the machine is noisy, and what disturbs one half of a round mostly disturbs the other. */
const ROUNDS = 60;
const WORKERS = 2;
const AGENCIES = 10;
const SINGLES = 512;
const IN_FLIGHT = 128;
const BATCHES = 16;
const EVENTS = 100;

type Algorithm = 'EdDSA' | 'ES256';

interface Signer {
  readonly kid: string;
  readonly jwk: SigningJwk;
  readonly privateKey: KeyObject;
}

interface Signed {
  readonly raw: Buffer;
  readonly input: Buffer;
  readonly signature: Buffer;
  readonly text: string;
  readonly jwk: SigningJwk;
}

const signerOf = (alg: Algorithm, n: number): Signer => {
  const pair = alg === 'EdDSA' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return { kid: `key-${n}`, jwk: pair.publicKey.export({ format: 'jwk' }), privateKey: pair.privateKey };
};

/** An event of about 1 KB, as an MIS would send it. */
const event = (n: number): object => ({
  specversion: '1.0',
  id: `black-country-training-${n}`,
  source: 'urn:concordat:agency:black-country-training',
  type: 'uk.concordat.assessment.recorded.v1',
  subject: 'uln:9276308686',
  time: '2026-03-02T09:00:00Z',
  datacontenttype: 'application/json',
  data: {
    assessmentId: `a-${n}`,
    framework: 'initial',
    domain: 'literacy',
    instrument: 'BSA Initial Assessment',
    assessedOn: '2026-03-01',
    assessor: { name: 'A. Assessor', role: 'personal-adviser' },
    outcome: { level: 'entry-3', summary: 'Reads short everyday texts with care. '.repeat(11) },
    factors: [
      { code: 'housing', level: 2 },
      { code: 'attitudes-and-motivation', level: 3 },
    ],
  },
});

const signedBy = (alg: Algorithm, { kid, jwk, privateKey }: Signer, cty: string, payload: unknown): Signed => {
  const text = JSON.stringify(payload);
  const header = Buffer.from(JSON.stringify({ alg, kid, cty })).toString('base64url');
  const input = Buffer.from(`${header}.${Buffer.from(text).toString('base64url')}`);
  const signature = alg === 'EdDSA' ? sign(null, input, privateKey) : sign('sha256', input, { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return { raw: Buffer.from(`${input.toString()}.${signature.toString('base64url')}`), input, signature, text, jwk };
};

/** The limit with workers: each checks its share of the same signatures in a bare loop. */
const RAW_WORKER = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { createPublicKey, verify } = require('node:crypto');
  const checks = workerData.map(({ input, signature, jwk }) => {
    const key = createPublicKey({ key: jwk, format: 'jwk' });
    const ed = key.asymmetricKeyType === 'ed25519';
    return [ed ? null : 'sha256', input, ed ? key : { key, dsaEncoding: 'ieee-p1363' }, signature];
  });
  parentPort.on('message', () => {
    for (const [algorithm, input, key, signature] of checks) if (!verify(algorithm, input, key, signature)) throw new Error('It does not fit.');
    parentPort.postMessage('done');
  });`;

type Work = () => Promise<void>;

/** Rates in turn, the ratio within each round; the first tenth warms up. */
const compare = async (count: number, limit: Work, ours: Work): Promise<Pick<Row, 'limit' | 'ours' | 'ratio'>> => {
  const rate = async (work: Work): Promise<number> => {
    const began = performance.now();
    await work();
    return count / ((performance.now() - began) / 1000);
  };
  const rounds: { readonly limit: number; readonly ours: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) rounds.push({ limit: await rate(limit), ours: await rate(ours) });
  const measured = rounds.slice(ROUNDS / 10);
  return {
    limit: Math.round(median(measured.map((round) => round.limit))),
    ours: Math.round(median(measured.map((round) => round.ours))),
    ratio: Number(median(measured.map((round) => round.ours / round.limit)).toFixed(2)),
  };
};

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const verifierFor = (signers: readonly Signer[], pool: VerifyPool): MessageVerifier => {
  const keys = new Map(signers.map(({ kid, jwk }) => [kid, { agency: 'black-country-training', jwk }]));
  return new MessageVerifier({ keys: { signingKey: (kid) => keys.get(kid) }, pool, clock: systemClock });
};

const take = async (verifier: MessageVerifier, { raw }: Signed): Promise<void> => {
  const verified = await verifier.verify(raw);
  if (!verified.ok) throw new Error(verified.error.code);
};

/** So many messages at once, the next as soon as one is done. */
const takeAll = async (verifier: MessageVerifier, messages: readonly Signed[], inFlight: number): Promise<void> => {
  const rest = messages.values();
  const lane = async (): Promise<void> => {
    for (const message of rest) await take(verifier, message);
  };
  await Promise.all(Array.from({ length: inFlight }, lane));
};

const singles = async (alg: Algorithm): Promise<Row> => {
  const signers = Array.from({ length: AGENCIES }, (_, n) => signerOf(alg, n));
  const messages = Array.from({ length: SINGLES }, (_, n) => signedBy(alg, signers[n % AGENCIES] as Signer, 'cloudevents+json', event(n)));
  const raw = Array.from(
    { length: WORKERS },
    (_, w) => new Worker(RAW_WORKER, { eval: true, workerData: messages.filter((_, n) => n % WORKERS === w) }),
  );
  const pool = new VerifyPool({ workers: WORKERS });
  const verifier = verifierFor(signers, pool);
  const bare: Work = async () => {
    const done = raw.map((worker) => once(worker, 'message'));
    for (const worker of raw) worker.postMessage('go');
    await Promise.all(done);
  };
  const rates = await compare(SINGLES, bare, () => takeAll(verifier, messages, IN_FLIGHT));
  await pool.close();
  await Promise.all(raw.map((worker) => worker.terminate()));
  return { goal: 'P1', name: `singles, ${alg}, ${WORKERS} workers`, ...rates, target: 0.8, unit: 'messages/s' };
};

/** The limit is one thread that checks the signature and parses; ours with that one thread, or with the workers beside it. */
const batches = async (alg: Algorithm, workers: number): Promise<Row> => {
  const signer = signerOf(alg, 0);
  const array = (n: number): readonly object[] => Array.from({ length: EVENTS }, (_, e) => event(n * EVENTS + e));
  const messages = Array.from({ length: BATCHES }, (_, n) => signedBy(alg, signer, 'cloudevents-batch+json', array(n)));
  const key = createPublicKey(signer.privateKey);
  const bare: Work = async () => {
    for (const { input, signature, text } of messages) {
      const fits =
        alg === 'EdDSA' ? verify(null, input, key, signature) : verify('sha256', input, { key, dsaEncoding: 'ieee-p1363' }, signature);
      if (!fits || (JSON.parse(text) as unknown[]).length !== EVENTS) throw new Error('It does not fit.');
    }
  };
  const pool = new VerifyPool({ workers });
  const verifier = verifierFor([signer], pool);
  const rates = await compare(BATCHES * EVENTS, bare, () => takeAll(verifier, messages, workers === 0 ? 1 : 8));
  await pool.close();
  const name = `batches of ${EVENTS}, ${alg}, ${workers === 0 ? 'one thread' : `${workers} workers`}`;
  return { goal: 'P1', name, ...rates, target: 0.7, unit: 'events/s' };
};

/** The rows of goal P1. */
export const admissionBench = async (): Promise<readonly Row[]> => {
  const rows: Row[] = [];
  for (const alg of ['EdDSA', 'ES256'] as const) rows.push(await singles(alg), await batches(alg, 0), await batches(alg, WORKERS));
  return rows;
};
