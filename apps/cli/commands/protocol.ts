import type { Command } from 'commander';
import {
  type Finding,
  isFit,
  lintProtocol,
  parseProtocol,
  type ProtocolDocument,
  type ProtocolVersion,
  protocolsReadyToSign,
  READY_TO_SIGN,
  renderAgreement,
  shippedProtocols,
} from '#sharing-protocols';
import { readTextFile } from '#strict-text';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { protocolNamed } from '../protocol/protocol-named.ts';
import { faultLines } from '../protocol/protocol-sources.ts';
import { withUseCases } from '../data-directory.ts';
import { addProtocolLeave } from './protocol-leave.ts';
import { addProtocolPropose } from './protocol-propose.ts';
import { addProtocolSimulate } from './protocol-simulate.ts';
import { addProtocolDiff, addProtocolOdrl } from './protocol-diff.ts';
import { addProtocolExplain } from './protocol-explain.ts';
import { addProtocolReview } from './protocol-review.ts';
import { addProtocolSign } from './protocol-sign.ts';
import { addProtocolStop } from './protocol-stop.ts';

interface Linted {
  readonly name: string;
  readonly lines: readonly string[];
  readonly fit: boolean;
}

const addProtocolLint = (protocol: Command, context: Context): void => {
  protocol
    .command('lint')
    .description('check protocols: form, names, law, the agreement; exit code 1 where one cannot be drafted')
    .argument('[files...]', 'YAML files (default: the protocols that ship with this code)')
    .action((files: readonly string[]) => {
      const linted =
        files.length === 0 ? [...shippedProtocols().map(lintShipped), ...protocolsReadyToSign().map(lintReady)] : files.map(lintFile);
      for (const { name, lines } of linted) context.terminal.lines(lines.length === 0 ? [`${name}: clean`] : lines);
      const unfit = linted.filter(({ fit }) => !fit).length;
      if (unfit > 0)
        throw new Complaint(`${unfit} of ${linted.length} ${unfit === 1 ? 'protocol' : 'protocols'} cannot be drafted as written.`);
    });
};

const lintShipped = (document: ProtocolDocument): Linted => lint(`protocols/${document.id}/${document.version}.yaml`, document);

const lintReady = (document: ProtocolDocument): Linted =>
  lint(`protocols/${READY_TO_SIGN}/${document.id}/${document.version}.yaml`, document);

const lintFile = (file: string): Linted => {
  const parsed = parseProtocol(readTextFile(file));
  return parsed.ok ? lint(file, parsed.value) : { name: file, lines: faultLines(file, parsed.error), fit: false };
};

const lint = (name: string, document: ProtocolDocument): Linted => {
  const findings = lintProtocol(document, { others: shippedProtocols().filter(({ id }) => id !== document.id) });
  return { name, lines: findings.map((finding) => lineOf(name, finding)), fit: isFit(findings) };
};

const lineOf = (name: string, { severity, path, says, rule }: Finding): string =>
  `${name}: ${severity}: ${path === '' ? '' : `${path}: `}${says} (${rule})`;

const addProtocolList = (protocol: Command, context: Context): void => {
  protocol
    .command('list')
    .description('every version that was drafted: its status today and who signed it')
    .option('--json', 'as JSON, without the text of the protocols')
    .action(async ({ json }: { readonly json?: true }) => {
      const { ListProtocols } = await import('#sharing-protocols/bus');
      const versions = await withUseCases(context, (ask) => ask(new ListProtocols({})));
      if (json) context.terminal.json(versions.map(summaryOf));
      else
        context.terminal.table(['protocol', 'status', 'review due', 'title', 'signed by'], versions.map(rowOf), 'No protocol is drafted.');
    });
};

const summaryOf = ({ protocol, version, document: { title }, reviewDue, digest, status, signatures }: ProtocolVersion): object => ({
  protocol,
  version,
  title,
  status,
  reviewDue,
  digest,
  signatures: signatures.map(({ agency, kid }) => ({ agency, kid })),
});

const rowOf = ({ protocol, version, document: { title }, reviewDue, status, signatures }: ProtocolVersion): readonly string[] => [
  `${protocol}@${version}`,
  status,
  reviewDue,
  title,
  signatures.map(({ agency }) => agency).join(' ') || 'nobody',
];

const addProtocolRender = (protocol: Command, context: Context): void => {
  protocol
    .command('render')
    .description('a protocol as the agreement that people sign, in Markdown')
    .argument('<id-or-file>', 'as e2e-passport or e2e-passport@1, with the signatures given to it here; or a YAML file')
    .action(async (name: string) => {
      const { document, signatories } = await protocolNamed(context, name);
      context.terminal.line(renderAgreement(document, signatories).trimEnd());
    });
};

export const addProtocolCommands = (program: Command, context: Context): void => {
  const protocol = program.command('protocol').description('the sharing protocols: what may be shared, and why something is not');
  const commands = [
    ...[addProtocolList, addProtocolLint, addProtocolRender, addProtocolSign, addProtocolReview, addProtocolLeave],
    ...[addProtocolStop, addProtocolExplain, addProtocolDiff, addProtocolSimulate, addProtocolPropose, addProtocolOdrl],
  ];
  for (const add of commands) add(protocol, context);
};
