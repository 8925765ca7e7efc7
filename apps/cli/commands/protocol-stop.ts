import type { Command } from 'commander';
import type { ProtocolChange, ProtocolStatus, VersionName } from '#sharing-protocols';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { type Ask, withUseCases } from '../data-directory.ts';
import { reasonOf, withReason } from '../option-values.ts';
import { nameOf, versionNamed } from '../protocol/versions.ts';

interface Stop {
  readonly command: 'suspend' | 'resume' | 'end';
  readonly description: string;
  readonly says: (name: string, status: ProtocolStatus) => string;
  readonly unchanged: (name: string) => string;
}

const STOPS: readonly Stop[] = [
  {
    command: 'suspend',
    description: 'nothing is shared or contributed under it until it is resumed',
    says: (name) => `${name} is suspended: nothing is shared under it until it is resumed.`,
    unchanged: (name) => `${name} was suspended already.`,
  },
  {
    command: 'resume',
    description: 'lift its suspension',
    says: (name, status) => `${name} is resumed: it is ${status}.`,
    unchanged: (name) => `${name} is not suspended.`,
  },
  {
    command: 'end',
    description: 'nothing is shared or contributed under it any more; a later version may follow it',
    says: (name) => `${name} has ended: nothing is shared under it any more.`,
    unchanged: (name) => `${name} had ended already.`,
  },
];

export const addProtocolStop = (protocol: Command, context: Context): void => {
  for (const stop of STOPS) {
    withReason(
      protocol
        .command(stop.command)
        .description(stop.description)
        .argument('<protocol>', 'as e2e-passport@1; without a version, the one that is in use'),
    ).action(async (named: string, options: { readonly reason: string }) => {
      const reason = reasonOf(options);
      const { ListProtocols } = await import('#sharing-protocols/bus');
      await withUseCases(context, async (ask) => {
        const { protocol: id, version } = versionNamed(named, await ask(new ListProtocols({})));
        const name = { protocol: id, version };
        const recorded = await changed(ask, stop.command, { ...name, reason });
        const shown = nameOf(name);
        const status = (await ask(new ListProtocols({}))).find((one) => nameOf(one) === shown)?.status ?? 'drafted';
        context.terminal.line(recorded ? stop.says(shown, status) : stop.unchanged(shown));
      });
    });
  }
};

/** False: it was so already. */
const changed = async (ask: Ask, command: Stop['command'], stopped: VersionName & { readonly reason: string }): Promise<boolean> => {
  const { EndProtocol, ResumeProtocol, SuspendProtocol } = await import('#sharing-protocols/bus');
  const Wanted = { suspend: SuspendProtocol, resume: ResumeProtocol, end: EndProtocol }[command];
  const change: ProtocolChange = await ask(new Wanted(stopped));
  if (!change.ok) throw new Complaint(change.error.says);
  return change.value.length > 0;
};
