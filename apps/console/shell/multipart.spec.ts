import { createHash } from 'node:crypto';
import { fieldsOf } from './multipart.ts';

const read = async (...fields: readonly (readonly [string, string | Blob])[]) => {
  const form = new FormData();
  for (const [name, value] of fields)
    if (typeof value === 'string') form.append(name, value);
    else form.append(name, value, 'text.yaml');
  const request = new Request('http://console.example', { method: 'POST', body: form });
  return fieldsOf(Buffer.from(await request.arrayBuffer()), request.headers.get('content-type') ?? '');
};

it('are read with their files as text', async () => {
  const file = new Blob(['why: Überall.\n']);
  expect(await read(['_csrf', 'x~y'], ['document', file])).toEqual({ _csrf: 'x~y', document: 'why: Überall.\n' });
});

it('have a list of what comes several times, and no file where none was chosen', async () => {
  expect(await read(['a', '1'], ['a', '2'], ['document', new Blob([])])).toEqual({ a: ['1', '2'], document: '' });
});

it('hold of a scan its fingerprint and nothing else, since it is not kept', async () => {
  const scan = new Blob([Uint8Array.of(0x25, 0x50, 0x44, 0x46, 0xff, 0x00)]);
  const digest = createHash('sha256')
    .update(Buffer.from(await scan.arrayBuffer()))
    .digest('hex');
  expect(await read(['scan', scan])).toEqual({ scan: `sha-256:${digest}` });
  expect(await read(['scan', new Blob([])])).toEqual({ scan: '' });
});

it('that are none are refused', async () => {
  for (const type of ['multipart/form-data', 'multipart/form-data; boundary=other'])
    await expect(fieldsOf(Buffer.from('--x\r\nnothing'), type)).rejects.toMatchObject({ name: 'TypeError' });
});
