import 'reflect-metadata';
import { Module } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { StorageError } from '#kernel';
import { Command, correlation, Query, runningNow } from '../use-case.ts';
import { AROUND_USE_CASES, handling, type UseCaseEnd, UseCases } from './index.ts';

class Work {
  readonly seen: unknown[] = [];
  readonly outlasted = Promise.withResolvers<void>();
  async does(what: string): Promise<string> {
    this.seen.push([what, runningNow()?.door, correlation()]);
    if (what === 'fail') throw new RangeError('No such thing.');
    if (what === 'linger') await Promise.withResolvers<never>().promise;
    if (what === 'outlast') await this.outlasted.promise;
    return `${what} done`;
  }
}
class DoIt extends Command<{ readonly what: string }, string> {}
class SeeIt extends Query<{ readonly what: string }, string> {}
class Never extends Command<object, void> {}

const ends: UseCaseEnd[] = [];
@Module({
  imports: [CqrsModule.forRoot()],
  providers: [
    UseCases,
    Work,
    handling(DoIt, Work, (work, { what }) => work.does(what)),
    handling(SeeIt, Work, (work, { what }) => work.does(what)),
    { provide: AROUND_USE_CASES, useValue: { deadlines: { http: 50 }, ended: (end: UseCaseEnd) => ends.push(end) } },
  ],
})
class Worked {}

const opened = await NestFactory.createApplicationContext(Worked, { logger: false });
const useCases = opened.get(UseCases);
const work = opened.get(Work);
afterAll(() => opened.close());
beforeEach(() => {
  ends.length = 0;
  work.seen.length = 0;
});

describe('a use case', () => {
  it('is carried out by its handler, under the door and one correlation, and its end is told', async () => {
    expect(await useCases.run(new DoIt({ what: 'this' }), 'cli')).toBe('this done');
    expect(await useCases.run(new SeeIt({ what: 'that' }), 'http')).toBe('that done');
    expect(work.seen).toEqual([
      ['this', 'cli', expect.stringMatching(/^[0-9a-f-]{36}$/)],
      ['that', 'http', expect.stringMatching(/^[0-9a-f-]{36}$/)],
    ]);
    expect(ends).toMatchObject([
      { useCase: 'DoIt', door: 'cli', outcome: 'done' },
      { useCase: 'SeeIt', door: 'http', outcome: 'done' },
    ]);
  });

  it('fails as its handler does', async () => {
    await expect(useCases.run(new DoIt({ what: 'fail' }), 'cli')).rejects.toThrow(RangeError);
    expect(ends).toMatchObject([{ outcome: 'failed' }]);
  });

  it.each([
    [new DoIt({ what: 'linger' }), 'uncertain'],
    [new SeeIt({ what: 'linger' }), 'unavailable'],
  ])('that takes too long is not waited for, and it is said what may have happened', async (useCase, code) => {
    const waiting = useCases.run<string>(useCase, 'http');
    await expect(waiting).rejects.toBeInstanceOf(StorageError);
    await expect(waiting).rejects.toMatchObject({ code });
    expect(ends).toMatchObject([{ outcome: 'overdue' }]);
  });

  it('of the command line is waited for, however long it takes', async () => {
    const waiting = useCases.run(new DoIt({ what: 'outlast' }), 'cli');
    await expect(useCases.run(new DoIt({ what: 'linger' }), 'http')).rejects.toMatchObject({ code: 'uncertain' });
    work.outlasted.resolve();
    expect(await waiting).toBe('outlast done');
  });

  it('that nobody handles fails, and says which', async () => {
    await expect(useCases.run(new Never({}), 'cli')).rejects.toThrow('Never');
  });

  it('asked for in the course of another one belongs to it', async () => {
    class Outer extends Command<object, readonly string[]> {}
    @Module({
      imports: [CqrsModule.forRoot()],
      providers: [
        UseCases,
        handling(Outer, UseCases, async (inner) => [correlation(), await inner.run(new Told({}), 'broker')]),
        { provide: 'none', useValue: null },
        handling(Told, 'none', async () => `${String(runningNow()?.door)} ${correlation()}`),
        { provide: AROUND_USE_CASES, useValue: { deadlines: {}, ended: () => undefined } },
      ],
    })
    class Nested {}
    const nested = await NestFactory.createApplicationContext(Nested, { logger: false });
    const [outer, inner] = await nested.get(UseCases).run(new Outer({}), 'kafka');
    expect(inner).toBe(`kafka ${outer}`);
    await nested.close();
  });
});

class Told extends Command<object, string> {}
