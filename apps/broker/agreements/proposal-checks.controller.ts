// What would come of a text if a party proposed it, told before anybody signs it: the checks of `POST /v1/proposals`, and what the text
// would change (ADR 70). That it would be refused is an answer too. Nothing is recorded: no text is anybody's before it is signed.
import { Body, Controller, Header, HttpCode, Inject, Post, UseGuards } from '@nestjs/common';
import { agencyOfOffice, type Asker } from '#access';
import { UseCases } from '#bus/nest';
import { AskerGuard, AskerOf, Problem } from '#http';
import type { AgencySlug } from '#kernel';
import { diffProtocols } from '#sharing-protocols';
import { ExamineProposal } from '#sharing-protocols/bus';
import { LONGEST_TEXT, refused, textIn, textOf } from './proposals.controller.ts';

@Controller('v1/proposal-checks')
@UseGuards(AskerGuard)
export class ProposalChecksController {
  readonly #useCases: UseCases;

  constructor(@Inject(UseCases) useCases: UseCases) {
    this.#useCases = useCases;
  }

  @Post()
  @HttpCode(200)
  @Header('cache-control', 'no-store')
  async check(@AskerOf() asker: Asker, @Body() body: unknown): Promise<unknown> {
    const agency = agencyIn(asker);
    const told = await this.#useCases.run(new ExamineProposal({ document: textIn(body, 'document', LONGEST_TEXT), agency }), 'http');
    if (!told.ok) return refusalOf(refused(told.error));
    const { document, digest, against, waits } = told.value;
    return { ...textOf({ document, digest, against }), by: agency, digest, waits, sentences: diffProtocols(against.document, document) };
  }
}

/** As it would be refused if it were proposed. */
const refusalOf = ({ code, message: says }: Problem<string>): object => ({ refusal: { code, says } });

/** An agency, and the officer of one for it: nobody else proposes. Throws `Problem`: 403. */
const agencyIn = (asker: Asker): AgencySlug => {
  if ('agency' in asker) return asker.agency;
  const agency = 'office' in asker ? agencyOfOffice(asker.office) : undefined;
  if (agency !== undefined) return agency;
  throw new Problem(403, 'not-permitted', 'Parties propose texts: an agency asks, or its data protection officer.', {
    more: { clauses: [] },
  });
};
