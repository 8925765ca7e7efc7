// What each request meets before any page: headers, whose area it is, where a form comes from (ASVS 5, V3).
import { ForbiddenException } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { LANGUAGES } from '../words/index.ts';
import { type Admittance, admittanceTo } from './areas.ts';
import { isTooLargeToKeep } from './multipart.ts';
import { pathOf, wentByItself } from './paths.ts';
import { emptySession, personOf } from './session.ts';
import { NotSignedIn, Visit, type VisitParts } from './visit.ts';

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
    endIfOver(request, parts.signIns);
    admit(request);
    if (personOf(request) !== undefined) await parts.names.ready();
  });
  server.addHook('preHandler', (request, reply, done) => {
    if (request.method !== 'POST') return done();
    if (fromElsewhere(request)) return done(new ForbiddenException());
    if (admittance(request) === 'sign-in') return done(new NotSignedIn());
    server.csrfProtection(request, reply, () => {
      const person = personOf(request);
      if (person !== undefined) parts.drafts.drop(person, request.url);
      done();
    });
  });
};

const endIfOver = (request: FastifyRequest, signIns: VisitParts['signIns']): void => {
  const { signIn } = request.session;
  if (signIn !== undefined && !signIns.goesOn(signIn, { byItself: wentByItself(request) })) emptySession(request);
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

const admittance = (request: FastifyRequest): Admittance => admittanceTo(pathOf(request.url), personOf(request));

/** What is sent without a sign-in is read first, for it may be kept. */
const admit = (request: FastifyRequest): void => {
  const found = admittance(request);
  if (found === 'sign-in' && (request.method !== 'POST' || isTooLargeToKeep(request))) throw new NotSignedIn();
  if (found === 'not-yours') throw new NotYours();
};
