// How far a simulation is, or what it came to: a page that asks again by itself, and says so where the simulation is gone.
import type { FastifyReply } from 'fastify';
import type { Visit } from '../shell/visit.ts';
import { apiOfSimulations, gainsIn, isSimulated, type Simulated, type SimulationRuns, WAIT } from './simulation.ts';

export interface SimulationShown {
  /** Of the agreement. */
  readonly id: string;
  readonly simulation: string;
  /** Where it is begun, and found again. */
  readonly back: string;
  /** Where its text is sent for signature, by whoever may. */
  readonly send?: string | undefined;
}

/** Throws as `visit.ask` does, but for what is gone. */
export const simulationPage = async (
  visit: Visit,
  { id, simulation, back, send }: SimulationShown,
  reply: Pick<FastifyReply, 'status'>,
): Promise<string> => {
  const path = `${apiOfSimulations(id)}/${encodeURIComponent(simulation)}`;
  const told = await visit.askIfAny<Simulated | SimulationRuns>(path, { wait: WAIT });
  if (told === undefined) {
    void reply.status(404);
    return visit.page('officer/simulation-gone.njk', { back });
  }
  if (!isSimulated(told)) return visit.page('officer/simulating.njk', { ...told, back });
  return visit.page('officer/simulated.njk', { told, gains: gainsIn(told.roles), back, send });
};
