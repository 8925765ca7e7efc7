// The stand-in as a process of its own, to be killed: `main.ts DIRECTORY [PORT]`. Prints its connection string once it listens.
import { KurrentServer } from './kurrent-server.ts';

const [directory = '', port = '0'] = process.argv.slice(2);
const server = await KurrentServer.start({ directory, port: Number(port) });
process.stdout.write(`${server.url}\n`);
