import type { Command } from 'commander';
import { addTiesConfirm } from './ties-confirm.ts';
import { addTiesList } from './ties-list.ts';
import type { Context } from '../context.ts';

export const addTiesCommands = (program: Command, context: Context): void => {
  const ties = program.command('ties').description('who waits for a voucher, and vouching for them');
  addTiesList(ties, context);
  addTiesConfirm(ties, context);
};
