// Making the views anew, as a command.
import { Command } from '#bus';
import { handling } from '#bus/nest';
import { rebuild, type RebuildOptions, type RebuildParts, type Rebuilt } from '../engine/index.ts';
import type { RebuildStore } from '../engine/index.ts';

export class RebuildViews extends Command<Pick<RebuildOptions, 'verify'>, Rebuilt> {}

export interface Rebuilding extends Omit<RebuildParts, 'views'> {
  /** To write to, beside what readers see. */
  readonly openViews: () => RebuildStore;
}

export const REBUILDING = Symbol('Rebuilding');

export const readModelHandlers = [
  handling(RebuildViews, REBUILDING, async ({ openViews, ...parts }: Rebuilding, options) => {
    const views = openViews();
    return rebuild({ ...parts, views }, options).finally(() => views.close());
  }),
];
