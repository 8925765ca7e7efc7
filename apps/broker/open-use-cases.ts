// Use cases without the HTTP interface: for the command line, and for what comes over Kafka.
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { UseCases } from '#bus/nest';

export interface OpenUseCases {
  readonly useCases: UseCases;
  /** What they work with stays open. */
  readonly close: () => Promise<void>;
}

/** `module` provides `UseCases` and the handlers. */
export const openUseCases = async (module: DynamicModule): Promise<OpenUseCases> => {
  const application = await NestFactory.createApplicationContext(module, { logger: ['error', 'warn'], abortOnError: false });
  return { useCases: application.get(UseCases), close: () => application.close() };
};
