// A connection as kafkajs asks for one; but with Nagle's algorithm off: a request does not wait until what was sent before it
// is acknowledged.
import { connect as connectPlain, isIP, type Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { ISocketFactory } from 'kafkajs';

const KEEP_ALIVE_MS = 60_000;

export const openSocket = ({ host, port, ssl, onConnect }: Parameters<ISocketFactory>[0]): Socket => {
  // kafkajs gives no `ssl` where there is none, whatever its types say
  const terms = ssl as typeof ssl | undefined;
  const socket = terms
    ? connectTls({ host, port, ...(isIP(host) ? {} : { servername: host }), ...terms }, onConnect)
    : connectPlain({ host, port }, onConnect);
  socket.setNoDelay(true);
  socket.setKeepAlive(true, KEEP_ALIVE_MS);
  return socket;
};
