// What parties propose for the next version of an agreement, and how the officer of the partnership sends one of them for signature
// (ADR 65). A proposal is signed, which says whose it is; it is shown to agencies and offices, and nothing rests on it.
import { Controller, Get, Header, HttpCode, Inject, Param, Post, Req, UseGuards } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Asker, type OfficeAsker, recordedAs } from '#access';
import { UseCases } from '#bus/nest';
import { AskerGuard, AskerOf, HTTP_PROBLEMS, type HttpProblemCode, Problem } from '#http';
import { diffProtocols, type WaitingProposal } from '#sharing-protocols';
import { ListProposals, ProposeProtocol, SendProposal } from '#sharing-protocols/bus';
import { noSuch } from './agreements-search.ts';

const NO_STORE = ['cache-control', 'no-store'] as const;
export const LONGEST_TEXT = 500_000;
const LONGEST_STATEMENT = 10_000;

/** Why a text is not taken; what remains is that there is no such agreement. */
const REFUSALS = [
  'signature-invalid',
  'names-another',
  'digest-differs',
  'not-a-party',
  'version-not-next',
  'signers-dropped',
  'protocol-faulty',
  'signature-used',
  'too-many-proposals',
] as const satisfies readonly HttpProblemCode[];

@Controller('v1/proposals')
export class ProposingController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Post()
  @HttpCode(200)
  async propose(@Req() { body }: FastifyRequest): Promise<unknown> {
    const [document, statement] = [textIn(body, 'document', LONGEST_TEXT), textIn(body, 'statement', LONGEST_STATEMENT)];
    const change = await this.#useCases.run(new ProposeProtocol({ document, statement }), 'http');
    if (change.ok) return { proposal: nameOf(change.value.digest), positions: change.value.positions.map(String) };
    throw refused(change.error);
  }
}

export const refused = ({ code, says }: { readonly code: string; readonly says: string }): Problem => {
  const refusal = REFUSALS.find((one) => one === code);
  return refusal === undefined ? noSuch() : new Problem(HTTP_PROBLEMS[refusal], refusal, says);
};

@Controller('v1/proposals')
@UseGuards(AskerGuard)
export class ProposalsController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Get()
  @Header(...NO_STORE)
  async proposals(@AskerOf() asker: Asker): Promise<unknown> {
    mustWorkHere(asker);
    return { proposals: (await this.#useCases.run(new ListProposals({}), 'http')).map(summaryOf) };
  }

  /** The text, with the signature by which anybody can check whose it is, and in sentences what it would change. */
  @Get(':proposal')
  @Header(...NO_STORE)
  async proposal(@AskerOf() asker: Asker, @Param('proposal') name: string): Promise<unknown> {
    mustWorkHere(asker);
    const found = (await this.#useCases.run(new ListProposals({}), 'http')).find(({ digest }) => nameOf(digest) === name);
    if (found === undefined) throw noProposal();
    const { document, digest, kid: keyId, signature, against } = found;
    return { ...summaryOf(found), digest, keyId, signature, document, sentences: diffProtocols(against.document, document) };
  }

  @Post(':proposal/send')
  @HttpCode(200)
  @Header(...NO_STORE)
  async send(@AskerOf() asker: Asker, @Param('proposal') name: string): Promise<unknown> {
    const { staff, ...office } = officerIn(asker);
    const sent = { digest: `${SHA_256}${name}`, by: recordedAs(office), ...(staff !== undefined && { staff }) };
    const change = await this.#useCases.run(new SendProposal(sent), 'http');
    if (change === undefined) throw noProposal();
    if (change.ok) return { positions: change.value.map(String) };
    throw new Problem(
      HTTP_PROBLEMS['protocol-faulty'],
      'protocol-faulty',
      `Since it was proposed, other agreements have changed: ${change.error.says}`,
    );
  }
}

const SHA_256 = 'sha256:';
const nameOf = (digest: string): string => digest.slice(SHA_256.length);

const summaryOf = ({ document, digest, agency, proposedAt, against }: WaitingProposal): object => ({
  ...textOf({ document, digest, against }),
  ...{ by: agency, proposedOn: proposedAt.on, position: String(proposedAt.position) },
});

/** What a text says of itself, and in which version's place it would come. */
export const textOf = ({ document, digest, against }: Pick<WaitingProposal, 'document' | 'digest' | 'against'>): object => ({
  ...{ proposal: nameOf(digest), protocol: document.id, version: document.version, title: document.title },
  against: against.version,
  mustSign: [...new Set(document.parties.filter(({ mustSign }) => mustSign).map(({ role }) => role))],
});

/** Learners are owed the rules under which data about them flows, and a proposal is none yet: they are told alike, whatever there is. */
const mustWorkHere = (asker: Asker): void => {
  if ('learner' in asker) throw notPermitted('Proposals are for those who may have to sign them, and for offices.');
};

const officerIn = (asker: Asker): OfficeAsker => {
  if ('office' in asker && asker.office === 'dpo-partnership') return asker;
  throw notPermitted('The data protection officer of the partnership sends proposals for signature.');
};

const notPermitted = (says: string): Problem => new Problem(403, 'not-permitted', says, { more: { clauses: [] } });

const noProposal = (): Problem => new Problem(404, 'no-such-proposal', 'No such proposal waits: /v1/proposals lists those that do.');

export const textIn = (body: unknown, name: string, longest: number): string => {
  const value = typeof body === 'object' && body !== null ? (body as Readonly<Record<string, unknown>>)[name] : undefined;
  if (typeof value === 'string' && value !== '' && value.length <= longest) return value;
  throw new Problem(
    400,
    'bad-request',
    'The body holds `document`, the text; where it is proposed, `statement` too, the JWS over its digest.',
  );
};
