// Who shares an allowance: an address of IPv4; of IPv6 the network, for whoever has one address has all of its /64 (RFC 6177).
import { isIPv6, SocketAddress } from 'node:net';

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;
const OF_NETWORK = 4;

/** What is no address is taken as it stands. */
export const networkOf = (address: string): string => {
  const [plain = ''] = address.split('%'); // a zone is the reader's own name of a link
  const mapped = MAPPED.exec(plain)?.[1];
  if (mapped !== undefined || !isIPv6(plain)) return mapped ?? plain;
  const { address: canonical } = new SocketAddress({ address: plain, family: 'ipv6' });
  return `${allGroups(canonical).slice(0, OF_NETWORK).join(':')}::/64`;
};

const allGroups = (canonical: string): readonly string[] => {
  const [first = [], last = []] = canonical.split('::').map(groupsIn);
  return [...first, ...new Array<string>(GROUPS - first.length - last.length).fill('0'), ...last];
};

const groupsIn = (text: string): readonly string[] => (text === '' ? [] : text.split(':'));
