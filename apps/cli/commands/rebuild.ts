import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { Rebuilt } from '#read-models';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';

interface Options {
  readonly verify?: boolean;
  readonly json?: true;
}

export const addRebuildCommand = (program: Command, context: Context): void => {
  program
    .command('rebuild')
    .description('make every view anew from the log and put it in place of the present one')
    .option('--verify', 'compare each with the present one first; exit code 1 on a difference')
    .option('--json', 'as JSON')
    .action(async ({ verify = false, json }: Options) => {
      const { RebuildViews } = await import('#read-models/bus');
      const rebuilt = await withUseCases(context, (ask) => ask(new RebuildViews({ verify })));
      const all = hashOfAll(rebuilt);
      if (json) context.terminal.json({ ...rebuilt, hash: all });
      else {
        const { rebuildLines } = await import('#read-models');
        context.terminal.lines([...rebuildLines(rebuilt), `all views  ${all}`]);
      }
      if (!rebuilt.sound) throw new Complaint('A view differs from what the log makes of it, or could not be made: see above.');
    });
};

/** Equal for equal views at equal positions. */
const hashOfAll = ({ views }: Rebuilt): string => {
  const lines = views.map(({ view, version, hash }) => `${view}@${version} ${hash}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
};
