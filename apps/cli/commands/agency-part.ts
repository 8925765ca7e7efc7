import type { Command } from 'commander';
import type { AgencyChange, AgencyRegister } from '#agencies';
import { change } from '../agency-change.ts';
import type { Context } from '../context.ts';
import { withNode } from '../data-directory.ts';
import { reasonOf, withReason } from '../stated-reason.ts';

interface Part {
  readonly command: string;
  readonly description: string;
  readonly made: (agencies: AgencyRegister, slug: string, reason: string) => Promise<AgencyChange>;
  readonly says: (slug: string) => string;
  readonly unchanged: (slug: string) => string;
}

const PARTS: readonly Part[] = [
  {
    command: 'suspend',
    description: 'from now on it contributes nothing and is shown nothing, until it is readmitted; what it said stays as recorded',
    made: (agencies, slug, reason) => agencies.suspend(slug, reason),
    says: (slug) => `${slug} is suspended: it contributes nothing and is shown nothing until it is readmitted.`,
    unchanged: (slug) => `${slug} was suspended already.`,
  },
  {
    command: 'end',
    description: 'let it go: as suspended, for good; what it said stays as recorded',
    made: (agencies, slug, reason) => agencies.end(slug, reason),
    says: (slug) => `${slug} is let go: it contributes nothing and is shown nothing any more.`,
    unchanged: (slug) => `${slug} was let go already.`,
  },
  {
    command: 'readmit',
    description: 'let one that was suspended or let go take part again; it needs a signing key in force',
    made: (agencies, slug, reason) => agencies.readmit(slug, reason),
    says: (slug) => `${slug} takes part again.`,
    unchanged: (slug) => `${slug} takes part already.`,
  },
];

export const addAgencyPart = (agency: Command, context: Context): void => {
  for (const { command, description, made, says, unchanged } of PARTS) {
    withReason(agency.command(command).description(description).argument('<slug>')).action(
      async (slug: string, options: { readonly reason: string }) => {
        const reason = reasonOf(options);
        await withNode(context, (node) =>
          change(context, node, { made: () => made(node.agencies, slug, reason), says: says(slug), unchanged: unchanged(slug) }),
        );
      },
    );
  }
};
