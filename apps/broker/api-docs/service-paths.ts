// What the service tells of itself, in the document: health, figures, and the document.
import type { Live, Ready } from '../health/health.controller.ts';
import type { Check, Reason, ViewProgress } from '../health/readiness.ts';
import { examplesOf, json, objectOf, type Operation, type Paths, ref, type Response, type Schemas } from './openapi.ts';
import { internal, tooManyRequests, unavailable } from './problem-responses.ts';

const CHECKS: readonly Check[] = ['draining', 'log', 'disk', 'keys', 'quarantine', 'access', 'views', 'kafka', 'clock'];

export const serviceSchemas: Schemas = {
  Live: objectOf<Live>({ status: { const: 'live' } }, ['status']),
  Ready: objectOf<Ready>(
    {
      status: { const: 'ready' },
      position: ref('Position'),
      views: { type: 'array', items: ref('ViewProgress') },
      warnings: {
        type: 'array',
        items: ref('NotReadyReason'),
        description: 'What keeps nobody from sending, and an operator should see to.',
      },
    },
    ['status', 'position', 'views', 'warnings'],
  ),
  ViewProgress: objectOf<ViewProgress>(
    {
      view: { type: 'string' },
      position: ref('Position'),
      behind: { type: 'integer', minimum: 0, description: 'Events of the log that the view has not taken in yet.' },
      stopped: { type: 'boolean', description: 'True where it has stopped at an event that it cannot take in: an operator is needed.' },
      since: {
        type: 'string',
        format: 'date-time',
        description: 'Of one that has stopped: when the first event was recorded that it lacks; absent where the log cannot tell it now.',
      },
    },
    ['view', 'position', 'behind', 'stopped'],
  ),
  NotReadyReason: objectOf<Reason>({ check: { type: 'string', enum: CHECKS }, says: { type: 'string' } }, ['check', 'says']),
};

const NOT_READY = {
  reasons: { type: 'array', minItems: 1, items: ref('NotReadyReason') },
  views: { type: 'array', items: ref('ViewProgress') },
  warnings: { type: 'array', items: ref('NotReadyReason') },
};

const METRICS = `# HELP concordat_events_total Events judged, by the agency that signed them, channel, outcome of the receipt and problem code.
# TYPE concordat_events_total counter
concordat_events_total{agency="connexions-north",channel="http",outcome="accepted",code=""} 4711
`;

const asked = (operationId: string, summary: string, responses: Readonly<Record<string, Response>>): Operation => ({
  operationId,
  tags: ['service'],
  summary,
  responses: { ...responses, 429: tooManyRequests, 500: internal },
});

export const servicePaths: Paths = {
  '/health/live': {
    get: asked('isLive', 'Whether the process answers.', {
      200: { description: 'It does.', content: json('Live', { live: { status: 'live' } satisfies Live }) },
    }),
  },
  '/health/ready': {
    get: asked(
      'isReady',
      'Whether the broker may be given work: the log and every file beside it take data, which is tried each time, views are not far behind, it is not stopping.',
      {
        200: {
          description: 'It may.',
          content: json('Ready', {
            ready: {
              status: 'ready',
              position: '4711',
              views: [{ view: 'holdings', position: '4709', behind: 2, stopped: false }],
              warnings: [],
            } satisfies Ready,
          }),
        },
        503: unavailable(['not-ready'], 'Not now; `reasons` says why.', NOT_READY),
      },
    ),
  },
  '/metrics': {
    get: asked('getMetrics', 'Figures for Prometheus; no label holds personal data.', {
      200: {
        description: 'Prometheus text format.',
        content: { 'text/plain': { schema: { type: 'string' }, ...examplesOf({ metrics: METRICS }) } },
      },
    }),
  },
  '/openapi.json': {
    get: asked('getOpenApi', 'This document.', {
      200: {
        description: 'OpenAPI 3.1.',
        content: { 'application/json': { schema: { type: 'object', required: ['openapi', 'info', 'paths'] } } },
      },
    }),
  },
  '/asyncapi.json': {
    get: asked('getAsyncApi', 'The same for Kafka: topics, messages and their keys.', {
      200: {
        description: 'AsyncAPI 3.0.',
        content: { 'application/json': { schema: { type: 'object', required: ['asyncapi', 'info', 'channels'] } } },
      },
    }),
  },
};
