import type { Command } from 'commander';
import type { AgencyFinding } from '#agencies';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { withUseCases } from '../data-directory.ts';

export const addAgencyLint = (agency: Command, context: Context): void => {
  agency
    .command('lint')
    .description('check the register: claims that overlap, districts without effect, legal entities; exit code 1 where something is wrong')
    .option('--json', 'as JSON')
    .action(async ({ json }: { readonly json?: true }) => {
      const { LintAgencies } = await import('#agencies/bus');
      const findings = await withUseCases(context, (ask) => ask(new LintAgencies({})));
      tell(context, findings, json);
      const errors = findings.filter(({ severity }) => severity === 'error').length;
      if (errors > 0) throw new Complaint(`${errors} ${errors === 1 ? 'error' : 'errors'} in the register of agencies.`);
    });
};

const tell = ({ terminal }: Context, findings: readonly AgencyFinding[], json?: true): void => {
  if (json) terminal.json(findings);
  else terminal.lines(findings.length === 0 ? ['The register is clean.'] : findings.map(lineOf));
};

const lineOf = ({ severity, rule, agencies, says }: AgencyFinding): string => `${agencies.join(', ')}: ${severity}: ${says} (${rule})`;
