// Whoever can write the log's file cannot give an agency another key, nor undo what the registers say:
// the broker does not start (ADR 0019).
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate as turn } from 'node:timers/promises';
import { publicJwkOf } from '#agencies';
import { generateSigningKey } from '#client';
import { fixedClock } from '#kernel';
import { leafHash } from '#transparency';
import { parseConfig } from '../../apps/broker/config.ts';
import { type BrokerNode, openNode } from '../../apps/broker/node.ts';

const LEAF = 32;
const clock = fixedClock(Date.UTC(2026, 10, 2, 12));
const folder = mkdtempSync(join(tmpdir(), 'sealed-'));
const original = join(folder, 'original');
afterAll(() => rmSync(folder, { recursive: true }));

const open = (data: string, tell: () => void = () => undefined): Promise<BrokerNode> =>
  openNode(parseConfig({ CONCORDAT_DATA: data }), { clock, verifyWorkers: 0, tell });

const keyOf = async (): Promise<{ readonly use: 'sig'; readonly jwk: object; readonly x: string }> => {
  const { kty, crv, x } = (await generateSigningKey('EdDSA')).publicJwk;
  const jwk = publicJwkOf({ kty, crv, x }, 'sig');
  if (!jwk.ok) throw new Error(jwk.error.says);
  return { use: 'sig', jwk: jwk.value, x: String(x) };
};

let keys: readonly string[];
beforeAll(async () => {
  const node = await open(original);
  const made = [await keyOf(), await keyOf(), await keyOf()];
  keys = made.map(({ x }) => x);
  for (const [index, slug] of ['forge', 'anvil', 'wulfrun'].entries()) {
    await node.agencies.register({ slug, name: slug, roles: ['provider'], districts: [] }, made.slice(index, index + 1));
  }
  await node.close();
});

/** An event as it lies in the log: what is hashed; its leaf follows from it. */
type Forms = readonly Buffer[];

const formsIn = (records: Buffer): Forms => {
  const forms: Buffer[] = [];
  for (let at = 0; at < records.byteLength;) {
    const end = at + 4 + records.readUInt32BE(at);
    forms.push(records.subarray(at + 4, end));
    at = end + LEAF;
  }
  return forms;
};

const recordsOf = (forms: Forms): Buffer =>
  Buffer.concat(
    forms.flatMap((form) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(form.byteLength);
      return [length, form, leafHash(form)];
    }),
  );

/** Writes the log's blocks anew, every leaf as it has to be. */
const rewrite = (data: string, change: (forms: Forms, first: number) => Forms, sql = ''): void => {
  const db = new DatabaseSync(join(data, 'log.sqlite'));
  for (const { first, records } of db.prepare('SELECT first, records FROM blocks').all()) {
    const forms = formsIn(Buffer.from(records as Uint8Array));
    db.prepare('UPDATE blocks SET records = ? WHERE first = ?').run(recordsOf(change(forms, Number(first))), first as number);
  }
  db.exec(sql);
  db.close();
};

let made = 0;
const saidOf = async (arrange: (data: string) => void): Promise<string> => {
  const data = join(folder, `tried-${++made}`);
  cpSync(original, data, { recursive: true });
  arrange(data);
  return open(data).then(
    (node) => node.close().then(() => 'opened'),
    (cause: unknown) => (cause as Error).message,
  );
};

const replaced = (form: Buffer, from: string, to: string): Buffer => Buffer.from(form.toString('latin1').replaceAll(from, to), 'latin1');
const REVISION_AT = 23;

describe('the registers in the log’s file', () => {
  it('are read when nobody wrote there', async () => {
    expect(await saidOf((data) => rewrite(data, (forms) => forms))).toBe('opened');
  });

  it('do not give an agency another’s key', async () => {
    const [forge = '', anvil = ''] = keys;
    const said = await saidOf((data) => rewrite(data, (forms) => forms.map((form) => replaced(form, forge, anvil))));
    expect(said).toBe(
      'Revision 1 of the stream agencies is not what this broker recorded there. Stop the broker and restore the whole data directory from a backup.',
    );
  });

  it('cannot be put in another order', async () => {
    const swapped = (forms: Forms, first: number): Forms => {
      if (first > 1) return forms;
      const [one, two] = [Buffer.from(forms[0] as Buffer), Buffer.from(forms[1] as Buffer)];
      one.writeUInt32BE(1, REVISION_AT);
      two.writeUInt32BE(0, REVISION_AT);
      return [two, one, ...forms.slice(2)];
    };
    expect(await saidOf((data) => rewrite(data, swapped))).toContain('Revision 0 of the stream agencies is not what');
  });

  it('cannot be told their own words again', async () => {
    const repeated = (forms: Forms): Forms => {
      const [first, ...rest] = forms;
      const again = Buffer.from(first as Buffer);
      again[1] = (again[1] as number) ^ 1; // another id
      again.writeUInt32BE(forms.length, REVISION_AT);
      return [first as Buffer, ...rest, again];
    };
    const said = await saidOf((data) => {
      const db = new DatabaseSync(join(data, 'log.sqlite'));
      const all = db
        .prepare('SELECT records FROM blocks ORDER BY first')
        .all()
        .flatMap(({ records }) => formsIn(Buffer.from(records as Uint8Array)));
      db.exec('DELETE FROM blocks');
      db.prepare('INSERT INTO blocks (first, records) VALUES (1, ?)').run(recordsOf(repeated(all)));
      db.close();
    });
    expect(said).toContain('Revision 6 of the stream agencies is not what this broker recorded there');
  });

  it('do not lose the tags of what they say', async () => {
    expect(await saidOf((data) => rewrite(data, (forms) => forms, 'DELETE FROM bookmarks'))).toContain('Revision 0 of the stream agencies');
    expect(await saidOf((data) => rewrite(data, (forms) => forms, "DELETE FROM bookmarks WHERE name LIKE 'seal/agencies/%3'"))).toContain(
      'Revision 3 of the stream agencies',
    );
  });

  it('do not lose their end, though the other files forget how far the log went', async () => {
    const said = await saidOf((data) => {
      const cut = new DatabaseSync(join(data, 'log.sqlite'));
      cut.exec("DELETE FROM blocks WHERE first > 4; DELETE FROM bookmarks WHERE name > 'seal/agencies/0000000003' AND name < 'seal/b'");
      cut.close();
      for (const file of ['keys', 'quarantine', 'access', 'views']) {
        const db = new DatabaseSync(join(data, `${file}.sqlite`));
        db.exec("UPDATE custody SET position = 0, leaf = ''");
        db.close();
      }
    });
    expect(said).toMatch(/The stream agencies ends at revision 3, and revision 5 was recorded: its end was cut off/);
  });
});

describe('a broker that runs', () => {
  it('takes in nothing of a register that somebody else wrote to', async () => {
    const data = join(folder, 'running');
    cpSync(original, data, { recursive: true });
    let told = false;
    const [node, foreign] = [await open(data, () => void (told = true)), await open(data)];
    const { store } = foreign;
    await store.append([
      {
        stream: 'agencies',
        expected: 5,
        events: [
          {
            id: '0b8f9ea2-6cf5-4f5c-9a43-0d3d6b0a7c11',
            type: 'uk.concordat.agency.registered.v1',
            meta: { actor: 'operator', correlation: 'x', schema: 1 },
            payload: Buffer.from('{"slug":"forged"}'),
          },
        ],
      },
    ]);
    await expect(node.agencies.refresh()).rejects.toMatchObject({
      code: 'corrupt',
      message: expect.stringContaining('Revision 6 of the stream agencies'),
    });
    expect(node.agencies.bySlug('forged')).toBeUndefined();
    const reasons = async (): Promise<unknown> => (await node.readiness.readiness()).reasons;
    while (!told) await turn();
    expect(await reasons()).toEqual([{ check: 'log', says: expect.stringContaining('Revision 6 of the stream agencies') }]);
    await Promise.allSettled([node.close(), foreign.close()]);
  });
});
