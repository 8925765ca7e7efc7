// All that a node can be asked to do, without the HTTP interface: for the command line.
import { NestFactory } from '@nestjs/core';
import { UseCases } from '#bus/nest';
import { BrokerModule } from './broker.module.ts';
import type { BrokerNode } from './node.ts';

export interface OpenUseCases {
  readonly useCases: UseCases;
  /** The node stays open. */
  readonly close: () => Promise<void>;
}

export const openUseCases = async (node: BrokerNode): Promise<OpenUseCases> => {
  const application = await NestFactory.createApplicationContext(BrokerModule.of(node), { logger: ['error', 'warn'], abortOnError: false });
  return { useCases: application.get(UseCases), close: () => application.close() };
};
