import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { Rebuilt } from '#read-models';
import type { BrokerNode } from '../../broker/node.ts';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withNode } from '../data-directory.ts';

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
      const rebuilt = await withNode(context, (node) => rebuildViews(node, verify));
      const all = hashOfAll(rebuilt);
      if (json) context.terminal.json({ ...rebuilt, hash: all });
      else {
        const { rebuildLines } = await import('#read-models');
        context.terminal.lines([...rebuildLines(rebuilt), `all views  ${all}`]);
      }
      if (!rebuilt.sound) throw new Complaint('A view differs from what the log makes of it, or could not be made: see above.');
    });
};

const rebuildViews = async (node: BrokerNode, verify: boolean): Promise<Rebuilt> => {
  const { allProjectors, rebuild } = await import('#read-models');
  const { openViews } = await import('../views.ts');
  const { store, vault } = node;
  const views = openViews(node);
  try {
    return await rebuild({ store, views, vault, projectors: allProjectors }, { verify });
  } finally {
    await views.close();
  }
};

/** Equal for equal views at equal positions. */
const hashOfAll = ({ views }: Rebuilt): string => {
  const lines = views.map(({ view, version, hash }) => `${view}@${version} ${hash}\n`).sort();
  return createHash('sha256').update(lines.join('')).digest('hex');
};
