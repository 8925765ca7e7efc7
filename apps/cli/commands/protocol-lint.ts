import type { Command } from 'commander';
import { type Finding, isFit, lintProtocol, parseProtocol, type ProtocolDocument, shippedProtocols } from '#sharing-protocols';
import { readTextFile } from '#strict-text';
import { Complaint } from '../complaint.ts';
import type { Context } from '../context.ts';
import { faultLines } from '../protocol/protocol-sources.ts';

interface Linted {
  readonly name: string;
  readonly lines: readonly string[];
  readonly fit: boolean;
}

export const addProtocolLint = (protocol: Command, context: Context): void => {
  protocol
    .command('lint')
    .description('check protocols: form, names, law, the agreement; exit code 1 where one cannot be drafted')
    .argument('[files...]', 'YAML files (default: the protocols that ship with this code)')
    .action((files: readonly string[]) => {
      const linted = files.length === 0 ? shippedProtocols().map(lintShipped) : files.map(lintFile);
      for (const { name, lines } of linted) context.terminal.lines(lines.length === 0 ? [`${name}: clean`] : lines);
      const unfit = linted.filter(({ fit }) => !fit).length;
      if (unfit > 0)
        throw new Complaint(`${unfit} of ${linted.length} ${unfit === 1 ? 'protocol' : 'protocols'} cannot be drafted as written.`);
    });
};

const lintShipped = (document: ProtocolDocument): Linted => lint(`protocols/${document.id}/${document.version}.yaml`, document);

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
