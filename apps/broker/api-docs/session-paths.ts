// How a learner signs in on the own page for the first time, in the document (ADR 54).
import { learnerRefused } from './learners-paths.ts';
import { json, type Operation, type Paths, plainObject, type Schemas } from './openapi.ts';
import { ACCEPT_ENCODING, NO_STORE, problem } from './problem-responses.ts';

const CODE = '7K2M-Q4TX-9HBD-W3ZR';

export const sessionSchemas: Schemas = {
  SignInCodeAsked: plainObject(
    {
      ref: {
        type: 'string',
        minLength: 1,
        maxLength: 500,
        description: 'The learner, as the agency names them: `uln:…`, `local:…` or its pseudonym.',
      },
    },
    ['ref'],
  ),
  SignInCode: plainObject(
    {
      code: { type: 'string', description: 'To be handed over in person. It works once.' },
      until: { type: 'string', format: 'date-time', description: 'Three days ahead.' },
    },
    ['code', 'until'],
  ),
  SignInCodeTyped: plainObject(
    {
      code: { type: 'string', minLength: 1, maxLength: 40, description: 'With or without blanks and dashes, in any case.' },
      from: {
        type: 'string',
        minLength: 1,
        maxLength: 100,
        description:
          'Stands for where it was typed, such as a keyed hash of an address; it is kept nowhere. Wrong codes are counted by it, 30 a minute, and of ' +
          'one page 300 a minute. Without it all that a page sends is from one place.',
      },
    },
    ['code'],
  ),
  SignedIn: plainObject(
    {
      learner: { type: 'string', description: 'The pseudonym by which the page, and an issuer behind it, name the learner from now on.' },
      access_token: { type: 'string', description: "The learner's own token." },
      token_type: { const: 'Bearer' },
      expires_in: { type: 'integer', description: 'Seconds.' },
    },
    ['learner', 'access_token', 'token_type', 'expires_in'],
  ),
};

const BODY_FAULTS: Operation['responses'] = {
  400: problem(['bad-request'], { description: 'The body is not well formed.' }),
  413: problem(['too-large'], { description: 'The request is larger than 1 MiB.' }),
  415: problem(['unsupported-media-type'], { description: 'A body of a type that is not JSON.', headers: ACCEPT_ENCODING }),
};

const { 401: unauthenticated, 429: tooMany, 500: internal, 503: unavailable } = learnerRefused;
const ALWAYS = { 401: unauthenticated, 429: tooMany, 500: internal, 503: unavailable } as Operation['responses'];

export const sessionPaths: Paths = {
  '/v1/session/codes': {
    post: {
      operationId: 'issueSignInCode',
      tags: ['access'],
      summary: "A code with which a learner signs in on the learner's own page for the first time.",
      description:
        'For agencies that meet the learner: who advises, trains or teaches them, by a relationship that somebody vouched for. It is recorded, and the ' +
        'learner can see it.',
      security: [{ bearer: [] }],
      requestBody: { required: true, content: json('SignInCodeAsked', { local: { ref: 'local:cx-17' } }) },
      responses: {
        200: {
          description: 'To be handed over in person.',
          headers: NO_STORE,
          content: json('SignInCode', { code: { code: CODE, until: '2026-10-09T09:00:00.000Z' } }),
        },
        ...ALWAYS,
        ...BODY_FAULTS,
        403: problem(['not-an-agency'], { description: 'Only agencies hand over codes.' }),
        404: problem(['no-such-learner'], {
          description: 'No such learner, or none whom the agency meets: the two look alike.',
          headers: NO_STORE,
        }),
      },
    },
  },
  '/v1/session/codes/redeem': {
    post: {
      operationId: 'redeemSignInCode',
      tags: ['access'],
      summary: "Signs a learner in on the learner's own page.",
      description: 'For agencies of the role self-service. A code works once, for three days, and bears five tries.',
      security: [{ bearer: [] }],
      requestBody: { required: true, content: json('SignInCodeTyped', { typed: { code: CODE } }) },
      responses: {
        200: {
          description: 'Whose code it was.',
          headers: NO_STORE,
          content: json('SignedIn', {
            learner: {
              learner: 'psn:u2Yq8T0bq0y0u7rZb8yq3w',
              access_token: 'eyJhbGciOiJFZERTQSJ9…',
              token_type: 'Bearer',
              expires_in: 300,
            },
          }),
        },
        ...ALWAYS,
        ...BODY_FAULTS,
        403: problem(['not-permitted', 'not-an-agency'], {
          description: "Only a learner's own page redeems codes.",
          someMembers: { clauses: { type: 'array', items: { type: 'string' }, description: 'None would do.' } },
        }),
        404: problem(['no-such-code'], {
          description: 'No such code, or none that may be used any more: they look alike.',
          headers: NO_STORE,
        }),
      },
    },
  },
};
