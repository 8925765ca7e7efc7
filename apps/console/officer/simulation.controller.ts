// What a draft of an agreement would change: its sentences, and who would gain or lose on the live log (console.md, 4.1).
import { Body, Controller, Get, NotFoundException, Param, Post, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Entered, textOf } from '../shell/form.ts';
import { type Visit, VisitOf } from '../shell/visit.ts';
import { draftsOf, type Simulated, type SimulationRuns, simulationsOf, type VersionSummary, WAIT } from './simulation.ts';
import { simulationPage } from './simulation-page.ts';

interface Versions {
  readonly versions: readonly VersionSummary[];
}
interface Diff {
  readonly sentences: readonly string[];
}

@Controller('dpo/protocols')
export class SimulationController {
  /** Which text, and what it says otherwise than the one in force. */
  @Get(':id/simulate')
  async choose(@VisitOf() visit: Visit, @Param('id') id: string): Promise<string> {
    const { versions } = await visit.ask<Versions>(`/v1/protocols/${encodeURIComponent(id)}`);
    const { inForce, drafts } = draftsOf(versions);
    const changes = await Promise.all(
      drafts.map(async (draft) => ({
        draft,
        sentences:
          inForce === undefined
            ? []
            : (await visit.ask<Diff>(diffPath(id, draft.version), { search: { against: inForce.version } })).sentences,
      })),
    );
    const begun = await simulationsOf(visit, id);
    return visit.page('officer/simulate.njk', { id, inForce, changes, title: versions[0]?.title ?? id, begun });
  }

  @Post(':id/simulate')
  async begin(@VisitOf() visit: Visit, @Param('id') id: string, @Body() body: Entered): Promise<void> {
    const version = Number(textOf(body['version']));
    if (!Number.isSafeInteger(version) || version < 1) throw new NotFoundException();
    const told = await visit.ask<Simulated | SimulationRuns>(`/v1/protocols/${encodeURIComponent(id)}/simulate`, {
      ...{ method: 'POST', body: { version }, wait: WAIT },
    });
    visit.goTo(`/dpo/protocols/${encodeURIComponent(id)}/simulations/${told.simulation}`);
  }

  /** While it runs the page asks again by itself. */
  @Get(':id/simulations/:simulation')
  async told(
    @VisitOf() visit: Visit,
    @Param('id') id: string,
    @Param('simulation') simulation: string,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<string> {
    const back = `/dpo/protocols/${encodeURIComponent(id)}/simulate`;
    return simulationPage(visit, { id, simulation, back }, reply);
  }
}

const diffPath = (id: string, version: number): string => `/v1/protocols/${encodeURIComponent(id)}/${version}/diff`;
