// Before a run of specs: its folder, in which they keep their files and those that need Kafka find the one that the run shares.
import { join } from 'node:path';
import { runFolder } from '../run-folder.mjs';

export default () => {
  const folder = runFolder();
  process.env['CONCORDAT_TEST_RUN'] = folder;
  process.env['CONCORDAT_TEST_RUN_PID'] = String(process.pid);
  process.env['TMPDIR'] = folder;
  // Hundreds of processes load the same modules: what one compiled, the others find.
  process.env['NODE_COMPILE_CACHE'] ??= join(folder, 'compiled');
};
