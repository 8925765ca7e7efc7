// A file of the broker's, handed on as it comes, under a name that says whose copy it is.
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { FastifyReply } from 'fastify';
import { fileName } from './file-name.ts';
import type { Visit } from './visit.ts';

export const handedOn = (file: Response, reply: FastifyReply, { person }: Pick<Visit, 'person'>): Readable => {
  void reply.headers({
    'content-type': file.headers.get('content-type') ?? 'application/octet-stream',
    'content-disposition': `attachment; filename="${fileName(file, person)}"`,
    'cache-control': 'no-store',
  });
  return Readable.fromWeb(file.body as ReadableStream);
};
