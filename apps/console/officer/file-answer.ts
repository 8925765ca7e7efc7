// A file of the broker's, handed on as it comes.
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { FastifyReply } from 'fastify';

export const handedOn = (file: Response, reply: FastifyReply): Readable => {
  void reply.headers({
    'content-type': file.headers.get('content-type') ?? 'application/octet-stream',
    'content-disposition': file.headers.get('content-disposition') ?? 'attachment',
    'cache-control': 'no-store',
  });
  return Readable.fromWeb(file.body as ReadableStream);
};
