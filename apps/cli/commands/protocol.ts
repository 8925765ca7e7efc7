import type { Command } from 'commander';
import type { Context } from '../context.ts';
import { addProtocolExplain } from './protocol-explain.ts';
import { addProtocolLint } from './protocol-lint.ts';
import { addProtocolList } from './protocol-list.ts';
import { addProtocolRender } from './protocol-render.ts';
import { addProtocolSign } from './protocol-sign.ts';
import { addProtocolStop } from './protocol-stop.ts';

export const addProtocolCommands = (program: Command, context: Context): void => {
  const protocol = program.command('protocol').description('the sharing protocols: what may be shared, and why something is not');
  for (const add of [addProtocolList, addProtocolLint, addProtocolRender, addProtocolSign, addProtocolStop, addProtocolExplain])
    add(protocol, context);
};
