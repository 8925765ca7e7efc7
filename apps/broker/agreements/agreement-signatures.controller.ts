// Signing, re-affirming and leaving agreements over the wire: the signature says whose it is, so no token is asked for (ADR 47).
import { Controller, HttpCode, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { UseCases } from '#bus/nest';
import { HTTP_PROBLEMS, type HttpProblemCode, Problem } from '#http';
import { wrongContentType } from '#ingress';
import { LeaveProtocol, ListProtocols, ReviewProtocol, SignProtocol } from '#sharing-protocols/bus';
import type { ProtocolChange, VersionName } from '#sharing-protocols';
import { noSuch } from './agreements-search.ts';

/** Why what a party signed is not recorded; what remains is that there is no such version. */
const REFUSALS = [
  'signature-invalid',
  'names-another',
  'digest-differs',
  'fills-no-role',
  'not-a-party',
  'protocol-ended',
  'signature-used',
  'review-not-later',
  'review-too-far',
] as const satisfies readonly HttpProblemCode[];

@Controller('v1/protocols')
export class AgreementSignaturesController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Post(':id/:version/signatures')
  @HttpCode(200)
  async sign(@Param('id') protocol: string, @Param('version') number: string, @Req() request: FastifyRequest): Promise<unknown> {
    const expected = await this.#named(protocol, number);
    return recordedOf(await this.#useCases.run(new SignProtocol({ jws: jwsIn(request), expected }), 'http'));
  }

  @Post(':id/:version/review')
  @HttpCode(200)
  async review(@Param('id') protocol: string, @Param('version') number: string, @Req() request: FastifyRequest): Promise<unknown> {
    const expected = await this.#named(protocol, number);
    return recordedOf(await this.#useCases.run(new ReviewProtocol({ jws: jwsIn(request), expected }), 'http'));
  }

  /** A party leaves every version. */
  @Post(':id/:version/leave')
  @HttpCode(200)
  async leave(@Param('id') protocol: string, @Param('version') number: string, @Req() request: FastifyRequest): Promise<unknown> {
    const expected = await this.#named(protocol, number);
    return recordedOf(await this.#useCases.run(new LeaveProtocol({ jws: jwsIn(request), expected }), 'http'));
  }

  async #named(id: string, number: string): Promise<VersionName> {
    const versions = await this.#useCases.run(new ListProtocols({}), 'http');
    const found = versions.find(({ protocol, version }) => protocol === id && String(version) === number);
    if (found) return { protocol: found.protocol, version: found.version };
    throw noSuch();
  }
}

const jwsIn = ({ body }: FastifyRequest): string => {
  if (!Buffer.isBuffer(body)) throw wrongContentType();
  return body.toString('utf8').trim();
};

/** No positions: it was recorded before. */
const recordedOf = (change: ProtocolChange): unknown => {
  if (change.ok) return { positions: change.value.map(String) };
  const { code, says } = change.error;
  const refusal = REFUSALS.find((one) => one === code);
  throw refusal === undefined ? noSuch() : new Problem(HTTP_PROBLEMS[refusal], refusal, says);
};
