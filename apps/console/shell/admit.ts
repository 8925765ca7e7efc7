// What each request meets before any page: headers, whose area it is, where a form comes from (ASVS 5, V3).
import { ForbiddenException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LANGUAGES } from '../words/index.ts';
import { admittanceTo } from './areas.ts';
import { personOf } from './session.ts';
import { NotSignedIn, pathOf, Visit, type VisitParts } from './visit.ts';

/** The page belongs to others than whoever is signed in. */
export class NotYours extends Error {
  override readonly name = 'NotYours';
}

/** `formAction`: where sign-in and sign-out lead on to, beside these pages. */
const policy = (formAction: string): string =>
  [
    "default-src 'none'",
    "style-src 'self'",
    "img-src 'self' data:",
    `form-action 'self' ${formAction}`,
    "frame-ancestors 'none'",
    "base-uri 'none'",
  ].join('; ');

const HEADERS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'permissions-policy': 'camera=(), geolocation=(), microphone=()',
  'cache-control': 'no-store',
};

export interface Admitting {
  readonly parts: VisitParts;
  readonly issuer: string;
  readonly secure: boolean;
}

export const admitTo = (server: FastifyInstance, { parts, issuer, secure }: Admitting): void => {
  const csp = policy(new URL(issuer).origin);
  server.decorateRequest('visit', null as unknown as Visit);
  server.addHook('onRequest', async (request, reply) => {
    request.visit = new Visit(request, reply, parts);
    void reply.headers(HEADERS).header('content-security-policy', csp).type('text/html; charset=utf-8');
    if (secure) void reply.header('strict-transport-security', 'max-age=31536000; includeSubDomains');
    chooseLanguage(request);
    admit(request);
  });
  server.addHook('preHandler', (request, reply, done) => {
    if (request.method !== 'POST') return done();
    if (fromElsewhere(request)) return done(new ForbiddenException());
    server.csrfProtection(request, reply, done);
  });
};

/** Browsers say where a request comes from (Fetch Metadata); one that does not say has the form's token to show all the same. */
const fromElsewhere = ({ headers }: FastifyRequest): boolean => {
  const site = headers['sec-fetch-site'];
  return site !== undefined && site !== 'same-origin' && site !== 'none';
};

const chooseLanguage = ({ query, session }: FastifyRequest): void => {
  const asked = (query as Readonly<Record<string, unknown>>)['lang'];
  const language = LANGUAGES.find((one) => one === asked);
  if (language !== undefined) session.language = language;
};

const admit = (request: FastifyRequest): void => {
  const admittance = admittanceTo(pathOf(request.url), personOf(request));
  if (admittance === 'sign-in') throw new NotSignedIn();
  if (admittance === 'not-yours') throw new NotYours();
};
