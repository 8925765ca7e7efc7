// `Concordat-Min-Position` in the document: what is asked for under /v1 takes it, whatever else it takes (ADR 70).
import { type Operation, type Parameter, type PathItem, type Paths, ref, type Response } from './openapi.ts';
import { problem, type ProblemCode, unavailable, withCode } from './problem-responses.ts';

export const MIN_POSITION: Parameter = {
  name: 'Concordat-Min-Position',
  in: 'header',
  description:
    'A position, such as a receipt gives: the answer then rests on the log up to there at least. What is a little behind is waited for; what is not there in time is 503.',
  schema: ref('Position'),
};

const also = (response: Response | undefined, code: ProblemCode, otherwise: Response): Response =>
  response === undefined ? otherwise : withCode(response, code);

/** A parameter that stands twice in a query is refused wherever it is asked for. */
const MALFORMED = problem(['position-malformed', 'bad-request'], { description: 'A header or parameter is not well formed.' });

const taking = ({ parameters = [], responses, ...operation }: Operation): Operation => ({
  ...operation,
  parameters: parameters.some(({ name }) => name === MIN_POSITION.name) ? parameters : [...parameters, MIN_POSITION],
  responses: {
    ...responses,
    400: also(also(responses['400'], 'position-malformed', MALFORMED), 'bad-request', MALFORMED),
    503: also(responses['503'], 'unavailable', unavailable(['unavailable'], 'It has not come as far as was asked for.')),
  },
});

const itemTaking = ([path, item]: readonly [string, PathItem]): readonly [string, PathItem] =>
  path.startsWith('/v1/') && item.get ? [path, { ...item, get: taking(item.get) }] : [path, item];

export const withMinPosition = (paths: Paths): Paths => Object.fromEntries(Object.entries(paths).map(itemTaking));
