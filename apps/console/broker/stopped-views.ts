// Which of the broker's views stand still, as it tells anybody who asks whether it is well: what is made of them lacks what came since.
import { BrokerProblem } from './broker-client.ts';

interface ViewProgress {
  readonly view: string;
  readonly stopped: boolean;
  readonly since?: string;
}

interface Told {
  readonly views?: readonly ViewProgress[];
}

export interface StoppedView {
  readonly view: string;
  /** When the first thing was recorded that it lacks; absent where that is not known now. */
  readonly since: string | undefined;
}

/** Also of a broker that is not ready, which says why with the same views. None where it does not tell. */
export const stoppedViews = async (ask: (path: string) => Promise<unknown>): Promise<readonly StoppedView[]> => {
  const { views = [] } = (await ask('/health/ready').catch(toldAmiss)) as Told;
  return views.flatMap(({ view, stopped, since }) => (stopped ? [{ view, since }] : []));
};

const toldAmiss = (error: unknown): Told => {
  if (error instanceof BrokerProblem) return error.body as Told;
  throw error;
};
