// A text that a party proposes: what it changes, who would gain or lose by it on the live log, and sent for signature (console.md, J6;
// ADR 65).
import { Controller, Get, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Agreement, partsOf } from '../agency/agreements-of.ts';
import type { Proposal } from '../broker/proposals.ts';
import { figureOf } from '../pictures/picture.ts';
import { whoMaySeeWhat } from '../pictures/who-may-see-what.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { type AgreementText, comparedSights, matrixOf, sentenceKind } from './agreement-sights.ts';
import { type Simulated, type SimulationRuns, simulationsOf, WAIT } from './simulation.ts';
import { simulationPage } from './simulation-page.ts';

type Text = Agreement['document'] & AgreementText;

interface Sent {
  readonly proposal: string;
  readonly title: string;
  readonly protocol: string;
  readonly version: number;
  /** Of the draft in the log. */
  readonly positions: readonly string[];
}

const HOME = '/dpo/proposals';
const apiOf = (name: string): string => `/v1/proposals/${encodeURIComponent(name)}`;
const sentName = (name: string): string => `proposal ${name}`;

@Controller('dpo/proposals')
export class ProposalsController {
  @Get(':proposal')
  async proposal(@VisitOf() visit: Visit, @Param('proposal') name: string): Promise<string> {
    const proposal = await visit.ask<Proposal<Text>>(apiOf(name));
    const { protocol, against, document, sentences } = proposal;
    const before = await visit.ask<{ readonly document: Text }>(`/v1/protocols/${encodeURIComponent(protocol)}/${against}`);
    const sights = comparedSights(before.document, document);
    const changes = sights.some(({ change }) => change !== undefined);
    return visit.page('officer/proposal.njk', {
      proposal,
      sentences: sentences.map((text) => ({ text, change: sentenceKind(text) })),
      parts: partsOf(document),
      begun: await simulationsOf(visit, protocol),
      ...(changes && { figure: figureOf(whoMaySeeWhat('proposed', matrixOf(sights))) }),
    });
  }

  /** Of the very text that was read: it goes along. */
  @Post(':proposal/simulate')
  async simulate(@VisitOf() visit: Visit, @Param('proposal') name: string): Promise<void> {
    const { protocol, document } = await visit.ask<Proposal<Text>>(apiOf(name));
    const told = await visit.ask<Simulated | SimulationRuns>(`/v1/protocols/${encodeURIComponent(protocol)}/simulate`, {
      ...{ method: 'POST', body: { document: JSON.stringify(document) }, wait: WAIT },
    });
    visit.goTo(`${HOME}/${encodeURIComponent(name)}/simulations/${told.simulation}`);
  }

  @Get(':proposal/simulations/:simulation')
  async simulated(
    @VisitOf() visit: Visit,
    @Param('proposal') name: string,
    @Param('simulation') simulation: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const { protocol } = await visit.ask<Proposal<Text>>(apiOf(name));
    const [back, send] = [`${HOME}/${encodeURIComponent(name)}`, maySend(visit) ? `${HOME}/${encodeURIComponent(name)}/send` : undefined];
    return simulationPage(visit, { id: protocol, simulation, back, send }, reply);
  }

  @Get(':proposal/send')
  async check(@VisitOf() visit: Visit, @Param('proposal') name: string): Promise<string> {
    if (!maySend(visit)) throw new NotFoundException();
    return visit.page('officer/proposal-check.njk', { proposal: await visit.ask<Proposal<Text>>(apiOf(name)) });
  }

  @Post(':proposal/send')
  async send(@VisitOf() visit: Visit, @Param('proposal') name: string): Promise<void> {
    if (!maySend(visit)) throw new NotFoundException();
    const before = visit.draft(sentName(name)) as Sent | undefined;
    const proposal = await visit.askIfAny<Proposal<Text>>(apiOf(name));
    const { positions } = await visit.ask<Pick<Sent, 'positions'>>(`${apiOf(name)}/send`, { method: 'POST' });
    if (proposal !== undefined) {
      const { title, protocol, version } = proposal;
      visit.keepDraft(sentName(name), { proposal: name, title, protocol, version, positions });
    } else if (before === undefined) throw new NotFoundException();
    visit.goTo(`${HOME}/${encodeURIComponent(name)}/sent`);
  }

  @Get(':proposal/sent')
  async sent(@VisitOf() visit: Visit, @Param('proposal') name: string): Promise<string> {
    const sent = sentIn(visit, name);
    const { missing } = await visit.ask<Agreement>(`/v1/protocols/${encodeURIComponent(sent.protocol)}/${sent.version}`);
    return visit.page('officer/proposal-sent.njk', { sent, missing });
  }

  @Get(':proposal/receipt.json')
  receipt(@VisitOf() visit: Visit, @Param('proposal') name: string, @Res({ passthrough: true }) reply: FastifyReply): Sent {
    const sent = sentIn(visit, name);
    void reply
      .type('application/json; charset=utf-8')
      .header('content-disposition', `attachment; filename="sent-for-signature-${sent.protocol}-${sent.version}.json"`);
    return sent;
  }
}

const sentIn = (visit: Visit, name: string): Sent => {
  const sent = visit.draft(sentName(name)) as Sent | undefined;
  if (sent === undefined) throw new NotFoundException();
  return sent;
};

/** The partnership's officer, whom no party appoints alone; the broker holds it by itself. */
const maySend = ({ person }: Visit): boolean => person.kind === 'officer' && person.office === 'dpo-partnership';
