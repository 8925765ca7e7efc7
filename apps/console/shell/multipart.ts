// Forms with a file (RFC 7578): read whole, each field and each file as text. Nothing is written anywhere, and what a file is called is not
// looked at.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Entered } from './form.ts';

/** More than the longest text of an agreement, with its statement. */
const UPLOAD_BYTES = 512 * 1024;

/** As other forms are read: what comes several times under one name is a list. Rejects with `TypeError` where it is no such form. */
export const fieldsOf = async (body: Buffer, type: string): Promise<Entered> => {
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const fields = await Promise.all(
    [...form].map(async ([name, value]) => [name, typeof value === 'string' ? value : await value.text()] as const),
  );
  const byName = Map.groupBy(fields, ([name]) => name);
  return Object.fromEntries(
    [...byName].map(([name, all]) => [name, all.length === 1 ? all[0]?.[1] : all.map(([, text]) => text)] as const),
  );
};

export const takeFiles = (server: FastifyInstance): void => {
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
