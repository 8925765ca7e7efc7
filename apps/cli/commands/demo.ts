import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { tellSources } from './serve.ts';

export const addDemoCommand = (program: Command, context: Context): void => {
  program
    .command('demo')
    .description('run a broker with a made-up partnership and its learners; made at the first start, kept afterwards')
    .action(async () => {
      tellSources();
      const { runDemo } = await import('../demo/run-demo.ts');
      await runDemo(context);
    });
};
