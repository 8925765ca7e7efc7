import type { Command } from 'commander';
import type { AgencyChange } from '#agencies';
import type * as commands from '#agencies/bus';
import type { Command as Asked } from '#bus';
import { change } from '../agency-change.ts';
import type { Context } from '../context.ts';
import { reasonOf, withReason } from '../stated-reason.ts';

interface Part {
  readonly command: string;
  readonly description: string;
  readonly of: (all: typeof commands) => new (details: { readonly slug: string; readonly reason: string }) => Asked<unknown, AgencyChange>;
  readonly says: (slug: string) => string;
  readonly unchanged: (slug: string) => string;
}

const PARTS: readonly Part[] = [
  {
    command: 'suspend',
    description: 'from now on it contributes nothing and is shown nothing, until it is readmitted; what it said stays as recorded',
    of: ({ SuspendAgency }) => SuspendAgency,
    says: (slug) => `${slug} is suspended: it contributes nothing and is shown nothing until it is readmitted.`,
    unchanged: (slug) => `${slug} was suspended already.`,
  },
  {
    command: 'end',
    description: 'let it go: as suspended, for good; what it said stays as recorded',
    of: ({ EndAgency }) => EndAgency,
    says: (slug) => `${slug} is let go: it contributes nothing and is shown nothing any more.`,
    unchanged: (slug) => `${slug} was let go already.`,
  },
  {
    command: 'readmit',
    description: 'let one that was suspended or let go take part again; it needs a signing key in force',
    of: ({ ReadmitAgency }) => ReadmitAgency,
    says: (slug) => `${slug} takes part again.`,
    unchanged: (slug) => `${slug} takes part already.`,
  },
];

export const addAgencyPart = (agency: Command, context: Context): void => {
  for (const { command, description, of, says, unchanged } of PARTS) {
    withReason(agency.command(command).description(description).argument('<slug>')).action(
      async (slug: string, options: { readonly reason: string }) => {
        const reason = reasonOf(options);
        const Wanted = of(await import('#agencies/bus'));
        await change(context, { command: new Wanted({ slug, reason }), says: says(slug), unchanged: unchanged(slug) });
      },
    );
  }
};
