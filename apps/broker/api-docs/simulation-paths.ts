// What a draft would change, counted on the live log, in the document: for data protection officers.
import { ROLES } from '#catalogue';
import { CHANGES, type ExampleDecision, type RoleGains } from '#disclosure';
import type { SimulationBegun } from '#egress';
import { json, objectOf, type Operation, type Parameter, type Paths, plainObject, ref, type Schemas } from './openapi.ts';
import { ACCEPT_ENCODING, internal, NO_STORE, problem, tooManyRequests, unavailable } from './problem-responses.ts';

const COUNT = { type: 'integer', minimum: 0 } as const;
const COUNTS = plainObject(Object.fromEntries(CHANGES.map((change) => [change, COUNT])), [...CHANGES]);
type Begun = Omit<SimulationBegun, 'began'> & { readonly began: string };
type Example = Omit<ExampleDecision, 'position'> & { readonly position: string };

export const simulationSchemas: Schemas = {
  RoleGains: objectOf<RoleGains>(
    {
      role: { enum: [...ROLES] },
      learners: {
        ...COUNTS,
        description:
          'Of how many learners somebody of this role would be shown something that is not shown now; or not any more; or otherwise.',
      },
      disclosures: { ...COUNTS, description: 'How many disclosures that is: an item towards one agency for one purpose is one.' },
    },
    ['role', 'learners', 'disclosures'],
  ),
  SimulatedDecision: objectOf<Example>(
    {
      learner: { type: 'string', description: 'A pseudonym of the office that asks: nobody else’s is the same.' },
      recipient: { type: 'string' },
      change: { enum: [...CHANGES] },
      purpose: { type: 'string' },
      item: { type: 'string', description: 'Its type; nothing of what it says.' },
      category: { type: 'string' },
      source: { type: 'string' },
      clause: { type: 'string', description: 'Of the draft; of what is lost, of the text in force.' },
      position: ref('Position'),
    },
    ['learner', 'recipient', 'change', 'purpose', 'item', 'category', 'source', 'clause', 'position'],
    'One decision as it would be made. It is recorded as a look at the learner, who can see it.',
  ),
  Simulated: plainObject(
    {
      simulation: { type: 'string' },
      protocol: { type: 'string' },
      version: { type: 'integer', minimum: 1 },
      against: { type: ['integer', 'null'], description: 'The version in force; null: there is none.' },
      at: { type: 'string', format: 'date-time' },
      position: { ...ref('Position'), description: 'Up to which the log was looked through.' },
      learners: { ...COUNT, description: 'How many there are.' },
      roles: { type: 'array', items: ref('RoleGains'), description: 'Roles of whose sight something would change.' },
      examples: { type: 'array', maxItems: 10, items: ref('SimulatedDecision') },
    },
    ['simulation', 'protocol', 'version', 'against', 'at', 'position', 'learners', 'roles', 'examples'],
  ),
  SimulationRunning: plainObject({ simulation: { type: 'string' }, done: { ...COUNT, description: 'Learners looked at.' }, of: COUNT }, [
    'simulation',
    'done',
    'of',
  ]),
  SimulationBegun: objectOf<Begun>(
    {
      simulation: { type: 'string' },
      version: { type: 'integer', minimum: 1, description: 'Of the text.' },
      began: { type: 'string', format: 'date-time' },
      state: { enum: ['running', 'done', 'failed'] },
      done: { ...COUNT, description: 'Learners looked at.' },
      of: COUNT,
    },
    ['simulation', 'version', 'began', 'state', 'done', 'of'],
  ),
  Simulations: plainObject({ simulations: { type: 'array', items: ref('SimulationBegun') } }, ['simulations']),
  Draft: {
    oneOf: [
      plainObject({ version: { type: 'integer', minimum: 1, description: 'One that was drafted.' } }, ['version']),
      plainObject(
        { document: { type: 'string', minLength: 1, maxLength: 500_000, description: 'A text that was not, as YAML or JSON.' } },
        ['document'],
      ),
    ],
  },
};

const ID: Parameter = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Of the protocol, as `e2e-passport`.',
  schema: { type: 'string', minLength: 1, maxLength: 100 },
  examples: { passport: { value: 'e2e-passport' } },
};
const SIMULATION: Parameter = {
  name: 'simulation',
  in: 'path',
  required: true,
  description: 'As the answer to the question named it.',
  schema: { type: 'string', pattern: '^[0-9a-f-]{36}$' },
};
const PREFER: Parameter = {
  name: 'Prefer',
  in: 'header',
  description: '`wait=<seconds>`, 10 at most and by default, or `respond-async` (RFC 7240); what else there is, is passed over.',
  schema: { type: 'string', pattern: '^[ -~]*$' },
};

const REFUSED: Operation['responses'] = {
  401: problem(['no-token', 'invalid-token'], {
    description: 'No token, or none that is in force.',
    headers: { 'WWW-Authenticate': { description: 'RFC 6750.', required: true, schema: { type: 'string' } } },
  }),
  403: problem(['not-permitted'], {
    description: 'The token is no data protection officer’s, or no protocol in force gives the office this.',
    members: { clauses: { type: 'array', items: { type: 'string' }, description: 'None would do.' } },
  }),
  429: tooManyRequests,
  500: internal,
};

const operation = (about: Pick<Operation, 'operationId' | 'summary' | 'parameters'>, more: Operation['responses']): Operation => ({
  ...about,
  tags: ['oversight'],
  description:
    'For data protection officers, an agency’s about what reaches or comes from the agency. Each question is recorded before it is answered. It is assumed that the parties of now sign, or, of an agreement that is new, whoever can.',
  security: [{ bearer: [] }],
  responses: {
    200: {
      description: 'What would change.',
      headers: { ...NO_STORE, 'Concordat-Position': { description: 'Of the look in the log.', required: true, schema: ref('Position') } },
      content: json('Simulated'),
    },
    202: {
      description: 'It takes longer: ask again where `Location` says.',
      headers: {
        ...NO_STORE,
        Location: { description: 'Path of the simulation.', required: true, schema: { type: 'string' } },
        'Retry-After': { description: 'Seconds.', required: true, schema: { type: 'string' } },
      },
      content: json('SimulationRunning'),
    },
    400: problem(['bad-request'], { description: 'The body names no version and holds no protocol.' }),
    ...REFUSED,
    404: problem(['no-such-protocol'], {
      description: 'No such version was drafted, or no such simulation runs or ended within the hour.',
    }),
    503: unavailable(['unavailable'], 'The log or a key is out of reach.'),
    ...more,
  },
});

export const simulationPaths: Paths = {
  '/v1/protocols/{id}/simulate': {
    post: {
      ...operation(
        { operationId: 'simulate', summary: 'Who would gain and who would lose, were a draft in force.', parameters: [ID, PREFER] },
        {
          413: problem(['too-large'], { description: 'The body is larger than 1 MiB.' }),
          415: problem(['unsupported-media-type'], { description: 'The body is not application/json.', headers: ACCEPT_ENCODING }),
        },
      ),
      requestBody: { required: true, content: json('Draft', { drafted: { version: 2 } }) },
    },
  },
  '/v1/protocols/{id}/simulations': {
    get: {
      operationId: 'simulations',
      tags: ['oversight'],
      summary: 'Which simulations of an agreement the officer began that run, or ended within the hour.',
      description: 'The latest first; of nobody else’s. They end with the process.',
      parameters: [ID],
      security: [{ bearer: [] }],
      responses: {
        200: { description: 'Those there are; none of an agreement that nobody knows.', headers: NO_STORE, content: json('Simulations') },
        ...REFUSED,
      },
    },
  },
  '/v1/protocols/{id}/simulations/{simulation}': {
    get: operation(
      { operationId: 'simulation', summary: 'How far a simulation is, or what it came to.', parameters: [ID, SIMULATION, PREFER] },
      {},
    ),
  },
};
