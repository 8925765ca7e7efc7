// What every answer tells caches and browsers: to store nothing of what is about people or opens doors, and to take content for what it says.
import type { FastifyReply, onRequestHookHandler } from 'fastify';

const PERSONAL = /^\/(?:v1|oauth)\//;

/** A route whose answers may be stored says so itself, afterwards. */
export const withAnswerHeaders = (url: string, reply: FastifyReply): FastifyReply => {
  void reply.header('x-content-type-options', 'nosniff');
  return PERSONAL.test(url) ? reply.header('cache-control', 'no-store') : reply;
};

export const setAnswerHeaders: onRequestHookHandler = ({ url }, reply, done) => {
  void withAnswerHeaders(url, reply);
  done();
};
