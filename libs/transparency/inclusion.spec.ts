// The public vectors of transparency-dev/merkle, which lie beside the checkout and are not part of it.
import { existsSync, globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { verifyInclusion } from './index.ts';

interface Vector {
  readonly leafIdx: number;
  readonly treeSize: number;
  readonly root: string | null;
  readonly leafHash: string | null;
  readonly proof: readonly string[] | null;
  readonly desc: string;
  readonly wantErr: boolean;
}

const folder = fileURLToPath(new URL('../../../shared/vectors/merkle/inclusion', import.meta.url));
const files = existsSync(folder) ? globSync('**/*.json', { cwd: folder }).sort() : [];
const bytes = (base64: string | null): Buffer => Buffer.from(base64 ?? '', 'base64');
const holds = ({ leafIdx, treeSize, root, leafHash, proof }: Vector): boolean =>
  verifyInclusion(bytes(leafHash), { leafIndex: leafIdx, treeSize, path: (proof ?? []).map(bytes) }, bytes(root));

if (files.length === 0) console.warn(`SKIPPED: no public inclusion vectors at ${folder}; inclusion proofs are tested by laws alone.`);

(files.length === 0 ? describe.skip : describe)('public inclusion vectors', () => {
  it.each(files)('%s', (file) => {
    const vector = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Vector;
    expect(holds(vector)).toBe(!vector.wantErr);
  });

  it('are both good and bad ones', () => {
    const wanted = files.map((file) => (JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as Vector).wantErr);
    expect(wanted.filter((wantErr) => !wantErr).length).toBeGreaterThan(4);
    expect(wanted.filter(Boolean).length).toBeGreaterThan(60);
  });
});
