// The bus with the handlers that somebody brings: each composition opens it, and only doors ask it.
import { type DynamicModule, Module, type Provider } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { AROUND_USE_CASES, type AroundUseCases, UseCases } from './use-cases.service.ts';

@Module({})
export class UseCasesModule {
  /** `handlers` as `handling` makes them, with what their tokens stand for. */
  static with(around: AroundUseCases, handlers: readonly Provider[]): DynamicModule {
    return {
      module: UseCasesModule,
      imports: [CqrsModule.forRoot()],
      providers: [UseCases, { provide: AROUND_USE_CASES, useValue: around }, ...handlers],
      exports: [UseCases],
    };
  }
}
