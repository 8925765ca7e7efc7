// The console's server: Nest on Fastify, pages alone, no script.
import { randomBytes } from 'node:crypto';
import cookies from '@fastify/cookie';
import csrf from '@fastify/csrf-protection';
import session from '@fastify/session';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { AgencyNames } from './broker/agency-names.ts';
import type { FastifyInstance } from 'fastify';
import { BrokerClient } from './broker/broker-client.ts';
import { LEARNER_WORDS } from './learner/words.ts';
import { ConsoleModule } from './console.module.ts';
import type { ConsoleSettings } from './settings.ts';
import { admitTo } from './shell/admit.ts';
import { KeptDrafts } from './shell/drafts.ts';
import { tokenIn } from './shell/form.ts';
import { Issuer } from './shell/issuer.ts';
import { takeFiles } from './shell/multipart.ts';
import { PageFaults } from './shell/page-faults.filter.ts';
import { Pages } from './shell/pages.ts';
import { SESSION_MS, Sessions } from './shell/sessions.ts';
import { SignIns } from './shell/sign-ins.ts';
import { Signatories } from './shell/signatories.ts';
import { readStylesheets } from './shell/stylesheets.ts';

export interface RunningConsole {
  /** As people reach it. */
  readonly url: string;
  /** Where it listens, such as `http://127.0.0.1:3001`. */
  readonly listens: string;
  /** What it answers: method and template, such as `GET /dpo/decisions/:position`. */
  readonly routes: readonly string[];
  readonly close: () => Promise<void>;
}

export interface ConsoleOptions {
  /** Whether everything shown is made up, which each page then says. */
  readonly demo?: boolean;
  /** Where faults are told, without anything of anybody. */
  readonly tell?: (line: string) => void;
  /** Milliseconds since 1970, by which sign-ins are over. */
  readonly clock?: () => number;
}

const USUAL: Required<ConsoleOptions> = { demo: false, tell: (line) => void process.stderr.write(`${line}\n`), clock: Date.now };
const FORM_BYTES = 256 * 1024;
/** Of an address: what is sealed, and what a learner may be called by. */
const LONGEST_PART = 2000;

/** Listens on the configured host and port; port 0 takes any that is free. */
export const serveConsole = async (settings: ConsoleSettings, options: ConsoleOptions = {}): Promise<RunningConsole> => {
  const { demo, tell, clock } = { ...USUAL, ...options };
  const secure = settings.url?.startsWith('https:') === true;
  const adapter = new FastifyAdapter({
    bodyLimit: FORM_BYTES,
    logger: false,
    trustProxy: secure ? ['loopback', 'uniquelocal'] : false,
    routerOptions: { maxParamLength: LONGEST_PART },
  });
  const routes = routesOf(adapter.getInstance());
  const stylesheets = readStylesheets();
  const listening: { url?: string } = settings.url === undefined ? {} : { url: settings.url };
  const issuer = new Issuer(settings, () => listening.url ?? '');
  const styles = Object.fromEntries(Object.entries(stylesheets).map(([name, { path }]) => [name, path]));
  const cookie = cookieNamed(secure);
  const pages = new Pages({ serviceName: settings.serviceName, styles, demo, cookie, words: LEARNER_WORDS });
  const parts = { issuer, stylesheets, signatories: new Signatories(settings) };
  const app = await NestFactory.create<NestFastifyApplication>(ConsoleModule.of(parts), adapter, {
    logger: ['error', 'warn'],
    abortOnError: false,
  });
  takeFiles(app.getHttpAdapter().getInstance());
  await keepSessions(app, secure, clock);
  const broker = new BrokerClient(settings.broker);
  admitTo(app.getHttpAdapter().getInstance(), {
    parts: {
      pages,
      broker,
      names: new AgencyNames(() => broker.askInTheOpen('/v1/agencies')),
      issuer,
      drafts: new KeptDrafts(clock),
      signIns: new SignIns(clock),
      clock,
    },
    issuer: settings.issuer,
    secure,
  });
  app.useGlobalFilters(new PageFaults(tell));
  await app.listen(settings.port, settings.host);
  const listens = (await app.getUrl()).replace('[::1]', '127.0.0.1');
  listening.url ??= listens;
  return { url: listening.url, listens, routes, close: () => app.close() };
};

const routesOf = (server: FastifyInstance): readonly string[] => {
  const routes: string[] = [];
  server.addHook('onRoute', ({ method, url }) => {
    for (const one of [method].flat()) if (one !== 'HEAD') routes.push(`${one} ${url}`);
  });
  return routes;
};

/** Only over TLS may a cookie bear the prefix; on a loopback address without TLS there is no such bearer of it. */
const cookieNamed = (secure: boolean): string => (secure ? '__Host-concordat' : 'concordat');

/** Sessions live in memory: whoever was signed in signs in again after a restart. Names of sessions are signed with a key of this start. */
const keepSessions = async (app: NestFastifyApplication, secure: boolean, clock: () => number): Promise<void> => {
  await app.register(cookies);
  await app.register(session, {
    secret: randomBytes(32).toString('base64url'),
    cookieName: cookieNamed(secure),
    cookie: { httpOnly: true, path: '/', sameSite: 'lax', secure, maxAge: SESSION_MS },
    store: new Sessions(clock),
    rolling: true,
    saveUninitialized: false,
  });
  await app.register(csrf, { sessionPlugin: '@fastify/session', getToken: (request) => tokenIn(request.body) });
};
