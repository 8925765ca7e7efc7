// Forms with a file (RFC 7578): read whole, each field and each file as text, of a scan its fingerprint alone. Nothing is written anywhere,
// and what a file is called is not looked at.
import { createHash } from 'node:crypto';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Entered } from './form.ts';

/** More than the longest text of an agreement, with its statement. */
const UPLOAD_BYTES = 512 * 1024;
/** A page or two as scanners and telephones make them. */
const SCAN_BYTES = 8 * 1024 * 1024;
const SCAN = 'scan';
/** Where a scan may come along. */
const WITH_SCAN = '/staff/consent/new/:protocol';

/** As `sha-256:` and 64 hexadecimal digits: whoever has the scan can show by it that it is the one. */
export const isFingerprint = (text: string): boolean => /^sha-256:[0-9a-f]{64}$/.test(text);

/** Of what was scanned nothing else goes on from here. Empty where no file was chosen. */
const fingerprintOf = async (scan: Blob): Promise<string> =>
  scan.size === 0
    ? ''
    : `sha-256:${createHash('sha256')
        .update(Buffer.from(await scan.arrayBuffer()))
        .digest('hex')}`;

const textIn = (name: string, value: string | Blob): string | Promise<string> => {
  if (typeof value === 'string') return value;
  return name === SCAN ? fingerprintOf(value) : value.text();
};

/** As other forms are read: what comes several times under one name is a list. Rejects with `TypeError` where it is no such form. */
export const fieldsOf = async (body: Buffer, type: string): Promise<Entered> => {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields = await Promise.all([...form].map(async ([name, value]) => [name, await textIn(name, value)] as const));
  const byName = Map.groupBy(fields, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, all]) => [name, all.length === 1 ? all[0]?.[1] : all.map(([, text]) => text)] as const),
  );
};

/** From whoever is not signed in nothing so large is read: it could not be kept until they are. */
export const isTooLargeToKeep = ({ headers }: Pick<FastifyRequest, 'headers'>): boolean =>
  headers['content-type']?.startsWith('multipart/') === true && !(Number(headers['content-length']) <= UPLOAD_BYTES);

export const takeFiles = (server: FastifyInstance): void => {
  server.addHook('onRoute', (route) => {
    if (route.url === WITH_SCAN) route.bodyLimit = SCAN_BYTES;
  });
  server.addContentTypeParser(
    'multipart/form-data',
    { parseAs: 'buffer', bodyLimit: UPLOAD_BYTES },
    async (request: FastifyRequest, body: string | Buffer) => {
      try {
        return await fieldsOf(Buffer.from(body), request.headers['content-type'] ?? '');
      } catch (cause) {
        throw Object.assign(new Error('It is no form with files.', { cause }), { statusCode: 400 });
      }
    },
  );
};
