// What a draft would change, counted on the live log: for data protection officers alone (console.md, 4.1).
import { Controller, Get, Header, HttpCode, Inject, Param, Post, Req, Res, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { agencyOfOffice, type Asker, type OfficeAsker } from '#access';
import { UseCases } from '#bus/nest';
import { AskForSimulation, ListSimulations, Simulate, type SimulationAnswer } from '#egress';
import { AskerGuard, AskerOf, Problem } from '#http';
import { parseProtocol, type ProtocolDocument } from '#sharing-protocols';
import { noSuch } from './agreements-search.ts';

/** What takes longer goes on, and is asked for again. */
const LONGEST_WAIT_SECONDS = 10;
const LONGEST_TEXT = 500_000;

@Controller('v1/protocols')
@UseGuards(AskerGuard)
export class SimulationController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Post(':id/simulate')
  @HttpCode(200)
  async simulate(
    @AskerOf() asker: Asker,
    @Param('id') protocol: string,
    @Req() { body, headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const asked = { asker: officerIn(asker), protocol, draft: draftIn(body), wait: waitIn(headers) };
    return tell(await this.#useCases.run(new Simulate(asked), 'http'), protocol, reply);
  }

  @Get(':id/simulations')
  @Header('cache-control', 'no-store')
  async simulations(@AskerOf() asker: Asker, @Param('id') protocol: string): Promise<unknown> {
    const begun = await this.#useCases.run(new ListSimulations({ asker: beginnerIn(asker), protocol }), 'http');
    return { simulations: begun.map(({ began, ...one }) => ({ ...one, began: new Date(began).toISOString() })) };
  }

  @Get(':id/simulations/:simulation')
  async simulation(
    @AskerOf() asker: Asker,
    @Param() { id: protocol, simulation }: { readonly id: string; readonly simulation: string },
    @Req() { headers }: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const named = { asker: officerIn(asker), protocol, simulation, wait: waitIn(headers) };
    return tell(await this.#useCases.run(new AskForSimulation(named), 'http'), protocol, reply);
  }
}

/** Whoever is no officer is told the same, whatever there is. */
const officerIn = (asker: Asker): OfficeAsker => {
  if ('office' in asker) return asker;
  throw notPermitted();
};

/** Simulations are begun by data protection officers; the agreement says so where one is begun, and here the office does. */
const beginnerIn = (asker: Asker): OfficeAsker => {
  const { office } = officerIn(asker);
  if (office !== 'dpo-partnership' && agencyOfOffice(office) === undefined) throw notPermitted();
  return officerIn(asker);
};

const notPermitted = (): Problem =>
  new Problem(403, 'not-permitted', 'A simulation is for data protection officers, by the protocol oversight.', { more: { clauses: [] } });

/** `wait=<seconds>` or `respond-async` (RFC 7240). */
const waitIn = ({ prefer: told = '' }: FastifyRequest['headers']): number => {
  const prefer = String(told);
  const seconds = /(?:^|,)\s*wait=(\d{1,5})\s*(?:,|;|$)/.exec(prefer)?.[1];
  if (seconds !== undefined) return Math.min(Number(seconds), LONGEST_WAIT_SECONDS) * 1000;
  return /(?:^|,)\s*respond-async\s*(?:,|;|$)/.test(prefer) ? 0 : LONGEST_WAIT_SECONDS * 1000;
};

const memberOf = (body: unknown, name: string): unknown =>
  typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;

const isVersion = (value: unknown): value is number => typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
const isText = (value: unknown): value is string => typeof value === 'string' && value.length <= LONGEST_TEXT;

const draftIn = (body: unknown): number | ProtocolDocument => {
  const [version, document] = [memberOf(body, 'version'), memberOf(body, 'document')];
  if (document === undefined && isVersion(version)) return version;
  if (version === undefined && isText(document)) return documentIn(document);
  throw new Problem(
    400,
    'bad-request',
    'The body names `version`, one that was drafted, or holds `document`, the text of one that was not.',
  );
};

const documentIn = (text: string): ProtocolDocument => {
  const parsed = parseProtocol(text);
  if (parsed.ok) return parsed.value;
  const [fault] = parsed.error;
  const where = fault === undefined ? '' : ` Line ${fault.line}, column ${fault.column}: ${fault.says}`;
  throw new Problem(400, 'bad-request', `The document is no protocol.${where}`);
};

const tell = (answer: SimulationAnswer, protocol: string, reply: FastifyReply): unknown => {
  void reply.header('cache-control', 'no-store');
  if (answer.outcome === 'simulated') {
    const { simulation, simulated, position } = answer;
    void reply.header('concordat-position', String(position));
    const { at, position: upTo, examples, ...rest } = simulated;
    return {
      ...{ simulation, ...rest, at: new Date(at).toISOString(), position: String(upTo) },
      examples: examples.map(({ position: looked, ...example }) => ({ ...example, position: String(looked) })),
    };
  }
  if (answer.outcome !== 'running') throw refusalOf(answer.outcome);
  const { simulation, done, of } = answer;
  void reply
    .status(202)
    .header('location', `/v1/protocols/${encodeURIComponent(protocol)}/simulations/${simulation}`)
    .header('retry-after', '2');
  return { simulation, done, of };
};

const refusalOf = (outcome: 'not-permitted' | 'unknown' | 'too-many'): Problem => {
  if (outcome === 'not-permitted') return notPermitted();
  if (outcome === 'unknown') return noSuch();
  return new Problem(429, 'too-many-requests', 'As many simulations run as may at once: wait until one has ended.', {
    headers: { 'retry-after': '10' },
  });
};
