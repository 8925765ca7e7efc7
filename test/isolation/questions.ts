// Every question that the OpenAPI document describes, as an agency could ask it: each filter by itself, names of its own and of others'
// things, pages of one row, exports.
import type { OpenApiDocument, Parameter } from '../../apps/broker/api-docs/openapi.ts';
import { type Route, routesIn } from '../journeys/described-requests.ts';

export interface Question {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
}

export interface Asked {
  readonly purposes: readonly string[];
  /** Learners, as an agency may name them. */
  readonly refs: readonly string[];
  /** Values for filters that take any text. */
  readonly words: readonly string[];
  readonly days: readonly string[];
}

/** What parties owe one another is told to all of them, and names no learner (views.md, S23). */
const TOLD_TO_ALL = ['/v1/checklist'];

export const questionsIn = (document: OpenApiDocument, asked: Asked): readonly Question[] =>
  routesIn(document)
    .filter(
      ({ method, path, operation }) =>
        method === 'get' && !TOLD_TO_ALL.includes(path) && operation.security?.some((one) => 'bearer' in one),
    )
    .flatMap((route) => questionsOf(route, asked));

const questionsOf = (route: Route, asked: Asked): readonly Question[] => {
  const parameters = route.operation.parameters ?? [];
  const isPurposed = parameters.some(({ name }) => name.toLowerCase() === 'purpose');
  const headers: Readonly<Record<string, string>> = isPurposed ? { purpose: asked.purposes.join(', ') } : {};
  const filled = pathsOf(route.path, parameters, asked);
  const filters = parameters.filter(({ name, in: where }) => where === 'query' && name !== 'cursor' && name !== 'limit');
  const [plainest = ''] = filled;
  return [
    ...filled.map((path) => ({ path, headers })),
    { path: plainest, headers: { ...headers, accept: 'text/csv' } },
    ...(parameters.some(({ name }) => name === 'limit') ? [{ path: `${plainest}?limit=1`, headers }] : []),
    ...filters.flatMap((filter) =>
      valuesOf(filter, asked).map((value) => ({
        path: `${plainest}?${new URLSearchParams({ [filter.name]: value }).toString()}`,
        headers,
      })),
    ),
  ];
};

const pathsOf = (template: string, parameters: readonly Parameter[], { refs, words }: Asked): readonly string[] => {
  const names = parameters.filter(({ in: where }) => where === 'path').map(({ name }) => name);
  if (names.length === 0) return [template];
  const values = names.includes('ref') ? refs : words;
  return values.map((value) => names.reduce((path, name) => path.replace(`{${name}}`, encodeURIComponent(value)), template));
};

const valuesOf = ({ schema }: Parameter, { words, days }: Asked): readonly string[] => {
  const {
    enum: codes,
    format,
    pattern,
  } = schema as { readonly enum?: readonly string[]; readonly format?: string; readonly pattern?: string };
  if (codes) return codes;
  if (format === 'date') return days;
  if (pattern?.includes('(0[1-9]')) return days.map((day) => day.slice(0, 7));
  return pattern?.startsWith('^20') ? days.map((day) => day.slice(0, 4)) : words;
};
