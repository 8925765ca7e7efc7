// What pages of lists that close say besides (ADR 46).
import { type ClosingList, isOfThings, isWorkedOut, type Listing } from '#read-models';
import type { Schemas } from './openapi.ts';

const closingOf = (list: Listing): ClosingList | undefined => (isOfThings(list) || isWorkedOut(list) ? undefined : list.closing);

/** Of a list that closes. */
export const periodIn = (list: Listing): Schemas => {
  const closing = closingOf(list);
  return closing === undefined
    ? {}
    : {
        period: { type: 'string', description: 'Month of the list.' },
        status: { enum: ['open', 'verified', 'published'], description: 'Nothing is added to what is published, and nothing in it moves.' },
        closesAt: { type: 'string', format: 'date-time', description: 'What is recorded from then on is of a later list.' },
        excluded: {
          type: 'integer',
          minimum: 0,
          description: 'Events that were left out of what is published, since somebody doubts them.',
        },
        counts: {
          type: 'object',
          additionalProperties: { type: 'integer', minimum: 1 },
          description: `Rows on this page by \`${closing.counted}\`.`,
        },
      };
};

export const examplePeriod = (list: Listing): object =>
  closingOf(list) === undefined
    ? {}
    : { period: '2026-09', status: 'published', closesAt: '2026-10-05T05:00:00.000Z', excluded: 0, counts: { new: 1 } };
