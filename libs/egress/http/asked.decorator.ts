// All that a query about a learner says, gathered from path, headers and query string.
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Asker } from '#access';

export interface Asked {
  readonly ref: string;
  readonly asker: Asker;
  readonly purpose?: string;
  /** Of a data protection officer: why a record is opened. */
  readonly reason?: string;
  readonly minPosition?: string;
  readonly cursor?: string;
  readonly limit?: string;
  /** `performance.now()` on arrival. */
  readonly began: number;
}

type QueryRequest = FastifyRequest<{ Params: { ref: string }; Querystring: { cursor?: string; limit?: string } }> & { asker: Asker };

export const askedOf = ({ params, query, headers, asker }: QueryRequest): Asked => ({
  ref: params.ref,
  asker,
  ...textOf('purpose', headers['purpose']),
  ...textOf('reason', headers['concordat-reason']),
  ...textOf('minPosition', headers['concordat-min-position']),
  ...textOf('cursor', query.cursor),
  ...textOf('limit', query.limit),
  began: performance.now(),
});

/** A header given twice is one list, as HTTP has it (RFC 9110 section 5.3); a parameter given twice did not get here. */
const textOf = (name: keyof Asked, value: string | readonly string[] | undefined): Partial<Asked> =>
  value === undefined ? {} : { [name]: String(value) };

export const AskedOf = createParamDecorator((_data: unknown, context: ExecutionContext): Asked =>
  askedOf(context.switchToHttp().getRequest<QueryRequest>()),
);
