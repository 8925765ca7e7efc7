// A message is of one content type; another is refused before its body is read, so that no parser calls it malformed.
import type { onRequestHookHandler } from 'fastify';
import { Problem } from '#http';

const MESSAGE = /^application\/jose\s*(?:;|$)/i;

export const wrongContentType = (): Problem =>
  new Problem(415, 'unsupported-media-type', 'Send one JWS in compact form, with content-type application/jose.');

export const takeMessagesOnly: onRequestHookHandler = ({ method, routeOptions, headers }, _reply, done) => {
  const refused = method === 'POST' && routeOptions.url === '/v1/events' && !MESSAGE.test(headers['content-type'] ?? '');
  done(refused ? wrongContentType() : undefined);
};
