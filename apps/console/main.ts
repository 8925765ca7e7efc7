// The console by itself: `node dist/apps/console/main.js`.
import { serveConsole } from './serve-console.ts';
import { parseConsoleSettings } from './settings.ts';

const { url, close } = await serveConsole(parseConsoleSettings(process.env));
process.stdout.write(`The console listens on ${url}\n`);
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void close().then(() => process.exit(0)));
