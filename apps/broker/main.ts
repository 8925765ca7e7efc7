// The service by itself: `node dist/apps/broker/main.js`. The CLI's `concordat serve` does the same.
import { parseConfig } from './config.ts';
import { serve } from './serve.ts';

await serve(parseConfig(process.env));
