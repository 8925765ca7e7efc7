// Officers' pages about agreements.
import type { Type } from '@nestjs/common';
import { ProposalsController } from './proposals.controller.ts';
import { SimulationController } from './simulation.controller.ts';

export const AGREEMENT_PAGES: readonly Type[] = [SimulationController, ProposalsController];
