// Before a run of specs: a folder where those that need Kafka find the one that the run shares. It costs nothing else until then.
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default () => {
  process.env['CONCORDAT_TEST_RUN'] = mkdtempSync(join(tmpdir(), 'concordat-run-'));
  process.env['CONCORDAT_TEST_RUN_PID'] = String(process.pid);
};
