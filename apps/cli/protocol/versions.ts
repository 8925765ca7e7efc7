// Which version of a protocol a command means.
import type { ProtocolStatus, ProtocolVersion, VersionName } from '#sharing-protocols';
import { Complaint } from '../complaint.ts';

const PAST: readonly ProtocolStatus[] = ['ended', 'superseded'];

export const nameOf = ({ protocol, version }: VersionName): string => `${protocol}@${version}`;

/** Without a version it must be clear which is meant: a text that waits to be signed may stand beside the one in force. */
export const versionNamed = (named: string, versions: readonly ProtocolVersion[]): ProtocolVersion => {
  const [id, version] = named.split('@');
  const known = versions.filter(({ protocol }) => protocol === id);
  const fitting = known.filter((one) =>
    version === undefined ? known.length === 1 || !PAST.includes(one.status) : String(one.version) === version,
  );
  const [only, other] = fitting;
  if (only === undefined) throw new Complaint(`No protocol ${named} was drafted here: \`concordat protocol list\` shows those there are.`);
  if (other !== undefined) throw new Complaint(`Say which version: ${fitting.map(nameOf).join(' or ')}.`);
  return only;
};
